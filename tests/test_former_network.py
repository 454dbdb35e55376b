"""Who no longer holds a case finds nothing of it: every address of the table, however the case was lost."""

import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from meldpunt.vault import streams
from meldpunt.vault.models import ContentSeal
from networks.actions import casework, circle, files, moving, outcome
from networks.models import Pulse
from signals import content
from signals.actions import contact, reopening, routing
from signals.actions import moving as signals_moving
from signals.models import Assignment, Case, Signal
from tests.access_table import TABLE
from tests.test_access import a_dispatch, a_goal, a_meeting, a_peer, a_suspect, an_action, confirmed
from tests.worlds import SHARED, World, a_signal

pytestmark = pytest.mark.django_db
TERMS = content.SafeContact(how="code", say="Zeg dat je van school bent", never="Niet bellen")
ENDED = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}


@pytest.fixture
def world(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    return World(settings)


def worked(world, letter):
    """What the addresses about a case need, all of it real: a network worked on it in every way."""
    ring, lead, desk = world.keyring("member"), world.keyring("lead"), world.keyring("coordinator")
    casework.write_note(letter, by=ring.user, keyring=ring, words="Gesproken met de mentor.")
    file_id = uuid.uuid4()
    streams.write(file_id, bytes(32), [b"x"])
    note = content.FileNote(id=str(file_id), key=bytes(32).hex(), name="brief.pdf", kind="pdf", suffix="pdf")
    signal = a_signal(world)
    Signal.objects.filter(pk=signal.pk).update(case=letter.case, state="decided", decision="new_case")
    signal.refresh_from_db()
    found = {
        "case": letter.case.reference,
        "action": an_action(world, letter).pk,
        "goal": a_goal(world, letter).pk,
        "relation": a_peer(world, letter).pk,
        "suspect": a_suspect(world, letter).pk,
        "file": files.add_file(letter, by=lead.user, keyring=lead, note=note).pk,
        "meeting": a_meeting(world).pk,
        "message": None,
        "form": "note",
        "change_form": "change",
        "how_form": "how",
        "person_form": "person",
        "post": "coordinator",
    }
    if letter.state == "accepted":
        given = {"by": desk.user, "keyring": desk, "terms": TERMS, "version": signal.version}
        found["message"] = contact.hand_over(signal, letter, **given).pk
        found |= {"dispatch": a_dispatch(world, letter.case).pk, "kind": "htcds.json"}
    return found


def transferred(world):
    letter = world.accepted()
    found, ring, other = worked(world, letter), world.keyring("lead"), world.keyring("other_lead")
    asked = {"reason": "lives_there", "words": "Verhuisd", "wanted": ("notes",)}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **asked)
    routing.deliver(transfer.receiver_id)
    theirs = routing.open_letter(Assignment.objects.get(pk=transfer.receiver_id), by=other.user)
    moving.accept(theirs, by=other.user, keyring=other)
    return found


def returned(world):
    letter = world.accepted()
    found, ring = worked(world, letter), world.keyring("lead")
    moving.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    return found


def recalled(world):
    letter = world.opened()
    found, desk = worked(world, letter), world.keyring("coordinator")
    routing.recall(letter, by=desk.user, keyring=desk, reason="mistake")
    return found


def answered(world, letter):
    """Answer for every peer, of the circle and of the reports."""
    ring = world.keyring("lead")
    rows = [*circle.take_over_named(letter, by=ring.user, keyring=ring, named=SHARED.others), *letter.relations.all()]
    for row in {row.pk: row for row in rows}.values():
        row.refresh_from_db()
        circle.answer(row, by=ring.user, keyring=ring, version=row.version, approached="no")
    letter.refresh_from_db()


def closed(world, letter):
    """Let almelo close a case; returns the case."""
    answered(world, letter)
    ring = world.keyring("lead")
    outcome.close(letter, by=ring.user, keyring=ring, **ENDED)
    return Case.objects.get(pk=letter.case_id)


def reopened(world, case, team=None):
    desk = world.keyring("coordinator")
    given = {"reason": "new_facts", "version": case.version, "team": team}
    return reopening.reopen(case, by=desk.user, keyring=desk, **given)


def opened_elsewhere(world):
    letter = world.accepted()
    found = worked(world, letter)
    reopened(world, closed(world, letter))
    return found


def closed_got_again_and_returned(world):
    letter, ring = world.accepted(), world.keyring("lead")
    found = worked(world, letter)
    again = reopened(world, closed(world, letter), world.teams["almelo"])
    routing.deliver(again.pk)
    again = routing.accept(routing.open_letter(again, by=ring.user), by=ring.user)
    moving.give_back(again, by=ring.user, keyring=ring, reason="no_capacity")
    return found


def closed_and_sent_again_by_mistake(world):
    letter, desk = world.accepted(), world.keyring("coordinator")
    found, more = worked(world, letter), {"reason": "lives_there", "letter": routing.Letter(hold=60)}
    reopened(world, closed(world, letter))
    case = Case.objects.get(pk=letter.case_id)
    routing.route(case, by=desk.user, keyring=desk, team=world.teams["almelo"], version=case.version, **more)
    found["held"] = True
    return found


def supported_and_given_back(world):
    letter, ring, other = world.accepted(), world.keyring("lead"), world.keyring("other_lead")
    given = {"team": world.teams["zwolle"], "reason": "known_there"}
    support = signals_moving.ask_support(letter, by=ring.user, keyring=ring, **given)
    routing.deliver(support.pk)
    support = routing.accept(routing.open_letter(support, by=other.user), by=other.user)
    moving.give_back(support, by=other.user, keyring=other, reason="no_capacity")
    return {"case": letter.case.reference, "form": "note", "post": "coordinator"}


def asked_to_take_over_and_closed_meanwhile(world):
    letter, ring = world.ready(), world.keyring("lead")
    asked = {"reason": "lives_there", "words": "Verhuisd", "wanted": ("notes",)}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **asked)
    routing.deliver(transfer.receiver_id)
    routing.open_letter(Assignment.objects.get(pk=transfer.receiver_id), by=world.user("other_lead"))
    letter.refresh_from_db()
    outcome.close(letter, by=ring.user, keyring=ring, **ENDED)
    return {"case": letter.case.reference, "form": "note", "post": "coordinator"}


WAYS = (
    transferred, returned, recalled, opened_elsewhere, closed_got_again_and_returned, closed_and_sent_again_by_mistake,
)  # fmt: skip
FILES = ("network_save_file", "network_hold_file", "network_release_file")
PULSES = ("network_pulse", "network_hand_pulse")
OF_NETWORKS = sorted(name for name, (_m, _w, expected) in TABLE.items() if expected["lead"] != 403)
ABOUT_CASE = [name for name in OF_NETWORKS if "case" in TABLE[name][1]]
OTHERS = [name for name in OF_NETWORKS if set(TABLE[name][1]) <= {"meeting"} and TABLE[name][0] == "GET"]
OTHERS = [name for name in OTHERS if TABLE[name][2]["lead"] == 200]  # leaving ends the session


def address(name, found):
    """Return the address of a page about the case that was lost, or None where there is nothing to name."""
    wanted = list(TABLE[name][1])
    kinds = {**dict.fromkeys(FILES, "file"), **dict.fromkeys(PULSES, "pulse")}
    wanted = [kinds.get(name, one) if one == "message" else one for one in wanted]
    values = [found.get(one) for one in wanted]
    return None if None in values else reverse(name, args=values)


def answers(browser, names, found, data=None):
    """Yield (name, response) for what a browser gets; nothing of it stays. A page with a form is posted to as well."""
    for name in names:
        if url := address(name, found):
            with transaction.atomic():
                if TABLE[name][0] == "GET":
                    yield name, browser.get(url)
                yield name, browser.post(url, data or {"confirmed": "1"})
                transaction.set_rollback(True)


@pytest.mark.parametrize("way", [supported_and_given_back, asked_to_take_over_and_closed_meanwhile], ids=lambda way: way.__name__)
def test_who_only_helped_or_was_only_asked_keeps_nothing_either(world, way):
    found = way(world)
    asked = answers(confirmed(world.client("other_lead")), ABOUT_CASE, found)
    assert not [name for name, response in asked if response.status_code not in (404, 405)]
    case, team = Case.objects.get(reference=found["case"]), world.teams["zwolle"]
    letters = Assignment.objects.filter(case=case, team=team)
    assert not ContentSeal.objects.filter(
        content_key__object_id__in=[case.pk, *letters.values_list("pk", flat=True)], team_key__team=team
    ).exists()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_lost_a_case_finds_no_page_of_it_and_no_page_that_names_it(world, way):
    found = way(world)
    found["pulse"] = Pulse.objects.values_list("pk", flat=True).first()
    reference = found["case"]
    for who in ("lead", "member"):
        browser = confirmed(world.client(who))
        never = {name for name in ABOUT_CASE if TABLE[name][2][who] == 403}
        asked = answers(browser, [name for name in ABOUT_CASE if name not in never], found)
        assert not [name for name, response in asked if response.status_code not in (404, 405)], who
        assert not [name for name, page in answers(browser, never, found) if page.status_code not in (403, 404, 405)], who
        tabs = [browser.get(reverse("inbox"), {"stand": tab}) for tab in ("bevestigen", "lopend", "klaar")]
        pages = [("inbox", tab) for tab in tabs] + [(name, browser.get(address(name, found))) for name in OTHERS]
        assert not [name for name, page in pages if reference in page.content.decode(errors="ignore")], who
    for data in ({"case": reference}, {"drop": reference}):
        assert [page.status_code for _name, page in answers(browser, ["meeting_agenda"], found, data)] == [404]
    locked = answers(world.client("lead", locked=True), ["network_work", "network_note", "network_suspects"], found)
    assert {response.status_code for _name, response in locked} == {404, 405}
