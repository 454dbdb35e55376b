"""What the person concerned agrees to share: who may answer, what it gives, and what becomes of it when it ends."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.audit.models import Entry
from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.models import Membership
from meldpunt.teams.partners import Partner
from meldpunt.vault import crypto, sealed
from signals.actions import Clash, consenting, dispatching, routing, shielding
from signals.models import Consent, ConsentStep, CopyCheck, ShieldReason, Task
from signals.models.consent import ConsentState, Giver
from signals.models.task import TaskKind
from signals.sharing import asked, door
from signals.sharing.consent import consented, covers, standing_after, who_answers
from signals.tasks import remind_of_copies
from signals.vocabulary import AgeBand
from signals.workflow import NotAllowed
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.test_dispatch import confirmed
from tests.worlds import World

DAY = datetime.timedelta(days=1)
WORDS = "Marloes Canarie zei het aan de keukentafel"


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def letter(world):
    """A case of a girl of 14 at Almelo, whose people are a school that gets the signs by consent only."""
    letter = world.accepted()
    type(letter.case).objects.filter(pk=letter.case_id).update(age_band="12_15", urgency="urgent")
    Partner.objects.filter(organisation="Gemeente Almelo").update(role="school", bases=["consent", "public_task"])
    Agreement.objects.filter(role="school").delete()
    both = [("signs", "consent"), ("notes", "public_task"), ("where", "consent"), ("where", "public_task")]
    Agreement.objects.bulk_create(Agreement(role="school", part=part, basis=basis) for part, basis in both)
    letter.case.refresh_from_db()
    return letter


def ask(world, case, who="coordinator", **said):
    said = {
        "once": uuid.uuid4(), "receivers": ["school"], "parts": ["signs", "where"], "state": "given", "said_by": "both",
        "on": timezone.localdate(), "words": WORDS,
    } | said  # fmt: skip
    return consenting.ask(case, by=world.user(who), **said)


def withdraw(world, consent, who="coordinator", **said):
    consent.refresh_from_db()
    said = {"state": "withdrawn", "said_by": "self", "on": timezone.localdate(), "words": ""} | said
    return consenting.answer(consent, by=world.user(who), version=consent.version, **said)


def signs_for(world, letter, who="lead"):
    return world.client(who).get(f"/netwerk/{letter.case.reference}/").context["shared"]


def parts_for(world, letter, who="lead"):
    letter.case.refresh_from_db()
    return door.parts_for(world.user(who), letter.team_id, letter.case)


@pytest.mark.parametrize(
    ("age", "gives", "stops"),
    [
        (AgeBand.UNDER_12, {"parents"}, {"parents"}),
        (AgeBand.FROM_12, {"both"}, {"self", "both", "parents"}),
        (AgeBand.FROM_16, {"self"}, {"self"}),
        (AgeBand.FROM_23, {"self"}, {"self"}),
        (AgeBand.UNKNOWN, set(Giver.values), set(Giver.values)),
    ],
)
def test_who_gives_and_who_stops_goes_by_age(age, gives, stops):
    assert who_answers(age, ConsentState.GIVEN) == gives
    assert who_answers(age, ConsentState.WITHDRAWN) == who_answers(age, ConsentState.REFUSED) == stops
    assert who_answers(age, ConsentState.NOT_ASKED) == set()


steps = st.builds(
    SimpleNamespace,
    state=st.sampled_from(ConsentState.values),
    on=st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 6)),
    at=st.integers(0, 10_000),
    consent=st.builds(
        SimpleNamespace,
        receivers=st.lists(st.sampled_from(["school", "police"]), min_size=1, unique=True),
        parts=st.lists(st.sampled_from(["signs", "where"]), min_size=1, unique=True),
        until=st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 6)),
    ),
)


@given(st.lists(steps, max_size=8, unique_by=lambda step: step.at), st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 8)))
@settings(max_examples=150, deadline=None)
def test_the_last_word_about_a_part_and_a_receiver_counts_until_its_last_day(said, today):
    standing = standing_after(said)
    for receiver in ("school", "police"):
        for part in ("signs", "where"):
            words = [
                step
                for step in said
                if receiver in step.consent.receivers and part in step.consent.parts
                and step.state in ("given", "refused", "withdrawn")
            ]  # fmt: skip
            last = max(words, key=lambda step: (step.on, step.at), default=None)
            counts = last is not None and last.state == "given" and not (last.consent.until and last.consent.until < today)
            assert (part in consented(standing, receiver, today=today)) == counts


def test_outside_needs_a_yes_for_each_part_that_goes():
    standing = {"comensha": {"who": None, "signs": "2000-01-01"}}
    assert covers(standing, "comensha", ["facts", "person"]) and covers(standing, "comensha", ["facts"])
    assert not covers(standing, "comensha", ["facts", "signs"]) and not covers(standing, "police", ["facts"])
    assert not covers({"comensha": {"signs": "2000-01-01"}}, "comensha", ["facts"])


@pytest.mark.django_db
def test_a_yes_gives_the_part_at_once_and_taking_it_back_takes_it_at_once(world, letter):
    assert parts_for(world, letter) == {"notes", "where"} and signs_for(world, letter).note == ""
    consent = ask(world, letter.case)
    assert parts_for(world, letter) == {"notes", "where", "signs"} and signs_for(world, letter).note
    with pytest.raises(NotAllowed):
        withdraw(world, consent, on=timezone.localdate() - datetime.timedelta(days=1))
    withdraw(world, consent)
    assert parts_for(world, letter) == {"notes", "where"} and signs_for(world, letter).note == ""


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["asked", "refused", "not_asked"])
def test_what_is_no_yes_gives_nothing(world, letter, state):
    danger = {"said_by": "", "danger": "parents"} if state == "not_asked" else {"said_by": "self"}
    ask(world, letter.case, state=state, **danger)
    assert parts_for(world, letter) == {"notes", "where"} and not CopyCheck.objects.exists()


@pytest.mark.django_db
def test_a_yes_counts_to_its_last_day_and_only_with_the_basis_and_for_that_kind(world, letter):
    today = timezone.localdate()
    consent = ask(world, letter.case, until=today)
    assert "signs" in parts_for(world, letter)
    Consent.objects.filter(pk=consent.pk).update(until=today - DAY)
    letter.case.consents = standing_after(ConsentStep.objects.select_related("consent"))
    letter.case.save(update_fields=["consents"])
    assert "signs" not in parts_for(world, letter)
    ask(world, letter.case)
    assert "signs" in parts_for(world, letter)
    Partner.objects.filter(organisation="Gemeente Almelo").update(bases=["public_task"])
    assert "signs" not in parts_for(world, letter)
    Partner.objects.filter(organisation="Gemeente Almelo").update(bases=["consent"], role="police")
    assert "signs" not in parts_for(world, letter)


@pytest.mark.django_db
def test_view_as_shows_what_a_yes_gives_and_no_more(world, letter):
    partner = Partner.objects.get(organisation="Gemeente Almelo")
    page = f"/zaken/{letter.case.reference}/als/?partner={partner.pk}"
    desk = world.client("coordinator")
    assert desk.get(page).context["shared"].note == ""
    consent = ask(world, letter.case)
    assert desk.get(page).context["shared"] == signs_for(world, letter) and signs_for(world, letter).note
    withdraw(world, consent)
    assert desk.get(page).context["shared"] == signs_for(world, letter) and not signs_for(world, letter).note


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"said_by": "self"},
        {"said_by": "parents"},
        {"said_by": ""},
        {"state": "withdrawn"},
        {"state": "not_asked", "said_by": "both", "danger": "person"},
        {"state": "not_asked", "said_by": ""},
        {"danger": "person"},
    ],
)
def test_who_may_not_answer_changes_nothing(world, letter, wrong):
    with pytest.raises(NotAllowed):
        ask(world, letter.case, **wrong)
    assert not Consent.objects.exists() and not ConsentStep.objects.exists()


@pytest.mark.django_db
def test_sent_twice_it_is_written_once_and_never_into_another_case(world, letter):
    once = uuid.uuid4()
    assert ask(world, letter.case, once=once) == ask(world, letter.case, once=once)
    assert Consent.objects.count() == ConsentStep.objects.count() == 1
    with pytest.raises(NotAllowed):
        ask(world, world.case(), once=once)


@pytest.mark.django_db
def test_an_answer_follows_a_question_and_a_colleague_who_was_earlier_wins(world, letter):
    consent = ask(world, letter.case, state="asked", said_by="both")
    with pytest.raises(NotAllowed):
        withdraw(world, consent)
    withdraw(world, consent, state="given", said_by="both")
    with pytest.raises(Clash):
        consenting.answer(consent, by=world.user("lead"), version=1, state="withdrawn", said_by="self",
                          on=timezone.localdate(), words="")  # fmt: skip
    withdraw(world, consent)
    with pytest.raises(NotAllowed):
        withdraw(world, consent, state="given", said_by="both")
    assert [step.state for step in consent.steps.all()] == ["asked", "given", "withdrawn"]


@pytest.mark.django_db
def test_taking_back_asks_each_holder_after_copies_and_the_desk_to_look(world, letter):
    consent = ask(world, letter.case)
    withdraw(world, consent)
    check = CopyCheck.objects.get()
    assert check.partner.organisation == "Gemeente Almelo" and check.parts == ["signs"]  # "where" has another basis too
    for who in ("lead", "member"):
        assert world.user(who).notices.filter(kind="copies_asked", path="/kopieen/").count() == 1
        assert list(CopyCheck.objects.visible_to(world.user(who))) == [check]
    assert Task.objects.filter(kind=TaskKind.CONSENT_ENDED, done_at=None, case=letter.case).exists()
    assert not CopyCheck.objects.visible_to(world.user("stranger")).exists()
    client = world.client("member")
    assert "Beantwoord 1 vraag" in client.get("/netwerk/").content.decode()
    assert "Gemeente Almelo" in client.get("/kopieen/").content.decode()
    assert client.post(f"/kopieen/{check.pk}/", {"answer": ""}).status_code == 422
    assert client.post(f"/kopieen/{check.pk}/", {"answer": "destroyed"}).status_code == 302
    check.refresh_from_db()
    assert (check.answer, check.answered_by) == ("destroyed", world.user("member")) and check.answered_at
    again = world.client("lead").post(f"/kopieen/{check.pk}/", {"answer": "none"}, follow=True)
    assert "Een collega was eerder." in again.content.decode()
    check.refresh_from_db()
    assert check.answer == "destroyed"
    page = f"/toestemming/{letter.case.reference}/"
    desk = world.client("coordinator")
    assert "Alles is vernietigd" in desk.get(page).content.decode() and "Ik heb gekeken" in desk.get(page).content.decode()
    assert desk.post(f"{page}gezien/").status_code == 302
    assert not Task.objects.filter(kind=TaskKind.CONSENT_ENDED, done_at=None).exists()
    assert "Ik heb gekeken" not in desk.get(page).content.decode()


@pytest.mark.django_db
def test_a_network_that_gave_the_case_back_is_asked_too_and_reads_nothing_else(world, letter):
    consent = ask(world, letter.case)
    routing.give_back(letter, by=world.user("lead"), keyring=world.keyring("lead"), reason="wrong_network")
    withdraw(world, consent)
    assert CopyCheck.objects.visible_to(world.user("member")).count() == 1
    client = world.client("lead")
    assert client.get(f"/toestemming/{letter.case.reference}/").status_code == 404
    said = client.get("/kopieen/").content.decode()
    assert letter.case.reference in said and "Tekens en samenvatting" in said and "Canarie" not in said


@pytest.mark.django_db
def test_who_has_left_or_is_kept_out_is_not_asked(world, letter):
    shielding.keep_out(
        letter.case, by=world.user("coordinator"), keyring=world.keyring("coordinator"),
        user=world.user("lead"), reason=ShieldReason.values[0],
    )  # fmt: skip
    Membership.objects.filter(user=world.user("member"), team=letter.team).update(ended_at=timezone.now())
    withdraw(world, ask(world, letter.case))
    for who in ("lead", "member"):
        assert not world.user(who).notices.filter(kind="copies_asked").exists()
        assert not CopyCheck.objects.visible_to(world.user(who)).exists()


@pytest.mark.django_db
def test_outside_by_consent_goes_only_while_a_yes_stands_and_is_asked_after_when_it_ends(world, letter):
    ring = world.keyring("coordinator")
    what = {"body": "comensha", "basis": "consent", "way": "portal", "parts": ["facts", "signs"]}
    said = {"recipient": "CoMensha", "contact": "Balie", "why": "Registratie"}

    def hand():
        return dispatching.hand_outside(letter.case, by=ring.user, keyring=ring, **what, **said)

    with pytest.raises(NotAllowed):
        hand()
    consent = ask(world, letter.case, receivers=["comensha"], parts=["signs"])
    row = hand()
    form = {"dispatch-body": "comensha", "dispatch-basis": "consent", "dispatch-parts": ["facts", "person"]} | {
        f"dispatch-{name}": value for name, value in (said | {"way": "portal"}).items()
    }
    page = world.client("coordinator").post(f"/overdracht/{letter.case.reference}/", form)
    assert page.status_code == 422 and "staat er geen toestemming bij de zaak" in page.content.decode()
    browser = confirmed(world)
    assert browser.get(f"{row.get_absolute_url()}bestand/htcds.json").status_code == 200
    withdraw(world, consent)
    for gone in (browser.get(f"{row.get_absolute_url()}bestand/htcds.json"), browser.post(f"{row.get_absolute_url()}wachtwoord/")):
        assert gone.status_code == 302 and gone.url == row.get_absolute_url()
    shown = browser.get(row.get_absolute_url()).content.decode()
    assert "De toestemming geldt niet meer." in shown and "htcds" not in shown
    assert CopyCheck.objects.get().dispatch == row
    assert world.user("coordinator").notices.filter(kind="copies_asked").exists()
    with pytest.raises(NotAllowed):
        hand()


@pytest.mark.django_db
def test_words_are_sealed_to_the_desk_and_who_noted_them_and_reading_them_is_logged(world, letter):
    consent = ask(world, letter.case, who="lead")
    assert WORDS.encode() not in bytes(consent.steps.get().words)
    before = Entry.objects.filter(purpose="consent").count()
    for who in ("lead", "coordinator"):
        assert WORDS in world.client(who).get(f"/toestemming/{letter.case.reference}/").content.decode()
    assert Entry.objects.filter(purpose="consent", object_id=letter.case.reference).count() == before + 2
    routing.give_back(letter, by=world.user("lead"), keyring=world.keyring("lead"), reason="wrong_network")
    about = asked.asked_about(world.keyring("coordinator"), world.user("coordinator"), letter.case)
    assert about.consents[0].steps.all()[0].said == WORDS
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), consent.steps.get(), "words")


@pytest.mark.django_db
def test_of_a_network_only_who_gets_what_colleagues_write_notes_a_consent(world, letter):
    client, page = world.client("member"), f"/toestemming/{letter.case.reference}/"
    assert client.get(page).status_code == 200
    assert "Toestemming" in client.get(f"/netwerk/{letter.case.reference}/").content.decode()
    Agreement.objects.filter(role="school", part=Part.NOTES).delete()
    assert client.get(page).status_code == 404
    assert page not in client.get(f"/netwerk/{letter.case.reference}/").content.decode()


@pytest.mark.django_db
def test_a_no_lets_the_desk_look_where_the_case_itself_went_by_consent(world, letter):
    refused = {"state": "refused", "said_by": "self"}
    ask(world, letter.case, **refused)
    assert not Task.objects.filter(kind=TaskKind.CONSENT_ENDED).exists()
    type(letter).objects.filter(pk=letter.pk).update(basis="consent")
    ask(world, letter.case, **refused)
    assert Task.objects.filter(kind=TaskKind.CONSENT_ENDED, done_at=None).count() == 1
    page = world.client("coordinator").get(f"/toestemming/{letter.case.reference}/").content.decode()
    assert "Netwerk Almelo kreeg deze zaak met toestemming." in page


@pytest.mark.django_db
@pytest.mark.usefixtures("granted")
def test_who_says_nothing_of_copies_is_asked_again_every_week(world, letter):
    withdraw(world, ask(world, letter.case))
    member = world.user("member")
    member.notices.all().delete()
    CopyCheck.objects.update(asked_at=timezone.now() - 8 * DAY)
    with working_as("meldpunt_worker"):
        assert (remind_of_copies(), remind_of_copies()) == (1, 0)
    assert member.notices.filter(kind="copies_asked").count() == 1
    CopyCheck.objects.update(reminded_on=timezone.localdate() - 8 * DAY)
    assert remind_of_copies() == 1
    CopyCheck.objects.update(answer="none", answered_by=member, answered_at=timezone.now(), reminded_on=None)
    assert remind_of_copies() == 0
