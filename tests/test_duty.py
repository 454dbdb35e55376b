"""Duty: who is on duty, who stands in, and what the roster and the page of absence do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.teams import duty, roster
from meldpunt.teams.models import Absence, DutyShift, Membership, Role, User
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(settings):
    return World(settings)


def colleague(world, name="Karim") -> User:
    """One more coordinator, with a number."""
    user = User.objects.create(email=f"{name}@practice.test", name=name, phone="06 12345678")
    Membership.objects.create(user=user, team=world.teams["desk"], role=Role.COORDINATOR)
    return user


def on(user, *, since=-HOUR, until=HOUR):
    now = timezone.now()
    return DutyShift.objects.create(user=user, starts_at=now + since, ends_at=now + until)


def away(user, **values):
    today = timezone.localdate()
    return Absence.objects.create(user=user, **{"first_day": today, "last_day": today} | values)


def test_nobody_is_on_duty_where_nobody_has_a_shift(world):
    assert duty.on_duty() is None


def test_who_has_a_shift_now_is_on_duty_and_only_then(world, django_assert_num_queries):
    karim = colleague(world)
    shift = on(karim)
    with django_assert_num_queries(1):
        found = duty.on_duty()
        assert (found, found.phone) == (karim, "06 12345678")
    assert duty.on_duty(shift.ends_at) is None
    assert duty.on_duty(shift.starts_at) == karim


def test_the_deputy_is_on_duty_for_who_is_away(world):
    karim, sanne = colleague(world), world.user("coordinator")
    on(sanne)
    away(sanne, deputy=karim)
    assert duty.on_duty() == karim


def test_the_usual_deputy_stands_in_where_the_absence_names_none(world):
    karim, sanne = colleague(world), world.user("coordinator")
    User.objects.filter(pk=sanne.pk).update(deputy=karim)
    away(sanne)
    sanne = world.user("coordinator")
    on(sanne)
    assert duty.on_duty() == karim == duty.deputy_of(sanne)
    assert duty.absences().filter(user=sanne).exists()


def test_a_deputy_who_is_away_too_stands_in_for_nobody(world):
    karim, sanne = colleague(world), world.user("coordinator")
    on(sanne)
    away(sanne, deputy=karim)
    away(karim)
    assert duty.on_duty() is None
    assert duty.deputy_of(sanne) is None


def test_who_left_the_desk_is_not_on_duty(world):
    karim = colleague(world)
    on(karim)
    karim.memberships.update(ended_at=timezone.now())
    assert duty.on_duty() is None


def test_who_is_on_duty_comes_first_and_who_is_away_last(world):
    sanne, karim, mo = world.user("coordinator"), colleague(world), colleague(world, "Mo")
    on(mo)
    away(sanne)
    ordered = duty.by_reach(world.teams["desk"].active_users(Role.COORDINATOR))
    assert list(ordered) == [mo, karim, sanne]


def test_the_roster_says_which_hours_nobody_has(world):
    monday = date(2026, 3, 23)  # the week in which the clock goes forward
    karim = colleague(world)
    DutyShift.objects.create(
        user=karim,
        starts_at=datetime(2026, 3, 23, 8, tzinfo=UTC),
        ends_at=datetime(2026, 3, 24, 8, tzinfo=UTC),
    )
    days = roster.week_of(monday)
    assert [(a.hour, b.hour) for a, b in days[0].gaps] == [(0, 8)]
    assert len(days[1].shifts) == 1
    assert days[2].gaps == [(roster.start_of(date(2026, 3, 25)), roster.start_of(date(2026, 3, 26)))]


@pytest.mark.parametrize("week", ["", "x", "2026-W99", "-W1", "99999999-W01", "2026-W48", "0-W01"])
def test_a_week_that_is_none_shows_a_week_all_the_same(world, week):
    page = world.client("coordinator").get(reverse("duty"), {"week": week})
    assert page.status_code == 200
    assert len(page.context["days"]) == 7


def test_a_shift_over_the_night_ends_the_next_day_and_is_logged(world):
    values = {"user": world.people["coordinator"].pk, "day": "2026-11-23", "days": "2", "starts": "17:00", "ends": "09:00"}
    client = world.client("coordinator")
    page = client.post(reverse("duty"), {f"shift-{name}": value for name, value in values.items()})
    assert page.status_code == 302
    assert page.url.endswith("?week=2026-W48")
    shifts = DutyShift.objects.all()
    assert [(s.starts_at.hour, s.ends_at.hour, (s.ends_at - s.starts_at)) for s in shifts] == [(16, 8, 16 * HOUR)] * 2
    assert Entry.objects.filter(object_kind="duty", act="create").exists()
    client.post(reverse("remove_shift", args=[shifts[0].pk]))
    assert DutyShift.objects.count() == 1


def test_what_is_not_right_is_said_next_to_the_field(world):
    client = world.client("member")
    page = client.post(reverse("reach"), {"reach-phone": "<script>", "reach-deputy": world.people["stranger"].pk})
    assert page.status_code == 422
    assert set(page.context["reach_form"].errors) == {"phone", "deputy"}
    wrong = {"away-first_day": "2026-12-24", "away-last_day": "2026-12-01"}
    page = client.post(reverse("go_away"), wrong)
    assert set(page.context["absence_form"].errors) == {"last_day"}
    assert not Absence.objects.exists()


def test_a_member_sets_a_number_a_deputy_and_days_away(world):
    client, lead = world.client("member"), world.people["lead"]
    client.post(reverse("reach"), {"reach-phone": "+31 6 1234 5678", "reach-deputy": lead.pk})
    today = timezone.localdate().isoformat()
    client.post(reverse("go_away"), {"away-first_day": today, "away-last_day": today})
    member = world.user("member")
    assert member.phone == "+31 6 1234 5678"
    assert duty.deputy_of(member) == lead
    assert duty.absences().filter(user=member).exists()
    assert client.post(reverse("come_back", args=[Absence.objects.get().pk])).status_code == 302
    assert not duty.absences().filter(user=member).exists()


def test_a_coordinator_finds_the_same_menu_with_the_same_counts_on_every_page(world):
    a_signal(world)
    client = world.client("coordinator")
    shown = {}
    for name in ("queue", "cases", "duty", "reach", "team_keys", "password", "rights", "steering"):
        page = client.get(reverse(name)).content.decode().split('<div class="wide">')[1].split("</div>")[0]
        shown[name] = page.replace(' aria-current="page"', "")
    assert "Dienst" in shown["queue"] and '<small class="num">1<' in shown["queue"]
    assert len(set(shown.values())) == 1
