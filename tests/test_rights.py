"""What the person concerned may ask: the term, the decision, who looked, and a copy that keeps the referrer safe."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import crypto, sealed
from signals.actions import Clash, rights
from signals.models import Case, RightRequest, Task
from signals.models.task import TaskKind
from signals.tasks import remind_of_rights
from signals.workflow import NotAllowed
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
ASKED = "Marloes Canarie vraagt alles op, met paspoort aan de balie"
FILLED = {"right-kind": "access", "right-asked_by": "self", "right-asked": ASKED}
ANSWER = {"answer-state": "granted", "answer-answer": "Afschrift meegegeven aan de balie", "answer-ground": ""}


@pytest.fixture
def world(settings):
    return World(settings)


def asked(world, case, **given):
    by = world.user("coordinator")
    given = {"kind": "access", "asked_by": "self", "received_on": timezone.localdate(), "asked": ASKED} | given
    return rights.register(case, by=by, decider=by, **given)


def test_a_request_is_written_down_sealed_with_a_term_of_a_month_and_a_task(world):
    case, client = world.case(), world.client("coordinator")
    day = timezone.localdate()
    sent = FILLED | {"right-received_on": day.isoformat(), "right-decider": world.user("coordinator").pk}
    response = client.post(f"/zaken/{case.reference}/rechten/", sent)
    row = RightRequest.objects.get()
    assert response.status_code == 302 and response["Location"] == row.get_absolute_url()
    assert row.due_on in (day + datetime.timedelta(days=n) for n in (28, 29, 30, 31)) and ASKED.encode() not in bytes(row.asked)
    assert Task.objects.get(kind=TaskKind.RIGHT).case == case
    assert ASKED in client.get(row.get_absolute_url()).content.decode()
    assert Entry.objects.filter(act="read", object_kind="rightrequest", object_id=str(row.pk)).exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"right-kind": ""}, "Kies wat wordt gevraagd."),
        ({"right-received_on": "gisteren"}, "Vul een dag in"),
        ({"right-received_on": "2999-01-01"}, "Deze dag moet nog komen."),
        ({"right-received_on": "1999-01-01"}, "Klopt het jaar?"),
        ({"right-asked": "x" * 4001}, "4000"),
        ({"right-decider": "999999"}, "Kies wie beslist."),
    ],
)
def test_a_wrong_request_keeps_what_was_typed_and_writes_nothing(world, changed, said):
    case = world.case()
    good = FILLED | {"right-received_on": timezone.localdate().isoformat(), "right-decider": world.user("coordinator").pk}
    page = world.client("coordinator").post(f"/zaken/{case.reference}/rechten/", good | changed)
    assert page.status_code == 422 and said in page.content.decode() and not RightRequest.objects.exists()
    assert changed.get("right-asked", ASKED) in page.content.decode()


def test_the_answer_ends_the_task_and_cannot_be_given_twice(world):
    row, client = asked(world, world.case()), world.client("coordinator")
    assert client.post(row.get_absolute_url(), ANSWER | {"answer-version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.state == "granted" and not Task.objects.filter(kind=TaskKind.RIGHT, done_at=None).exists()
    again = client.post(row.get_absolute_url(), ANSWER | {"answer-version": 2, "answer-answer": "Nog eens, anders"})
    assert again.status_code == 409 and "Een collega was eerder." in again.content.decode()
    assert "Nog eens, anders" in again.content.decode()
    assert "Nog eens, anders" in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("state", "ground"), [("refused", ""), ("granted", "must_keep"), ("open", ""), ("partly", "")])
def test_a_ground_goes_with_a_no_and_with_nothing_else(world, state, ground):
    row = asked(world, world.case())
    with pytest.raises(NotAllowed):
        rights.decide(row, by=world.user("coordinator"), version=1, state=state, ground=ground, answer="x")
    page = world.client("coordinator").post(
        row.get_absolute_url(), ANSWER | {"answer-version": 1, "answer-state": state, "answer-ground": ground}
    )
    assert page.status_code == 422 and RightRequest.objects.get().state == "open"


def test_the_term_grows_once_and_in_time_only(world):
    by, row = world.user("coordinator"), asked(world, world.case())
    with pytest.raises(Clash):
        rights.extend(row, by=by, version=7)
    longer = rights.extend(row, by=by, version=1)
    assert longer.extended and (longer.due_on - row.received_on).days >= 89
    with pytest.raises(NotAllowed):
        rights.extend(row, by=by, version=2)
    late = asked(world, world.case(), received_on=timezone.localdate() - datetime.timedelta(days=40))
    with pytest.raises(NotAllowed):
        rights.extend(late, by=by, version=1)


def test_who_decides_is_told_once_when_a_week_is_left(world):
    asked(world, world.case())
    assert remind_of_rights() == 0
    asked(world, world.case(), received_on=timezone.localdate() - datetime.timedelta(days=27))
    assert (remind_of_rights(), remind_of_rights()) == (1, 0)
    assert world.user("coordinator").notices.filter(kind="right_due").count() == 1


def test_restricting_is_said_at_the_desk_and_at_the_network_until_it_is_lifted(world):
    letter, client = world.accepted(), world.client("coordinator")
    row = asked(world, letter.case, kind="restriction")
    rights.decide(row, by=world.user("coordinator"), version=1, state="granted", answer="Gebeld")
    said = "Deze zaak mag even niet gebruikt worden."
    pages = [(client, f"/zaken/{letter.case.reference}/"), (world.client("member"), f"/netwerk/{letter.case.reference}/")]
    assert all(said in one.get(url).content.decode() for one, url in pages)
    assert client.post(f"/zaken/{letter.case.reference}/rechten/weer/").status_code == 302
    assert not any(said in one.get(url).content.decode() for one, url in pages)
    with pytest.raises(NotAllowed):
        rights.lift_restriction(letter.case, by=world.user("coordinator"))


def test_who_looked_names_functions_and_days_and_never_a_person_or_a_referrer(world):
    letter = world.accepted()
    world.client("member").get(f"/netwerk/{letter.case.reference}/")
    row, client = asked(world, letter.case), world.client("coordinator")
    client.get(f"/zaken/{letter.case.reference}/")
    page = client.get(f"{row.get_absolute_url()}inzage/").content.decode()
    assert "Almelo" in page and "Lid van het netwerk" in page and "om hulp te regelen" in page
    assert "Desk" in page and "om te beoordelen wat er nodig is" in page
    sheet = page[page.index("<main") :]
    assert not [name for name in ("Member", "Coordinator", letter.case.reference.replace("ZK", "OV")) if f">{name}<" in sheet]
    assert Entry.objects.filter(act="export", purpose="right_looked", object_id=letter.case.reference).count() == 1


def test_the_copy_holds_what_was_chosen_and_nothing_about_others(world):
    row, client = asked(world, world.case()), world.client("coordinator")
    page = client.get(f"{row.get_absolute_url()}afschrift/", {"copy-parts": ["person", "facts", "signs", "places"]}).content.decode()
    assert "Zoë Canarie" in page and "OSG Noord" in page
    for never in ("Ricky", "0612345678", "Bo Peper", "Vader", "Wordt onder druk gezet"):
        assert never not in page
    fewer = client.get(f"{row.get_absolute_url()}afschrift/", {"copy-parts": ["facts"]}).content.decode()
    assert "Zoë Canarie" not in fewer
    assert Entry.objects.filter(act="export", purpose="right_copy").count() == 2
    for wrong in ({}, {"copy-parts": ["referrer"]}):
        assert client.get(f"{row.get_absolute_url()}afschrift/", wrong).status_code == 422


def test_the_privacy_officer_sees_terms_and_opens_nothing(world):
    row = asked(world, world.case())
    page = world.client("privacy_officer").get("/rechten/").content.decode()
    assert row.case.reference in page and row.get_absolute_url() not in page
    assert world.client("privacy_officer").get(row.get_absolute_url()).status_code == 403
    with pytest.raises(crypto.CannotOpen):
        sealed.read(world.keyring("member"), row, "asked")


def test_a_request_belongs_to_its_own_case_and_locked_keys_keep_what_was_typed(world):
    row, other = asked(world, world.case()), world.case()
    client = world.client("coordinator")
    assert client.get(f"/zaken/{other.reference}/rechten/{row.pk}/").status_code == 404
    locked = world.client("coordinator", locked=True)
    assert locked.post(row.get_absolute_url(), ANSWER | {"answer-version": 1}).status_code == 302
    assert RightRequest.objects.get().state == "open"
    assert "Afschrift meegegeven aan de balie" in client.get(row.get_absolute_url()).content.decode()


def test_the_pages_stay_inside_their_statements(world, django_assert_max_num_queries):
    case = world.accepted().case
    a_signal(world)
    rows = [asked(world, case, kind=kind) for kind in ("access", "correction", "erasure")]
    client = world.client("coordinator")
    for url, most in [("/rechten/", 10), (f"/zaken/{case.reference}/rechten/", 15), (rows[0].get_absolute_url(), 15),
                      (f"{rows[0].get_absolute_url()}inzage/", 15)]:  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
    assert Case.objects.count() == 1
