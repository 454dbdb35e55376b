"""What the pages of a meeting show, for the eyes of one reader: cases that this reader may not see leave no gap."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.teams.models import Role, User
from meldpunt.vault import crypto, sealed
from networks import content
from networks.actions import meetings as acts
from networks.casework.own_work import Reader, opened, reader_of
from networks.casework.timeline import moments_of
from networks.casework.work_page import ShownAction, actions_of
from networks.circle.reading import ShownRelation, unanswered_of
from networks.content import AppointmentContent, ItemContent, MeetingContent, TieContent
from networks.meeting.agenda import comes_apart, in_words
from networks.meeting.chairing import Seat, seats_of, workers_of
from networks.models import ActionState, Appointment, Attendance, Meeting, MeetingItem, Post, Tie
from networks.planning.outcome_page import ShownPulse, pulses_of
from networks.planning.plan_page import ShownPost
from signals.content import Shared
from signals.desk.timeline import Moment
from signals.sharing.door import shared_for
from signals.workflow import AssignmentState

MOST_NEW = 8


@dataclass
class Line:
    """A case on the agenda, with its number among those that this reader sees.

    `turns`: this reader may turn the meeting to it. `is_aside`: this reader has a tie with it, and does not hear it.
    """

    item: MeetingItem
    number: int
    seat: Seat
    turns: bool
    is_aside: bool
    apart: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed: then its aftercare is what is talked about."""
        return self.item.assignment.state == AssignmentState.ENDED

    @property
    def minutes(self) -> int:
        """How many minutes this case took, at least one; 0 while it is not decided."""
        if not self.item.discussed_at or not self.item.begun_at:
            return 0
        return max(1, round((self.item.discussed_at - self.item.begun_at).total_seconds() / 60))

    @property
    def waits_outside(self) -> bool:
        """Whether neutral words come before this case: a part of the group does not hear it, and nobody has said so yet."""
        return self.apart and self.item.announced_at is None and self.item.meeting.closed_at is None

    @property
    def why(self) -> list[str]:
        """Why it is on the agenda, in words."""
        return [in_words(code) for code in self.item.why]

    @property
    def state(self) -> str:
        """done, now or ahead."""
        if self.item.discussed_at:
            return "done"
        return "now" if self.item.meeting.now_at_id == self.item.pk else "ahead"


@dataclass(frozen=True)
class Screen:
    """One case on the big screen: what is shared, what is late, what is open, what is new, and what was said.

    `said` is None where what meetings say of a case is not for this reader.
    """

    line: Line
    shared: Shared
    said: ItemContent | None
    actions: list[ShownAction]
    peers: list[ShownRelation]
    moments: list[Moment]
    coordinator: ShownPost | None
    pulses: list[ShownPulse]

    @property
    def late(self) -> list[ShownAction]:
        """Open actions whose day has passed."""
        return [one for one in self.actions if one.row.is_late]

    @property
    def decided(self) -> list[ShownAction]:
        """What this meeting decided."""
        return [one for one in self.actions if one.row.meeting_id == self.line.item.meeting_id]


def meetings_of(user) -> list[Meeting]:
    """Return the meetings of the own networks, the newest first."""
    return list(
        Meeting.objects.visible_to(user)
        .select_related("team", "chair")
        .defer("chair__password", "content")[:24]
    )


def lines_of(user, meeting: Meeting) -> list[Line]:
    """Return the agenda as `user` sees it."""
    found = MeetingItem.objects.visible_to(user).filter(meeting=meeting, dropped_at=None)
    found = found.select_related("assignment__case__municipality", "assignment__team")
    found = found.annotate(apart=comes_apart())
    items = list(found.order_by("apart", "place"))
    for item in items:
        item.meeting = meeting
    seats = seats_of(meeting, [item for item in items if item.apart])
    leads = user.role_in(meeting.team) == Role.LEAD
    lines = []
    for number, item in enumerate(items, start=1):
        seat = seats.get(item.assignment_id) or Seat(meeting.chair)
        lines.append(
            Line(item, number, seat, seat.turns(user, leads=leads), user.pk in seat.aside, item.apart)
        )
    return lines


def said_of(keyring, meeting: Meeting, lines: list[Line]) -> tuple[MeetingContent, list[tuple[Tie, str]]]:
    """Open a meeting's own words, and the ties with the cases that this reader chairs: nobody else reads those.

    One row in the log names the cases and the ties shown. Raises Locked, CannotOpen.
    """
    chaired = [line.item.assignment_id for line in lines if line.apart and line.seat.chair == keyring.user]
    keyring.load([meeting.pk, *chaired])
    said = acts.said_of(keyring, meeting)
    ties = _ties(keyring, chaired) if chaired and meeting.closed_at is None else []
    rows = [line.item.assignment.case for line in lines] + [f"tie:{tie.pk}" for tie, _words in ties]
    record("read", by=keyring.user, team=meeting.team, obj=meeting, rows=rows)
    return said, ties


def _ties(keyring, letters: list) -> list[tuple[Tie, str]]:
    """Return who has a tie with these letters, and which. The caller logs."""
    rows = Tie.objects.visible_to(keyring.user).current().filter(assignment__in=letters)
    rows = rows.select_related("user", "assignment__case").defer("user__password", "assignment__case__shared")
    found = []
    for tie in rows:
        try:
            found.append((tie, content.from_bytes(TieContent, sealed.peek(keyring, tie, "content")).words))
        except crypto.CannotOpen:
            continue
    return found


def people_of(meeting: Meeting) -> list[tuple[User, bool | None]]:
    """Return the members of the network, each with whether that one was there (None: not said).

    Of a meeting that is over also who was noted and has left the network since: a report does not change.
    """
    noted = Attendance.objects.filter(meeting=meeting).select_related("user").only("there", "user__name")
    there, people = {row.user_id: row for row in noted}, []
    for user in workers_of(meeting.team):
        row = there.pop(user.pk, None)
        people.append((user, row.there if row else None))
    left = there.values() if meeting.closed_at else ()
    return people + sorted(((row.user, row.there) for row in left), key=lambda pair: pair[0].name)


def screen_of(keyring, line: Line) -> Screen:
    """Open one case for the screen; one row in the log. Raises Locked, CannotOpen."""
    item = line.item
    letter = item.assignment
    keyring.load([letter.case_id, letter.pk])
    since, reader = item.meeting.since, reader_of(keyring.user, letter)
    moments = [one for one in moments_of(keyring.user, letter) if since is None or one.at > since]
    moments = [one for one in moments if one.kind != "overleg"]
    screen = Screen(
        line=line,
        shared=shared_for(keyring, letter),
        said=acts.item_content(keyring, item) if reader.gets(MeetingItem) else None,
        actions=[one for one in actions_of(keyring, letter) if one.row.state == ActionState.OPEN],
        peers=unanswered_of(keyring, letter),
        moments=moments[:MOST_NEW],
        coordinator=_coordinator(keyring, letter),
        pulses=pulses_of(keyring, letter) if line.is_closed else [],
    )
    rows = [f"meetingitem:{item.pk}", *(f"action:{one.row.pk}" for one in screen.actions)]
    rows += [f"pulse:{one.row.pk}" for one in screen.pulses if one.said]
    record("read", by=keyring.user, team=letter.team, obj=letter.case, purpose="meeting", rows=rows)
    return screen


def _coordinator(keyring, letter) -> ShownPost | None:
    row = (
        Appointment.objects.visible_to(keyring.user)
        .current()
        .filter(assignment=letter, post=Post.COORDINATOR)
        .first()
    )
    return ShownPost(row, opened(keyring, row, AppointmentContent, reader=reader_of(keyring.user, letter))) if row else None


def reports_of(keyring, assignment, reader: Reader | None = None) -> list[tuple[MeetingItem, ItemContent]]:
    """Return what was said of a case at meetings, the newest first, where `reader` (else the keyring's owner) reads that.

    The caller logs. Raises Locked.
    """
    if not (reader or reader_of(keyring.user, assignment)).gets(MeetingItem):
        return []
    items = MeetingItem.objects.visible_to(keyring.user).filter(assignment=assignment).exclude(content=None)
    found = []
    for item in items.select_related("meeting").defer("meeting__content").order_by("-meeting__begins_at"):
        try:
            found.append((item, acts.item_content(keyring, item)))
        except crypto.CannotOpen:
            continue
    return found
