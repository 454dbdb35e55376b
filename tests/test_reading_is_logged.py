"""Whoever opens what somebody wrote leaves a row in the reading log: every page that shows a word that was sealed."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from networks.actions import aftercare, casework, meetings, moving, outcome
from networks.models import MeetingItem, Pulse
from signals.actions import reopening, routing
from signals.models import Assignment, Case
from tests.access_table import TABLE
from tests.test_access import confirmed
from tests.test_former_network import answered, worked
from tests.worlds import World

pytestmark = pytest.mark.django_db
READ = {"read", "list", "print", "reveal"}
SEALED = (
    *("OSG Noord", "Bel de mentor", "Weer naar school", "Gesproken met de mentor", "brief.pdf"),  # names are masked
    *("Niet bellen", "in dure kleren", "Buurthuis", "Buurvrouw van", "Oma helpt", "Sinds maandag", "Geen plek", "Tante hielp"),
    *("Gaat weer naar school", "Broertje nu ook"),
)


@pytest.fixture
def world(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    return World(settings)


def said_at_a_meeting(world, letter):
    lead, member = world.keyring("lead"), world.keyring("member")
    item = MeetingItem.objects.get(assignment=letter)
    meetings.note_who_is_there(
        item.meeting, by=lead.user, keyring=lead, there={}, guests="Jans in het Buurthuis", version=item.meeting.version
    )
    meetings.write_minutes(item, by=lead.user, keyring=lead, words="Oma helpt mee")
    meetings.declare_tie(letter, by=member.user, keyring=member, words="Buurvrouw van de oma")


def ask(world, letter):
    ring = world.keyring("lead")
    asked = {"reason": "lives_there", "words": "Sinds maandag in Zwolle", "wanted": ("notes",)}
    transfer = moving.ask_transfer(letter, by=ring.user, keyring=ring, team=world.teams["zwolle"], **asked)
    routing.deliver(transfer.receiver_id)
    return routing.open_letter(Assignment.objects.get(pk=transfer.receiver_id), by=world.user("other_lead"))


def looked(world, who, found, shown):
    """Open every page that `found` names; note in `shown` which sealed words stood there, and return what left no row."""
    browser, silent = confirmed(world.client(who)), []
    for name, (method, wanted, expected) in TABLE.items():
        shows = method == "GET" and expected[who] in (200, 404) and expected[None] != 200
        if not shows or not set(wanted) <= set(found):
            continue
        for part in ("", "?deel=samen") if "print" in name else ("",):
            with transaction.atomic():
                before = Entry.objects.filter(user=world.people[who], act__in=READ).count()
                body = browser.get(reverse(name, args=[found[one] for one in wanted]) + part).content.decode(errors="ignore")
                there = {words for words in SEALED if words in body}
                shown.update(there)
                if there and Entry.objects.filter(user=world.people[who], act__in=READ).count() == before:
                    silent.append((name + part, there))
                transaction.set_rollback(True)
    return silent


def test_every_page_that_shows_sealed_words_leaves_a_row(world):
    letter, shown = world.accepted(), set()
    found, lead, other = worked(world, letter), world.keyring("lead"), world.keyring("other_lead")
    casework.write_note(letter, by=lead.user, keyring=lead, words="Loopt in dure kleren")
    said_at_a_meeting(world, letter)
    moving.give_back(ask(world, letter), by=other.user, keyring=other, reason="no_capacity", words="Geen plek")
    theirs = ask(world, letter)
    for who in ("lead", "coordinator"):
        assert looked(world, who, found, shown) == []
    assert looked(world, "other_lead", {"case": found["case"]}, shown) == []
    offers = Entry.objects.filter(user=world.people["other_lead"], purpose="offer")
    world.client("other_lead").get(reverse("network_case", args=[found["case"]]))
    assert offers.get().rows == [f"transfer:{theirs.transfer.pk}"]
    answered(world, letter)
    after = outcome.After(helped="Tante hielp", stays=lead.user)
    ended = {"outcome": "handled_in_network", "youth_care_needed": False, "safe_now": "yes"}
    letter.refresh_from_db()
    outcome.close(letter, by=lead.user, keyring=lead, after=after, **ended)
    Pulse.objects.filter(number=1).update(due_at=timezone.now())
    aftercare.answer(Pulse.objects.get(number=1), by=lead.user, keyring=lead, words="Gaat weer naar school", safe_now="yes")
    assert looked(world, "lead", found, shown) == []
    case, desk = Case.objects.get(pk=letter.case_id), world.keyring("coordinator")
    given = {"reason": "new_facts", "words": "Broertje nu ook", "version": case.version, "team": world.teams["almelo"]}
    again = reopening.reopen(case, by=desk.user, keyring=desk, **given)
    routing.deliver(again.pk)
    routing.open_letter(again, by=lead.user)
    for who in ("lead", "coordinator"):
        assert looked(world, who, {"case": found["case"]}, shown) == []
    assert shown == set(SEALED), "every word was seen on some page"
