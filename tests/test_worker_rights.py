"""What the worker does, done with the rights that the worker has."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from networks.tasks import count_ended
from signals.models import Assignment, Case, Draft, Signal, Task
from signals.tasks import (
    age_signals,
    forget_drafts,
    forget_staff_drafts,
    raise_breached_clocks,
    raise_unanswered,
    release_lapsed_leases,
    sweep,
)
from signals.workflow import CaseState
from tests.roles import as_role, granted, working_as  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("granted")]
AGO = timedelta(hours=1)


@pytest.fixture
def letter():
    """A letter without a seal, to a network, over time; and a signal that nobody read in time."""
    now = timezone.now()
    desk = Team.objects.create(slug="rights-desk", name="Meldpunt", kind=TeamKind.DESK)
    network = Team.objects.create(slug="rights-network", name="Almelo", kind=TeamKind.NETWORK)
    user = User.objects.create(email="coordinator@example.org", name="Coördinator")
    Membership.objects.create(user=user, team=desk, role=Role.COORDINATOR)
    case = Case.objects.create(
        reference="ZK-AAA-AAA",
        state=CaseState.ROUTING,
        urgency="acute",
        form="ONBEKEND",
        age_band="unknown",
        gender="unknown",
        opened_at=now,
        shared=b"sealed",
    )
    Signal.objects.create(
        reference="OV-AAA-AAA",
        filed_at=now - AGO,
        due_at=now - AGO,
        referrer_role="self",
        danger_now="no",
        urgency="acute",
        filed_once=b"1",
        report=b"s",
        headline=b"s",
    )
    Draft.objects.create(lookup=b"1", blob=b"sealed", expires_at=now - AGO)
    return Assignment.objects.create(
        case=case, team=network, routed_by=user, queued_at=now - AGO, due_at=now - AGO
    )


def test_the_postman_may_do_his_round(letter):
    with working_as("meldpunt_worker"):
        sweep()
    letter.refresh_from_db()
    assert letter.refused_to_deliver, "there is no seal"
    assert Task.objects.filter(kind="no_seal").exists()


def test_the_worker_may_turn_breached_clocks_into_tasks(letter):
    with working_as("meldpunt_worker"):
        raise_breached_clocks()
    assert {"late_triage", "late_delivery"} <= set(Task.objects.values_list("kind", flat=True))


def test_one_letter_that_fails_does_not_stop_the_others(letter):
    """A trigger in the database makes one letter impossible, as a broken row would."""
    case = Case.objects.get()
    network = Team.objects.create(slug="rights-other", name="Zwolle", kind=TeamKind.NETWORK)
    first = letter.queued_at - AGO
    poison = Assignment.objects.create(
        case=case, team=network, part="support", routed_by=letter.routed_by, queued_at=first, due_at=letter.due_at - AGO
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'poison'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_one BEFORE UPDATE ON signals_assignment FOR EACH ROW"
            f" WHEN (OLD.id = '{poison.pk}') EXECUTE FUNCTION refuse_one()"
        )
    assert sweep() == 0
    letter.refresh_from_db()
    assert letter.refused_to_deliver
    raise_breached_clocks()
    assert {"late_triage", "late_delivery"} <= set(Task.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signals_signal SET danger_now = 'yes'",
        "UPDATE signals_case SET reference = 'ZK-BBB-BBB'",
        "UPDATE signals_assignment SET team_id = NULL",
        "UPDATE signals_task SET done_at = now()",
        "INSERT INTO signals_assignment (state) VALUES ('queued')",
        "DELETE FROM signals_signal",
    ],
)
def test_the_worker_changes_nothing_that_is_not_its_work(letter, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), as_role("meldpunt_worker") as cursor:
        cursor.execute(statement)


def test_the_worker_may_age_release_and_count(letter):
    now = timezone.now()
    Signal.objects.update(state="in_triage", claimed_by=letter.routed_by, claimed_until=now - AGO)
    with working_as("meldpunt_worker"):
        assert release_lapsed_leases() == 1
        age_signals()
        raise_unanswered()
        forget_staff_drafts()
        count_ended()


def test_the_worker_may_forget_drafts(letter):
    with working_as("meldpunt_worker"):
        assert forget_drafts() == 1
    assert not Draft.objects.exists()
