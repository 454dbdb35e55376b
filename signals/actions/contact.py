"""Contact with a referrer that the desk hands to a network, and that comes back: the thread key goes with it.

The network gets the key of the thread and of nothing else: never the report, never who filed. When the contact comes back,
the thread key is renewed for the desk and the referrer alone; the referrer's own key is at hand, so no code is needed
(security.md, key 4).
"""

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import TeamKind
from meldpunt.vault import keys, referrers, sealed
from meldpunt.vault.models import Purpose, ReferrerKey
from signals import content, deadlines
from signals.actions.history import correct, locked
from signals.actions.tasks import finish, give_task
from signals.models import Assignment, BackReason, Handover, Signal
from signals.models.task import TaskKind
from signals.shielding.people import workers_for
from signals.workflow import AssignmentState, NotAllowed, Reason

CLOCK_LEG = "accept"  # Source: own proposal; who has taken a case on answers its referrer as soon as it had to take it on.


@transaction.atomic
def hand_over(signal: Signal, assignment: Assignment, *, by, keyring, terms: content.SafeContact, version: int) -> Handover:
    """Hand the contact with the referrer of `signal` to the network that has accepted `assignment`.

    `terms` is what that network reads about safe contact. Raises Clash, NotAllowed where the letter is about another
    case, is not accepted, the referrer has no code, or a network has the contact already; Locked, CannotOpen, NotTrusted.
    """
    letter = locked(Assignment.objects.visible_to(by).select_related("team", "case"), assignment.pk)
    signal = locked(Signal.objects.visible_to(by), signal.pk, version)
    fits = signal.case_id == letter.case_id and letter.state == AssignmentState.ACCEPTED and by.is_coordinator
    if not fits or not referrers.has_code(signal.pk) or Handover.objects.running().filter(signal=signal).exists():
        raise NotAllowed("this contact cannot go to this network")
    now = timezone.now()
    row = Handover(signal=signal, assignment=letter, by=by, at=now, wants_mail=terms.how == "email")
    keys.grant(keyring, signal.pk, Purpose.THREAD, letter.team)
    seal_terms(keyring, row, terms)
    if signal.unread_from_referrer:
        row.due_at = deadlines.due(letter.case.urgency, CLOCK_LEG, now)
    row.save(force_insert=True)
    correct(signal, by=by, reason=Reason.CONTACT_HANDED)
    finish(signal, TaskKind.ANSWERED)
    _tell(row, kind="contact_given")
    record("change", by=by, team=letter.team, obj=signal, purpose=Reason.CONTACT_HANDED)
    return row


def seal_terms(keyring, row: Handover, terms: content.SafeContact) -> None:
    """Seal what the network reads about safe contact under the newest thread key; the caller saves."""
    sealed.seal(sealed.key_for(keyring, row, "terms"), row, "terms", content.to_bytes(terms))


@transaction.atomic
def take_back(signal: Signal, *, by, because: str = BackReason.TAKEN_BACK) -> Handover:
    """The desk takes the contact back. Raises NotAllowed where no network has it, Signal.DoesNotExist."""
    signal = locked(Signal.objects.visible_to(by), signal.pk)
    row = bring_back(signal, by=by, because=because)
    if row is None:
        raise NotAllowed("no network has this contact")
    record("change", by=by, team=row.assignment.team, obj=signal, purpose=Reason.CONTACT_BACK)
    return row


@transaction.atomic
def give_back(handover: Handover, *, by) -> Handover:
    """A member gives the contact back to the desk. Raises Handover.DoesNotExist where it is not the network's now."""
    found = held(handover, by=by)
    row = bring_back(signal_of(found), by=by, because=BackReason.GIVEN_BACK)
    if row is None:
        raise NotAllowed("no network has this contact")
    record("change", by=by, team=row.assignment.team, obj=row.signal, purpose=Reason.CONTACT_BACK)
    return row


def bring_all_back(letters: list[Assignment], *, by, because: str = BackReason.LETTER_GONE) -> int:
    """Bring every contact back that networks have through `letters`, as part of an act that ends these; returns how many."""
    signals = Signal.objects.filter(handovers__assignment__in=letters, handovers__ended_at=None).order_by("pk")
    rows = list(signals.defer("report", "headline").select_for_update(of=("self",), no_key=True))
    return sum(bring_back(signal, by=by, because=because) is not None for signal in rows)


def bring_back(signal: Signal, *, by, because: str) -> Handover | None:
    """Let the contact of a signal, whose row is locked, come back to the desk; None where no network has it.

    The networks' seals go and the thread key is renewed; what waits unread becomes the desk's task. The caller records.
    """
    running = Handover.objects.running().filter(signal=signal).select_related("assignment__team", "by")
    row = running.defer("by__password").select_for_update(of=("self",)).first()
    _renew(signal)
    if row is None:
        return None
    row.ended_at, row.ended_by, row.back_because, row.due_at = timezone.now(), by, because, None
    row.save(update_fields=["ended_at", "ended_by", "back_because", "due_at"])
    row.signal = signal
    correct(signal, by=by, reason=Reason.CONTACT_BACK)
    finish(signal, TaskKind.LATE_CONTACT)
    if signal.unread_from_referrer:
        give_task(TaskKind.ANSWERED, signal=signal, first=row.by)
    return row


def _renew(signal: Signal) -> None:
    holders = keys.teams_that_hold(signal.pk, Purpose.THREAD)
    networks = [team for team in holders if team.kind == TeamKind.NETWORK]
    if not networks:
        return
    for team in networks:
        keys.revoke(signal.pk, team)
    desk = [team for team in holders if team not in networks]
    referrer = ReferrerKey.objects.filter(object_id=signal.pk).first()
    keys.new_content_key("signal", signal.pk, Purpose.THREAD, desk, referrer=referrer)


def held(handover: Handover, *, by) -> Handover:
    """Return the handover with its letter, where `by`'s network has the contact now; raises DoesNotExist."""
    mine = Assignment.objects.visible_to(by).held_by(by.network_teams())
    running = Handover.objects.running().filter(assignment__in=mine)
    return running.select_related("assignment__team", "assignment__case").get(pk=handover.pk)


def signal_of(handover: Handover) -> Signal:
    """Return the signal of a handover, locked; a network never loads its report."""
    return locked(Signal.objects.defer("report", "headline"), handover.signal_id)


def came_in(signal: Signal) -> bool:
    """Tell the network that has the contact of a signal, whose row is locked, that the referrer wrote; starts its clock.

    Returns False where the desk has the contact: then it is the desk's task.
    """
    row = Handover.objects.running().filter(signal=signal).select_related("assignment__team", "assignment__case").first()
    if row is None:
        return False
    if row.due_at is None:
        due_at = deadlines.due(row.assignment.case.urgency, CLOCK_LEG, timezone.now())
        Handover.objects.filter(pk=row.pk).update(due_at=due_at, breached_at=None)
    _tell(row, kind="referrer_wrote")
    return True


def _tell(row: Handover, *, kind: str) -> None:
    letter = row.assignment
    leave(workers_for(letter), kind=kind, path=f"/netwerk/{letter.case.reference}/melder/")


@transaction.atomic
def tell_late() -> int:
    """Give the desk a task for each referrer whom a network lets wait too long; returns how many. Needs no key."""
    rows = Handover.objects.late().filter(breached_at=None).select_related("by", "signal")
    late = rows.defer("terms", "by__password", "signal__report", "signal__headline", "signal__filed_once")
    found = list(late.select_for_update(of=("self",), skip_locked=True)[:500])
    for row in found:
        give_task(TaskKind.LATE_CONTACT, signal=row.signal, first=row.by)
    Handover.objects.filter(pk__in=[row.pk for row in found]).update(breached_at=timezone.now())
    if found:
        record("change", source="worker", purpose="late_contact", rows=[str(row.pk) for row in found])
    return len(found)
