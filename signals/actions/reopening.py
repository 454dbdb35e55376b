"""Opening a closed case again: a match proposes it, a coordinator decides, and nothing of its history is lost."""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Membership, Role, Team, User
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions import consenting, dispatching, sharing
from signals.actions.history import add_words, correct, locked, move
from signals.actions.routing import Letter, post_letter
from signals.actions.tasks import finish_late_pulse, give_task
from signals.models import Assignment, Case, ReopenProposal, Signal, Task
from signals.models.assignment import Part
from signals.models.task import TaskKind
from signals.shielding.people import may_see
from signals.workflow import AssignmentState, CaseState, NotAllowed, Reason


def in_aftercare(case: Case) -> bool:
    """Tell whether a case is closed, and its last pulse is still to come: then a new match may open it again."""
    until = case.aftercare_until
    return case.state == CaseState.CLOSED and until is not None and until >= timezone.now()


@transaction.atomic
def propose(case: Case, *, because: Signal | None) -> ReopenProposal | None:
    """Propose to reopen a closed case in aftercare, because the signal `because` matches it; content-free, needs no key.

    None for `because` says that aftercare found somebody unsafe. A coordinator gets a task, and who knew the case at the
    network gets a notice. Returns None where the case is not in aftercare, and where the same was proposed before: calling
    it again changes nothing.
    """
    case = locked(Case.objects.defer("shared"), case.pk)
    if not in_aftercare(case):
        return None
    same = {"case": case, "signal": because} | ({} if because else {"decided_at": None})
    proposal, new = ReopenProposal.objects.get_or_create(**same, defaults={"at": timezone.now()})
    if not new:
        return None
    give_task(TaskKind.REOPEN, case=case)
    leave(may_see(who_knew(case), case), kind="case_maybe_back", path=f"/netwerk/{case.reference}/")
    record("create", obj=case, purpose="reopen_proposed", rows=[because.reference] if because else [])
    return proposal


def who_knew(case: Case) -> list[User]:
    """Return who worked the case when it was closed, and still works there: its owner and the leads of its networks."""
    letters = case.assignments.filter(state=AssignmentState.ENDED, let_go_at=None).values_list("team", "owner")
    owners = {(team, owner) for team, owner in letters}
    members = Membership.objects.filter(team__in={team for team, _owner in owners}, ended_at=None, user__is_active=True)
    found = members.select_related("user", "team").defer("user__password")
    knew = [row for row in found if row.role == Role.LEAD or (row.team_id, row.user_id) in owners]
    for row in knew:
        row.user.of_team = row.team.name
    return list({row.user_id: row.user for row in knew}.values())


def may_have_it_again(case: Case) -> list[Team]:
    """Return the networks that can get a closed case back at once: those that had accepted it when it was closed."""
    had = case.assignments.filter(state=AssignmentState.ENDED, accepted_at__isnull=False, let_go_at=None)
    return list(Team.objects.filter(pk__in=had.values("team")).order_by("name"))


@transaction.atomic
def reopen(
    case: Case, *, by, keyring, reason: str, version: int, team: Team | None = None, words: str = ""
) -> Assignment | None:
    """Open a closed case again, at the desk, or (`team`) at the network that had it, with a new letter and a new key.

    Who had the case loses sight of it, but for `team`, whose earlier notes stay to be read; the shared key is renewed. The
    outcome is taken back (its row in the balance too, by count_ended); history and proposals stay. Returns the letter.
    Raises Clash, NotAllowed (not closed, or merged into another case; a network that never had it), Locked, CannotOpen.
    """
    case = locked(Case.objects.for_desk(by), case.pk, version)
    again = may_have_it_again(case)
    if case.state != CaseState.CLOSED or not case.outcome or (team is not None and team not in again):
        raise NotAllowed("this case cannot be opened so")
    emptied = {"outcome": "", "youth_care_needed": None, "safe_now": "", "closed_at": None, "aftercare_until": None}
    row = move(case, CaseState.WITH_NETWORK if team else CaseState.ASSESSED, by=by, reason=reason, **emptied)
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    _let_go(case, keyring, keep=team)
    _settle(case, by=by, reopened=True)
    finish_late_pulse(case)
    letter = None
    if team is not None:
        posted = {"reason": reason, "letter": Letter(), "now": timezone.now()}
        letter = post_letter(case, team, Part.LEAD, by=by, keyring=keyring, **posted)
        sharing.keep(keyring, case, [letter], by=by)
    record("change", by=by, team=team, obj=case, purpose="reopened", rows=[letter] if letter else [])
    return letter


def _let_go(case: Case, keyring, *, keep: Team | None) -> None:
    """Let the networks that had a case lose sight of it, but for `keep`, and renew the shared key for who is left."""
    shared = sealed.peek(keyring, case, "shared")
    gone = case.assignments.filter(state=AssignmentState.ENDED, let_go_at=None)
    gone = gone.exclude(team=keep) if keep else gone
    for letter in gone.select_related("team"):
        keys.revoke(case.pk, letter.team)
        dispatching.take_away(case, letter.team)
        consenting.take_away(case, letter.team)
    gone.update(let_go_at=timezone.now())
    holders = keys.teams_that_hold(case.pk, Purpose.SHARED)
    sealed.seal(keys.new_content_key("case", case.pk, Purpose.SHARED, holders), case, "shared", shared)
    case.save(update_fields=["shared"])


@transaction.atomic
def leave_closed(case: Case, *, by, keyring, version: int, words: str = "") -> Case:
    """Decide that what was proposed does not open a case again; `words` stay with the desk.

    Raises Clash, NotAllowed where nothing was proposed, Locked, CannotOpen.
    """
    case = locked(Case.objects.for_desk(by), case.pk, version)
    if case.state != CaseState.CLOSED or not _settle(case, by=by, reopened=False):
        raise NotAllowed("nothing was proposed")
    row = correct(case, by=by, reason=Reason.NOT_AGAIN)
    add_words(keyring, row, case.pk, Purpose.DESK, words)
    record("change", by=by, obj=case, purpose=Reason.NOT_AGAIN)
    return case


def _settle(case: Case, *, by, reopened: bool) -> int:
    Task.objects.filter(case=case, kind=TaskKind.REOPEN, done_at=None).update(done_at=timezone.now())
    waiting = ReopenProposal.objects.waiting().filter(case=case)
    return waiting.update(decided_at=timezone.now(), decided_by=by, reopened=reopened)
