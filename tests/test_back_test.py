"""Testing the rules of urgency against outcomes: by a coordinator's own keys, logged, and without content."""

import io
import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command

from meldpunt.audit.models import Entry
from signals.actions import routing, triage
from signals.models import Case, Indicator
from signals.weighing.back_test import Line, examine
from signals.weighing.back_test_reading import lines_for
from tests.people import one_time_code
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord"


@pytest.fixture
def world(settings):
    return World(settings)


def ended(world, outcome, **filed):
    """File a signal and carry it to its end."""
    keyring = world.keyring("coordinator")
    signal = a_signal(world, **filed)
    common = {"by": keyring.user, "keyring": keyring, "version": signal.version}
    if outcome == "no_signal":
        return triage.decide(signal, decision="no_signal", reason="too_little", **common)
    case = Case.objects.get(pk=triage.decide(signal, decision="new_case", reason="enough_signs", **common).case_id)
    letter = routing.route(
        case, by=keyring.user, keyring=keyring, team=world.teams["almelo"], reason="lives_there", version=case.version
    )
    routing.deliver(letter.pk)
    lead, keys = world.user("lead"), world.keyring("lead")
    letter = routing.accept(routing.open_letter(letter, by=lead), by=lead)
    routing.close_case(letter, by=lead, keyring=keys, outcome=outcome, youth_care_needed=True, safe_now="no")
    return signal


def some(world):
    Indicator.objects.create(code="DW08", topic="dwang", weight=3, step=1, urgency="urgent", audience=["school"])
    ended(world, "police", happens={"signs": ["DW08"]})
    ended(world, "no_trafficking", happens={"signs": ["DW08"]})
    ended(world, "no_signal")
    ended(world, "lost_contact")
    a_signal(world)


def test_the_rules_are_held_against_what_came_of_it(world):
    some(world)
    found = examine(lines_for(world.keyring("coordinator")))
    assert (found["examined"], found["real"], found["false_alarms"]) == (3, 1, 1)
    factor = next(row for row in found["factors"] if row["rule"] == "urgent_sign")
    assert (factor["seen"], factor["real"], factor["share"], factor["lift"]) == (2, 1, 0.5, None)
    assert found["false_alarms_by_rule"] == {"urgent_sign": 1}
    high = next(row for row in found["thresholds"] if row["score"] == 100)
    assert (high["raised"], high["serious_missed"]) == (0, 1)


def test_a_heavier_weight_of_today_counts_for_what_was_filed_before(world):
    some(world)
    before = examine(lines_for(world.keyring("coordinator")))["thresholds"]
    Indicator.objects.update(weight=90)
    after = examine(lines_for(world.keyring("coordinator")))["thresholds"]
    assert (before[-1]["raised"], after[-1]["raised"]) == (0, 2)


def test_nothing_at_all_gives_figures_all_the_same():
    found = examine([])
    assert (found["examined"], found["factors"], found["levels"][0]["share"]) == (0, [], None)


def test_lift_compares_with_and_without_a_factor():
    with_it = Line("urgent", 12, frozenset({"minor"}), True, False)
    without = Line("normal", 0, frozenset(), True, True), Line("normal", 0, frozenset(), False, False)
    found = examine([with_it, *without])
    assert found["factors"][0]["lift"] == 2.0
    assert found["serious_but_normal"] == 1


def enrolled(world, who="coordinator") -> str:
    """Give somebody a password and an app; returns the app's secret."""
    user, secret = world.user(who), generate_totp_secret()
    user.authenticator_set.all().delete()
    TOTP.activate(user, secret)
    user.set_password(PASSWORD)
    user.save()
    return secret


def run(monkeypatch, email, password, code, *options) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n{code}\n"))
    out = io.StringIO()
    call_command("back_test", email, "--stdin", *options, stdout=out)
    return out.getvalue()


def test_the_command_opens_with_both_factors_logs_each_reading_and_prints_no_content(world, monkeypatch):
    secret = enrolled(world)
    some(world)
    printed = run(monkeypatch, "coordinator@practice.test", PASSWORD, one_time_code(secret), "--json")
    assert json.loads(printed)["examined"] == 3
    assert "cadeaus" not in printed
    logged = Entry.objects.filter(act="list", purpose="back_test", source="command").get()
    assert len(logged.rows) == 3


def test_the_table_names_factors_and_thresholds(world, monkeypatch):
    secret = enrolled(world)
    some(world)
    printed = run(monkeypatch, "coordinator@practice.test", PASSWORD, one_time_code(secret))
    assert "urgent_sign" in printed
    assert "urgent from score" in printed


@pytest.mark.parametrize(("who", "password", "code"), [
    ("coordinator", "not the password", None),
    ("coordinator", PASSWORD, "000000"),
    ("lead", PASSWORD, None),
])  # fmt: skip
def test_without_both_factors_of_a_coordinator_nothing_opens(world, monkeypatch, who, password, code):
    secret = enrolled(world, who)
    some(world)
    with pytest.raises(CommandError):
        run(monkeypatch, f"{who}@practice.test", password, code or one_time_code(secret))
    assert not Entry.objects.filter(act="list", purpose="back_test").exists()
    assert Entry.objects.filter(act="refused", purpose="back_test").exists()
