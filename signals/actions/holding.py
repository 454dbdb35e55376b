"""Who holds a case: ending a network's hold, with its keys, and telling who asked another network to take over."""

from django.utils import timezone

from meldpunt.notices.actions import leave
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions import consenting, contact, dispatching
from signals.actions.history import add_words, locked, move, seal_for_desk
from signals.models import Assignment, Case
from signals.models.assignment import Part
from signals.shielding.people import workers_for
from signals.workflow import AssignmentState, CaseState


def lock_open_letters(case_id) -> list[Assignment]:
    """Lock and return every open letter of a case with its network, in one order and before the case.

    So two who end letters never wait for each other for ever.
    """
    letters = Assignment.objects.still_open().filter(case=case_id).select_related("team").order_by("pk")
    return list(letters.select_for_update(of=("self",), no_key=True))


def end_hold(assignment, new_state, *, by, keyring, reason, words="") -> None:
    """End a network's hold: its seals go, contact with referrers comes back to the desk, and the shared key is renewed for
    who still holds the case. Part of every act that takes a letter away.

    Without its lead the case is back at the desk, and nobody is asked any more to take it over; without one that supports
    it stays where it is.
    """
    contact.bring_all_back([assignment], by=by)
    if assignment.part == Part.LEAD:
        for asked in Assignment.objects.still_open().filter(case=assignment.case_id, part=Part.NEXT).select_related("team"):
            end_hold(asked, AssignmentState.RECALLED, by=by, keyring=keyring, reason=reason)
    case = locked(Case.objects.all(), assignment.case_id)
    row = move(assignment, new_state, by=by, reason=reason, ended_at=timezone.now(), due_at=None)
    if assignment.part == Part.LEAD:
        row = move(case, CaseState.ASSESSED, by=by, reason=reason)
    seal_for_desk(case, row, words)
    renew_shared(case, keyring, without=assignment)
    assignment.case = case


def renew_shared(case: Case, keyring, *, without: Assignment) -> None:
    """Take the seals of a network away, and seal what is shared anew for who still holds the locked case.

    Letters that ended with an earlier closing of the case are let go with it. Raises Locked, CannotOpen, NotTrusted.
    """
    shared = sealed.peek(keyring, case, "shared")
    keys.revoke(case.pk, without.team)
    keys.revoke(without.pk, without.team)
    _let_earlier_go(case, without)
    dispatching.take_away(case, without.team)
    consenting.take_away(case, without.team)
    holders = keys.teams_that_hold(case.pk, Purpose.SHARED)
    fresh = keys.new_content_key("case", case.pk, Purpose.SHARED, holders)
    sealed.seal(fresh, case, "shared", shared)
    case.save(update_fields=["shared"])


def _let_earlier_go(case: Case, without: Assignment) -> None:
    """Let a network lose sight of its earlier letters about a case that it loses.

    Who gives back or hands over what it worked on loses the keys of these too; whom the desk took it from before the
    network had accepted keeps them in the drawer, as reopening does.
    """
    earlier = Assignment.objects.filter(case=case.pk, team=without.team_id, state=AssignmentState.ENDED)
    earlier.filter(let_go_at=None).update(let_go_at=timezone.now())
    if without.accepted_at:
        for pk in earlier.values_list("pk", flat=True):
            keys.revoke(pk, without.team)


def tell_who_asked(assignment: Assignment, *, by, keyring, reason: str, words: str) -> None:
    """Tell who works on the case at the network that asked this one to take it over, with the reason and own words.

    The words lie under the shared key: the desk reads them too. Before the seals go. Raises Locked, CannotOpen.
    """
    sender = assignment.transfer.sender
    row = sender.transitions.create(old=sender.state, new=sender.state, by=by, at=timezone.now(), reason=reason)
    add_words(keyring, row, assignment.case_id, Purpose.SHARED, words)
    leave(workers_for(sender), kind="case_changed", path=f"/netwerk/{assignment.case.reference}/")
