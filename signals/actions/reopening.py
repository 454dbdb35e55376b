"""Opening a closed case again: a match proposes it, a coordinator decides, and nothing of its history is lost."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Membership, Role, User
from signals.actions.history import locked
from signals.actions.tasks import give_task
from signals.models import Case, ReopenProposal, Signal
from signals.models.task import TaskKind
from signals.workflow import CaseState


def in_aftercare(case: Case) -> bool:
    """Tell whether a case is closed, and its last pulse is still to come: then a new match may open it again."""
    until = case.aftercare_until
    return case.state == CaseState.CLOSED and until is not None and until >= timezone.now()


@transaction.atomic
def propose(case: Case, *, because: Signal) -> ReopenProposal | None:
    """Propose to reopen a closed case in aftercare, because the signal `because` matches it; content-free, needs no key.

    A coordinator gets a task, and who knew the case at the network gets a notice. Returns None where the case is not in
    aftercare, and where this signal proposed it before: calling it again changes nothing.
    """
    case = locked(Case.objects.defer("shared", "desk_notes"), case.pk)
    if not in_aftercare(case):
        return None
    now = timezone.now()
    proposal, new = ReopenProposal.objects.get_or_create(case=case, signal=because, defaults={"at": now})
    if not new:
        return None
    give_task(TaskKind.REOPEN, case=case)
    leave(who_knew(case), kind="case_maybe_back", path=f"/netwerk/{case.reference}/")
    record("create", obj=case, purpose="reopen_proposed", rows=[because.reference])
    return proposal


def who_knew(case: Case) -> list[User]:
    """Return who worked the case when it was closed, and still works there: its owner and the leads of its networks."""
    letters = case.assignments.filter(state="ended", let_go_at=None).values_list("team", "owner")
    owners = {(team, owner) for team, owner in letters}
    members = Membership.objects.filter(team__in={team for team, _owner in owners}, ended_at=None, user__is_active=True)
    found = members.select_related("user").defer("user__password")
    knew = [row.user for row in found if row.role == Role.LEAD or (row.team_id, row.user_id) in owners]
    return list({user.pk: user for user in knew}.values())
