"""What the worker does, done with the rights that the worker has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from signals.models import Assignment, Case, Draft, Signal, Task
from signals.tasks import forget_drafts, raise_breached_clocks, sweep
from signals.workflow import CaseState
from tests.roles import granted, working_as  # noqa: F401 (a fixture)

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


def test_the_worker_may_forget_drafts(letter):
    with working_as("meldpunt_worker"):
        assert forget_drafts() == 1
    assert not Draft.objects.exists()
