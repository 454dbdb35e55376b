"""What a network writes itself is cut by the partner of who reads it: on every page, on paper, at a meeting, and along with a case."""

import random

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.audit.models import Entry
from meldpunt.teams.agreement import ALL_PARTS, Agreement, Grant, Part, parts_given
from meldpunt.teams.agreement_defaults import load_defaults
from meldpunt.teams.partners import LegalBasis
from networks.actions import casework, circle, meetings, moving, plans
from networks.casework import own_work, viewing
from networks.casework.own_work import PARTS, Reader, reader_of
from networks.content import PlanContent
from networks.models import Action, Goal, Note, Relation
from signals.actions import dispatching, routing
from signals.dispatch import reading as dispatch_reading
from signals.sharing import door
from tests.own_work import DAY, WORDS, of_partner, written
from tests.worlds import SHARED, World

PAGES = (
    "",
    "werk/",
    "kring/",
    "plan/",
    "uitkomst/",
    "afdrukken/",
    "afdrukken/?deel=samen",
    "doorgeven/",
    "eerder/",
    "verdachten/",
)
CARRIED = {Part.WHO, Part.CONTACT, Part.WORK, Part.NOTES}


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def letter(world):
    return world.accepted()


def pages_of(world, letter, meeting, who="member"):
    """What every page of a case, its goals, actions and files and its meeting says to somebody, names shown."""
    client = world.client(who)
    reveal = {"object": "case", "reference": letter.case.reference, "reason": "contact", "next": "/netwerk/"}
    for kind in ("name", "others", "suspect", "contact"):
        client.post("/onthul/", reveal | {"kind": kind})
    rows = [*letter.actions.all(), *letter.relations.all()]
    addresses = [f"/netwerk/{letter.case.reference}/{page}" for page in PAGES] + [
        row.get_absolute_url() for row in rows
    ]
    addresses += [
        meeting.get_absolute_url(),
        f"{meeting.get_absolute_url()}zaak/{letter.case.reference}/",
        "/netwerk/",
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def grants(*parts):
    return [Grant(part, LegalBasis.PUBLIC_TASK) for part in parts]


def test_each_kind_of_sealed_work_belongs_to_a_part():
    sealed = {kind for kind in apps.get_app_config("networks").get_models() if hasattr(kind, "SEALED")}
    # A meeting's own words are of the meeting, a tie is of who has it: neither is of a case.
    assert {kind.__name__ for kind in sealed - set(PARTS)} == {"Meeting", "Tie"}


@given(
    st.frozensets(st.sampled_from(sorted(ALL_PARTS))),
    st.sampled_from(sorted(PARTS, key=lambda kind: kind.__name__)),
)
@settings(max_examples=60, deadline=None)
def test_a_row_is_read_with_all_of_its_parts_or_by_who_wrote_it(parts, kind):
    row = kind(**{"by_id": 7} if hasattr(kind, "by_id") else {})
    assert Reader(parts).reads(row) == Reader(parts, 8).reads(row) == parts.issuperset(PARTS[kind])
    mine = hasattr(kind, "by_id") and kind not in own_work.NOT_BY_NAME
    assert Reader(parts, 7).reads(row) == (mine or parts.issuperset(PARTS[kind]))


@pytest.mark.django_db
def test_who_gets_everything_reads_every_word(world, letter):
    meeting = written(world, letter)
    said = pages_of(world, letter, meeting)
    assert not [word for word in WORDS if word not in said and word != "Canarieschuld"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_nobody_reads_a_word_of_a_part_without_a_valid_basis(world, letter, seed):
    meeting, dice, today = written(world, letter), random.Random(seed), timezone.localdate()
    rows = [
        Grant(part, dice.choice(LegalBasis.values), dice.choice([None, today - DAY, today, today + DAY]))
        for part in dice.sample(Part.values, k=7)
    ]
    partner = of_partner(world, rows, bases=dice.sample(LegalBasis.values, 3))
    parts = parts_given(rows, partner.bases, today=today, acute=False, consented=())
    assert door.parts_for(world.user("member"), letter.team_id, letter.case) == parts
    said = pages_of(world, letter, meeting)
    for word, needed in WORDS.items():
        assert (word in said) == (needed <= parts and word != "Canarieschuld"), word


@pytest.mark.django_db
def test_a_school_of_the_default_agreement_reads_no_suspect_no_note_and_no_minutes(world, letter):
    meeting = written(world, letter)
    of_partner(world, [], role="school", bases=LegalBasis.values)
    Agreement.objects.filter(role="school").delete()
    load_defaults()
    assert door.parts_for(world.user("member"), letter.team_id, letter.case) == {Part.WHO, Part.CONTACT}
    said = pages_of(world, letter, meeting)
    assert not [word for word in WORDS if word in said]
    assert "Acties, plan en overleg" in said and "Je leest hier alleen wat je zelf schreef." in said


@pytest.mark.django_db
def test_what_ends_counts_at_once_for_the_own_work_too(world, letter):
    meeting = written(world, letter)
    of_partner(world, grants(*CARRIED))
    assert "Canarienotitie" in pages_of(world, letter, meeting)
    Agreement.objects.filter(role="school", part=Part.NOTES).update(until=timezone.localdate() - DAY)
    said = pages_of(world, letter, meeting)
    assert "Canarienotitie" not in said and "Canarieactie" in said
    Agreement.objects.filter(role="school", part=Part.WORK).update(ended_at=timezone.now())
    assert "Canarieactie" not in pages_of(world, letter, meeting)


@pytest.mark.django_db
def test_what_one_wrote_and_what_one_is_to_do_one_reads(world, letter):
    meeting, lead, member = written(world, letter), world.keyring("lead"), world.keyring("member")
    of_partner(world, grants(Part.WHO))
    casework.write_note(letter, by=member.user, keyring=member, words="Canariezelf")
    mine = casework.plan_action(
        letter, by=lead.user, keyring=lead, kind="school", words="Canarievoorjou", owner=world.user("member")
    )
    said = pages_of(world, letter, meeting)
    assert "Canariezelf" in said and "Canarievoorjou" in said and "Canarieactie" not in said
    assert world.client("member").get(mine.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_what_is_not_read_is_not_at_its_address_and_cannot_be_written_over(world, letter):
    meeting = written(world, letter)
    of_partner(world, grants(Part.WHO))
    client, ring, base = world.client("member"), world.keyring("member"), f"/netwerk/{letter.case.reference}"
    action, goal = Action.objects.first(), Goal.objects.get()
    assert client.get(action.get_absolute_url()).status_code == 404
    assert client.get(reverse("network_goal", args=[letter.case.reference, goal.pk])).status_code == 404
    sent = {"settle-version": action.version, "settle-result": "Klaar"}
    assert client.post(f"{base}/acties/{action.pk}/klaar/", sent).status_code == 404
    [file] = letter.files.all()
    for act in ("", "niet-openen/", "weer-open/"):
        assert client.post(f"{base}/werk/bestand/{file.pk}/{act}").status_code == 404
    by = {"by": ring.user, "keyring": ring}
    with pytest.raises(PermissionDenied):
        casework.finish_action(action, **by, version=action.version)
    with pytest.raises(PermissionDenied):
        plans.say_how(goal, **by, version=goal.version, state="reached")
    with pytest.raises(PermissionDenied):
        plans.write_wish(letter, **by, version=1, said=PlanContent(wish="Anders"))
    with pytest.raises(PermissionDenied):
        meetings.decide(meeting.items.get(assignment=letter), **by, version=1, answers={"youth_care": "no"})
    assert client.post(f"{base}/plan/wens/", {"wish-wish": "Anders", "wish-version": "0"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("parts", [frozenset(), frozenset(CARRIED), frozenset(Part.values) - {Part.SUSPECTS}])
def test_view_as_is_what_that_colleague_reads_of_the_own_work_too(world, letter, parts):
    written(world, letter)
    partner = of_partner(world, grants(*parts))
    [chosen] = [one for one in door.partners_of([world.teams["almelo"]]) if one.pk == partner.pk]
    lead, member = world.keyring("lead"), world.keyring("member")
    parts_of, shared = door.parts_as(letter.case, chosen), door.opened_as(lead, letter.case, chosen)
    seen = all_of(lead, letter, shared, Reader(parts_of))
    got = all_of(member, letter, door.shared_for(member, letter), reader_of(member.user, letter))
    assert repr(seen).encode() == repr(got).encode()
    entries = Entry.objects.filter(purpose="view_as").count()
    address = f"/netwerk/{letter.case.reference}/als/?partner={partner.pk}"
    one, two = world.client("lead").get(address), world.client("lead").get(address + "&deel=samen")
    html = one.content.decode() + two.content.decode()
    assert repr(one.context["work"]) == repr(seen[0]) and repr(two.context["plan"]) == repr(seen[1].plan)
    named = {"Canariekring", "Canarieschuld"}
    assert not [word for word, needed in WORDS.items() if word in html and (not needed <= parts or word in named)]
    assert Entry.objects.filter(purpose="view_as").count() == entries + 2


def all_of(keyring, letter, shared, reader):
    return viewing.work_as(keyring, letter, shared, reader)[0], viewing.together_as(keyring, letter, reader)[0]


@pytest.mark.django_db
def test_the_desk_is_told_that_it_does_not_see_the_own_work(world, letter):
    written(world, letter)
    partner = of_partner(world, grants(Part.WHO))
    page = (
        world.client("coordinator")
        .get(f"/zaken/{letter.case.reference}/als/?partner={partner.pk}")
        .content.decode()
    )
    assert "leest het meldpunt niet" in page and "Acties, plan en overleg" in page
    assert not [word for word in WORDS if word in page]


@pytest.mark.django_db
def test_along_with_a_case_goes_what_the_sender_reads_and_every_peer_of_whom_nobody_asked(world, letter):
    written(world, letter)
    of_partner(world, grants(Part.WHO))
    everything = (*moving.PARTS,)
    sent = moving.parcel_of(world.keyring("member"), letter, everything)
    assert not (sent.notes or sent.actions or sent.contacts or sent.goals or sent.suspects)
    assert [one["name"] for one in sent.relations] == ["Canariekring"]
    row = Relation.objects.get()
    ring = world.keyring("lead")
    circle.answer(row, by=ring.user, keyring=ring, version=row.version, approached="no")
    assert moving.parcel_of(world.keyring("member"), letter, everything).relations == []
    assert len(moving.parcel_of(ring, letter, everything).relations) == 1


@pytest.mark.django_db
def test_who_takes_a_case_over_for_a_network_reads_of_it_what_the_own_partner_gets(world, letter):
    written(world, letter)
    circle.answer(
        Relation.objects.get(),
        by=world.user("lead"),
        keyring=world.keyring("lead"),
        version=1,
        approached="no",
    )
    ring, there = world.keyring("lead"), world.keyring("other_lead")
    values = {"reason": "lives_there", "words": "Canariewoord", "wanted": moving.PARTS}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **values)
    routing.deliver(transfer.receiver_id)
    received = routing.open_letter(transfer.receiver, by=there.user)
    Agreement.objects.filter(role="municipality").exclude(part=Part.WHO).delete()
    there = world.keyring("other_lead")
    assert moving.offer_of(there, received).words == ""
    held = moving.accept(received, by=there.user, keyring=there)
    reader = reader_of(world.user("other_lead"), held)
    assert (
        Note.objects.filter(assignment=held).count() == 2
        and Relation.objects.filter(assignment=held).count() == 1
    )
    rows = [
        *held.notes.all(),
        *held.actions.all(),
        *held.goals.all(),
        *held.contacts.all(),
        *held.relations.all(),
    ]
    assert rows and not [row for row in rows if reader.reads(row)]


@pytest.mark.django_db
def test_paper_and_looking_as_a_partner_keep_to_fifteen_statements(world, letter, django_assert_max_num_queries):
    written(world, letter)
    client = world.client("lead")
    client.get(f"/netwerk/{letter.case.reference}/")
    for page in ("afdrukken/", "afdrukken/?deel=samen", "als/", "als/?deel=samen"):
        with django_assert_max_num_queries(15):
            assert client.get(f"/netwerk/{letter.case.reference}/{page}").status_code == 200


@pytest.mark.django_db
def test_what_a_lead_hands_over_outside_is_cut_by_the_own_partner(world, letter):
    of_partner(world, grants(Part.WHO), who="lead", role="shelter")
    ring = world.keyring("lead")
    row = dispatching.hand_outside(
        letter.case, by=ring.user, keyring=ring, body="safe_home", basis="reporting_right", way="secure_mail",
        recipient="Veilig Thuis Twente", contact="Ria", why="Neem over",
        parts=["facts", "person", "must_not_know", "signs", "places", "suspects", "others"],
    )  # fmt: skip
    sent = repr(dispatch_reading.sent_of(ring, row))
    assert SHARED.name in sent
    for kept in ("Ricky", "0612345678", "Bo Peper", "Vader", "onder druk"):
        assert kept not in sent
