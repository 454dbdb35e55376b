"""Every write of a meeting: plan, make the agenda, who is there, what is said and decided, close, add afterwards."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Role, Team
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from networks import content
from networks.actions.casework import WRITABLE, writable
from networks.actions.meeting_settings import fits_seats
from networks.casework.own_work import check_gets
from networks.content import ItemContent, MeetingContent, TieContent
from networks.meeting.agenda import last_before, open_decisions, points_for
from networks.meeting.chairing import seat_of
from networks.models import Answer, Attendance, Meeting, MeetingItem, Tie
from signals.actions import Clash
from signals.actions.history import locked
from signals.models import Assignment
from signals.workflow import AssignmentState, NotAllowed


class Unanswered(NotAllowed):
    """A meeting cannot close: of some cases the required block is open. Carries how many."""

    def __init__(self, number: int):
        super().__init__(f"{number} cases are not decided")
        self.number = number


@transaction.atomic
def plan(team: Team, *, by, keyring, begins_at: datetime.datetime, where: str = "", chair=None, substitute=None) -> Meeting:
    """Plan the next meeting of a network; one lies ahead at a time. `chair` is a lead, by default `by`; `substitute` anybody
    else of the network.

    Raises PermissionDenied unless `by` is a lead of `team`, NotAllowed where one is planned already or who chairs does not
    fit (meeting_settings.fits_seats), Locked, NotTrusted.
    """
    chair = chair or by
    if by.role_in(team) != Role.LEAD:
        raise PermissionDenied
    fits_seats(team, chair=chair, substitute=substitute)
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    if Meeting.objects.filter(team=team).ahead().exists():
        raise NotAllowed("one meeting lies ahead already")
    meeting = Meeting(team=team, begins_at=begins_at, chair=chair, substitute=substitute, by=by, at=timezone.now())
    key = keys.new_content_key("meeting", meeting.pk, Purpose.MEETING, [team])
    sealed.seal(key, meeting, "content", content.to_bytes(MeetingContent(where=where)))
    meeting.save(force_insert=True)
    _fill(meeting)
    leave(team.active_users(Role.MEMBER, Role.LEAD).exclude(pk=by.pk), kind="meeting", path="/netwerk/overleg/")
    record("create", by=by, team=team, obj=meeting)
    return meeting


def _fill(meeting: Meeting) -> None:
    """Put on the agenda what belongs there now; what is on it stays, what was added by hand too."""
    before = last_before(meeting)
    items = {item.assignment_id: item for item in meeting.items.all()}
    until = max(meeting.begins_at, timezone.now())
    points = points_for(meeting.team, since=before.closed_at if before else None, until=until)
    for place, point in enumerate(points, start=1):
        item = items.pop(point.letter.pk, None) or MeetingItem(meeting=meeting, assignment=point.letter)
        if item.begun_at is None:
            item.place, item.why = place, point.why
            item.save()
    for extra, item in enumerate(items.values(), start=len(points) + 1):
        if item.begun_at is None and item.dropped_at is None and "by_hand" not in item.why:
            item.delete()
        elif item.place != extra:
            item.place = extra
            item.save(update_fields=["place"])


@transaction.atomic
def renew_agenda(meeting: Meeting, *, by) -> None:
    """Make the agenda anew from what is so now. Raises PermissionDenied (no lead), NotAllowed (it is over)."""
    meeting = _mine(meeting, by=by, lead=True)
    _fill(meeting)
    record("change", by=by, team=meeting.team, obj=meeting, purpose="agenda")


@transaction.atomic
def add_case(meeting: Meeting, assignment: Assignment, *, by) -> MeetingItem:
    """Put a case on the agenda by hand; one that is on it stays. Raises PermissionDenied, NotAllowed, DoesNotExist."""
    meeting = _mine(meeting, by=by)
    held = writable(assignment, by=by)
    if held.team_id != meeting.team_id:
        raise NotAllowed("another network's case")
    last = meeting.items.aggregate(top=Max("place"))["top"] or 0
    item, _made = MeetingItem.objects.get_or_create(
        meeting=meeting, assignment=held, defaults={"place": last + 1, "why": ["by_hand"]}
    )
    if item.dropped_at is not None:
        item.dropped_at, item.why = None, ["by_hand"]
        item.save(update_fields=["dropped_at", "why"])
    record("change", by=by, team=meeting.team, obj=meeting, purpose="agenda")
    return item


@transaction.atomic
def drop_case(item: MeetingItem, *, by) -> None:
    """Take a case off the agenda before it was discussed. Raises PermissionDenied, NotAllowed."""
    meeting = _mine(item.meeting, by=by, lead=True)
    if item.begun_at is not None:
        raise NotAllowed("it was discussed")
    MeetingItem.objects.visible_to(by).filter(pk=item.pk, meeting=meeting).update(dropped_at=timezone.now())
    record("change", by=by, team=meeting.team, obj=meeting, purpose="agenda")


@transaction.atomic
def begin_case(item: MeetingItem, *, by, announced: bool = False) -> MeetingItem:
    """Turn to a case: the phones beside the screen see which one it is now. The first begins the meeting, and makes the
    agenda anew: what came since it was planned is not forgotten.

    `announced`: it was said that a part of the group does not hear this case; that stands in the log. Raises
    PermissionDenied unless `by` chairs this case, or is a lead who does not step aside for it.
    """
    meeting = _mine(item.meeting, by=by)
    item = locked(MeetingItem.objects.visible_to(by).filter(meeting=meeting).select_related("assignment"), item.pk)
    if not seat_of(meeting, item).turns(by, leads=by.role_in(meeting.team) == Role.LEAD):
        raise PermissionDenied
    now = timezone.now()
    item.begun_at = item.begun_at or now
    item.announced_at = item.announced_at or (now if announced else None)
    item.save(update_fields=["begun_at", "announced_at"])
    if meeting.started_at is None:
        _fill(meeting)
    meeting.now_at, meeting.started_at = item, meeting.started_at or now
    meeting.save(update_fields=["now_at", "started_at"])
    record("change", by=by, team=meeting.team, obj=item, purpose="announced" if announced else "begin_case")
    return item


@transaction.atomic
def note_who_is_there(meeting: Meeting, *, by, keyring, there: dict, guests: str, version: int) -> Meeting:
    """Keep who is there ({user: bool}) and which guests. Raises Clash, NotAllowed, Locked, CannotOpen."""
    meeting = _mine(meeting, by=by, version=version)
    for user, is_there in there.items():
        Attendance.objects.update_or_create(meeting=meeting, user=user, defaults={"there": is_there})
    said = said_of(keyring, meeting)
    said.guests = guests
    _keep(meeting, keyring, said)
    record("change", by=by, team=meeting.team, obj=meeting, purpose="attendance")
    return meeting


@transaction.atomic
def decide(item: MeetingItem, *, by, keyring, version: int, answers: dict[str, str]) -> MeetingItem:
    """Keep the required block of a case: `answers` are the fields of ItemContent but for the minutes.

    Raises Clash where a colleague answered since `version`, PermissionDenied where that is not for `by`, NotAllowed where the meeting is over, as
    casework.writable does, Locked, CannotOpen.
    """
    check_gets(by, item.assignment, MeetingItem)
    item = _locked_item(item, by=by, version=version)
    said = item_content(keyring, item)
    for name, value in answers.items():
        setattr(said, name, value)
    now = timezone.now()
    item.begun_at, item.discussed_at = item.begun_at or now, now
    item.comes_back = Answer.LATER in answers.values()
    _keep_item(item, keyring, said)
    record("change", by=by, team=item.meeting.team, obj=item, purpose="decide")
    return item


@transaction.atomic
def talk_over(item: MeetingItem, *, by) -> MeetingItem:
    """Say that the aftercare of a closed case was talked about. Raises DoesNotExist, NotAllowed where it is not closed or the
    meeting is over.
    """
    meeting = _mine(item.meeting, by=by)
    mine = MeetingItem.objects.visible_to(by).filter(meeting=meeting, assignment__state=AssignmentState.ENDED)
    item, now = locked(mine, item.pk), timezone.now()
    item.begun_at, item.discussed_at = item.begun_at or now, now
    item.save(update_fields=["begun_at", "discussed_at"])
    record("change", by=by, team=meeting.team, obj=item, purpose="aftercare")
    return item


@transaction.atomic
def write_minutes(item: MeetingItem, *, by, keyring, words: str) -> MeetingItem:
    """Add a line to the minutes of a case; two who write at once both stay, and after the meeting lines are added too.

    Of a closed case too, while the network holds it: its aftercare. Raises as `decide`, but never Clash.
    """
    held = _talked_about(item.assignment, by=by)
    item = locked(MeetingItem.objects.visible_to(by).filter(assignment=held).select_related("meeting__team"), item.pk)
    said = item_content(keyring, item)
    said.minutes.append({"at": timezone.now().isoformat(), "by": by.name, "words": words})
    _keep_item(item, keyring, said, changed=False)
    record("change", by=by, team=item.meeting.team, obj=item, purpose="minutes")
    return item


def check_answered(meeting: Meeting, *, by) -> None:
    """Raise Unanswered while of a case in work that was begun, and that `by` may see, the block is open."""
    mine = MeetingItem.objects.visible_to(by).filter(meeting=meeting)
    begun = mine.filter(begun_at__isnull=False, discussed_at=None, assignment__state__in=WRITABLE).count()
    if begun:
        raise Unanswered(begun)


@transaction.atomic
def close(meeting: Meeting, *, by, keyring, words: str = "") -> Meeting:
    """End a meeting: who has to do something hears of it, what is open comes back on the next agenda.

    Raises Unanswered (see check_answered), PermissionDenied (no lead), NotAllowed, Locked.
    """
    meeting = _mine(meeting, by=by, lead=True)
    check_answered(meeting, by=by)
    said = said_of(keyring, meeting)
    said.closing = words
    meeting.closed_at, meeting.now_at = timezone.now(), None
    _keep(meeting, keyring, said, "closed_at", "now_at")
    meeting.items.filter(begun_at=None).delete()
    owners = open_decisions(meeting).exclude(owner=None).values_list("owner", flat=True)
    people = meeting.team.active_users(Role.MEMBER, Role.LEAD).filter(pk__in=set(owners))
    leave(people, kind="meeting_actions", path="/netwerk/overleg/")
    record("change", by=by, team=meeting.team, obj=meeting, purpose="close")
    return meeting


@transaction.atomic
def add_later(meeting: Meeting, *, by, keyring, words: str) -> Meeting:
    """Add a line to a meeting that is over; what was there does not change. Raises Locked, CannotOpen, DoesNotExist."""
    meeting = locked(Meeting.objects.visible_to(by).over().select_related("team"), meeting.pk)
    said = said_of(keyring, meeting)
    said.later.append({"at": timezone.now().isoformat(), "by": by.name, "words": words})
    _keep(meeting, keyring, said)
    record("change", by=by, team=meeting.team, obj=meeting, purpose="added")
    return meeting


@transaction.atomic
def declare_tie(assignment: Assignment, *, by, keyring, words: str) -> Tie:
    """Say that `by` has a tie with a case; once. Only the chair sees it. Raises as casework.writable does, Locked."""
    held = writable(assignment, by=by)
    tie = Tie.objects.current().filter(assignment=held, user=by).first() or Tie(assignment=held, user=by, at=timezone.now())
    sealed.seal(sealed.key_for(keyring, tie, "content"), tie, "content", content.to_bytes(TieContent(words)))
    tie.save()
    record("create", by=by, team=held.team, obj=tie)
    return tie


@transaction.atomic
def take_tie_back(assignment: Assignment, *, by) -> None:
    """Say that there is no tie any more."""
    held = writable(assignment, by=by)
    Tie.objects.current().filter(assignment=held, user=by).update(ended_at=timezone.now())
    record("change", by=by, team=held.team, obj=held, purpose="no_tie")


def said_of(keyring, meeting: Meeting) -> MeetingContent:
    """Open a meeting's own words; the caller logs. Raises Locked, CannotOpen."""
    return content.from_bytes(MeetingContent, sealed.peek(keyring, meeting, "content"))


def item_content(keyring, item: MeetingItem) -> ItemContent:
    """Open what was decided and said of a case; empty where nothing was. The caller logs. Raises Locked, CannotOpen."""
    if item.content is None:
        return ItemContent()
    return content.from_bytes(ItemContent, sealed.peek(keyring, item, "content"))


def _mine(meeting: Meeting, *, by, lead: bool = False, version: int | None = None) -> Meeting:
    whole = Meeting.objects.visible_to(by).select_related("team", "chair", "substitute")
    found = locked(whole.defer("chair__password", "substitute__password"), meeting.pk)
    if lead and by.role_in(found.team) != Role.LEAD:
        raise PermissionDenied
    if found.closed_at is not None:
        raise NotAllowed("this meeting is over")
    if version is not None and version != found.version:
        raise Clash
    return found


def _talked_about(assignment: Assignment, *, by) -> Assignment:
    """Return the letter, locked, where `by`'s network works on it or closed it. Raises DoesNotExist, NotAllowed."""
    held = locked(Assignment.objects.visible_to(by).held_by(by.network_teams()).select_related("team"), assignment.pk)
    if held.state not in (*WRITABLE, AssignmentState.ENDED):
        raise NotAllowed(f"talking about it: {held.state}")
    return held


def _locked_item(item: MeetingItem, *, by, version: int) -> MeetingItem:
    held = writable(item.assignment, by=by)
    found = locked(
        MeetingItem.objects.visible_to(by).filter(assignment=held).select_related("meeting__team"), item.pk, version
    )
    if found.meeting.closed_at is not None:
        raise NotAllowed("this meeting is over")
    return found


def _keep(meeting: Meeting, keyring, said: MeetingContent, *fields: str) -> None:
    sealed.seal(sealed.key_for(keyring, meeting, "content"), meeting, "content", content.to_bytes(said))
    meeting.version += 1
    meeting.save(update_fields=["content", "version", *fields])


def _keep_item(item: MeetingItem, keyring, said: ItemContent, *, changed: bool = True) -> None:
    sealed.seal(sealed.key_for(keyring, item, "content"), item, "content", content.to_bytes(said))
    item.version += int(changed)
    item.save(update_fields=["content", "version", "begun_at", "discussed_at", "comes_back"])
