"""What a coordinator does from the list: take, choose several, put off until later. Never a decision."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.teams.models import User
from meldpunt.vault.models import UnlockedKey
from signals.actions import queue
from signals.models import Signal, Transition
from signals.queue import later
from signals.workflow import NotAllowed
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def world(settings):
    return World(settings)


def normal(world, **values) -> Signal:
    """A signal that waits, with a day left."""
    signal = a_signal(world)
    fields = {"urgency": "normal", "due_at": timezone.now() + 24 * HOUR} | values
    Signal.objects.filter(pk=signal.pk).update(**fields)
    signal.refresh_from_db()
    return signal


def choose(client, verb, *rows, **more):
    return client.post(reverse("choose"), {"doe": verb, "melding": [row.reference for row in rows], **more})


def test_taking_from_the_list_comes_back_to_the_same_list_at_the_next_row(world):
    first, second = normal(world), normal(world)
    place = "stand=nieuw&van=school&naam=Zoë&na=1"
    data = {"neem": first.reference, "plek": place, "rij": second.reference}
    answer = world.client("coordinator").post(reverse("take"), data)
    assert answer.url == f"{reverse('queue')}?stand=nieuw&van=school&na=1#rij-{second.reference}"
    first.refresh_from_db()
    assert (first.state, first.claimed_by) == ("in_triage", world.user("coordinator"))


@pytest.mark.parametrize("reference", ["", "OV-000-000", "<script>", "x" * 500])
def test_taking_what_is_not_there_says_so(world, reference):
    client = world.client("coordinator")
    assert client.post(reverse("take"), {"neem": reference, "rij": "//elders.nl"}, follow=True).status_code == 200


def test_nothing_happens_to_chosen_rows_before_the_second_question(world):
    rows, client = [normal(world), normal(world)], world.client("coordinator")
    page = choose(client, "nemen", *rows)
    assert page.status_code == 200
    assert not Transition.objects.filter(new="in_triage").exists()
    assert choose(client, "nemen", *rows, zeker="1").status_code == 302
    assert Signal.objects.filter(claimed_by=world.user("coordinator")).count() == 2


def test_what_a_colleague_holds_is_left_and_named(world):
    mine, theirs = normal(world), normal(world)
    held = {"claimed_by": world.user("stranger"), "claimed_until": timezone.now() + HOUR, "state": "in_triage"}
    Signal.objects.filter(pk=theirs.pk).update(**held)
    client = world.client("coordinator")
    for verb in ("nemen", "loslaten"):
        page = client.get(choose(client, verb, mine, theirs, zeker="1").url).content.decode()
        assert "1 melding bijgewerkt" in page
        assert f"Dit kon niet bij {theirs.reference}" in page
    theirs.refresh_from_db()
    assert theirs.claimed_by == world.user("stranger")


@pytest.mark.parametrize("verb", ["", "route", "decide", "sluiten", "verwijderen"])
def test_several_at_once_are_never_decided_routed_or_removed(world, verb):
    signal = normal(world)
    assert choose(world.client("coordinator"), verb, signal, zeker="1").status_code == 422
    signal.refresh_from_db()
    assert signal.state == "received"


def test_choosing_nothing_says_what_to_do(world):
    page = choose(world.client("coordinator"), "nemen")
    assert page.status_code == 422
    assert "Kies minstens één melding." in page.content.decode()


def test_later_takes_a_row_out_and_brings_it_back_by_itself(world):
    signal, client = normal(world), world.client("coordinator")
    assert choose(client, "later", signal, zeker="1").status_code == 422
    choose(client, "later", signal, zeker="1", tot="uur")
    page = client.get(reverse("queue"))
    assert (len(page.context["rows"]), page.context["later"]) == (0, 1)
    asleep = client.get(reverse("queue"), {"stand": "open", "later": "1"})
    assert "komt terug" in asleep.content.decode()
    Signal.objects.update(snoozed_until=timezone.now() - HOUR)
    assert len(client.get(reverse("queue")).context["rows"]) == 1


def test_what_was_put_off_can_be_brought_back_now(world):
    signal, client = normal(world), world.client("coordinator")
    queue.put_off(signal, by=world.user("coordinator"), until=timezone.now() + HOUR)
    for _twice in range(2):
        client.post(reverse("bring_back"), {"melding": signal.reference})
    assert len(client.get(reverse("queue")).context["rows"]) == 1
    assert Transition.objects.filter(reason="back_now").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"urgency": "acute"},
        {"due_at": timezone.now() - HOUR},
        {"due_at": timezone.now() + HOUR / 2},
        {"state": "asked"},
        {"state": "decided", "decision": "advice"},
    ],
    ids=["acute", "too late", "past its clock", "asked", "decided"],
)
def test_later_is_never_for_danger_and_never_past_the_clock(world, fields):
    signal = normal(world, **fields)
    with pytest.raises(NotAllowed):
        queue.put_off(signal, by=world.user("coordinator"), until=timezone.now() + HOUR)


def test_danger_and_an_answer_wake_what_was_put_off(world):
    signal, client = normal(world), world.client("coordinator")
    queue.put_off(signal, by=world.user("coordinator"), until=timezone.now() + HOUR)
    for waking in ({"urgency": "acute"}, {"urgency": "normal", "unread_from_referrer": True}):
        Signal.objects.filter(pk=signal.pk).update(**waking)
        assert len(client.get(reverse("queue")).context["rows"]) == 1


def test_a_weekend_is_no_working_day_to_come_back_on():
    friday = datetime.datetime(2026, 11, 20, 16, 0, tzinfo=datetime.UTC)
    assert later.moment_of("morgen", friday).isoformat() == "2026-11-23T09:00:00+01:00"
    assert later.moment_of("overmorgen", friday).isoformat() == "2026-11-24T09:00:00+01:00"


def test_shortcuts_are_switched_off_for_oneself_only(world):
    client = world.client("coordinator")
    client.post(reverse("shortcuts"), {"aan": "0"})
    assert set(User.objects.filter(shortcuts=False)) == {world.user("coordinator")}
    assert "data-on>" not in client.get(reverse("queue")).content.decode()


def test_live_counts_what_came_after_the_page_and_what_is_acute(world):
    a_signal(world)
    client = world.client("coordinator")
    mark = client.get(reverse("queue")).context["mark"]
    assert client.get(reverse("live"), {"sinds": mark}).json()["new"] == 0
    Signal.objects.filter(pk=a_signal(world).pk).update(urgency="acute")
    answer = client.get(reverse("live"), {"sinds": mark}).json()
    assert (answer["new"], answer["acute"]) == (1, 1)


@pytest.mark.parametrize("mark", ["", "x", "-1", "9" * 40, "<script>"])
def test_a_strange_mark_of_live_is_no_error(world, mark):
    assert world.client("coordinator").get(reverse("live"), {"sinds": mark}).status_code == 200


@pytest.mark.parametrize("header", [{}, {"X-Live": "1"}])
def test_asking_what_is_new_never_extends_the_idle_clock_or_leaves_a_row_in_the_log(world, header):
    client = world.client("coordinator")
    client.get(reverse("queue"))
    long_ago = timezone.now() - 20 * HOUR / 60
    UnlockedKey.objects.update(used_at=long_ago)
    rows = Entry.objects.count()
    assert client.get(reverse("live"), headers=header).status_code == 200
    assert UnlockedKey.objects.get().used_at == long_ago
    assert Entry.objects.count() == rows
    client.get(reverse("queue"))
    assert UnlockedKey.objects.get().used_at > long_ago


def test_asking_what_is_new_takes_one_statement_beside_session_user_and_role(world, django_assert_max_num_queries):
    client = world.client("coordinator")
    client.get(reverse("live"))
    with django_assert_max_num_queries(5):  # a test that signs in by force also looks for the second factor
        client.get(reverse("live"))
