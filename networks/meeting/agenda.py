"""Which cases a network talks about, and why. In clear columns only, a few statements however many cases."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from networks.circle.summary import open_peers_by_letter
from networks.models import Action, ActionState, Contact, Meeting, MeetingItem, Note, Pulse, Relation, Tie
from signals.models import Assignment, Shield, Transition
from signals.vocabulary import URGENCY_RANK
from signals.workflow import AssignmentState

IN_WORK = (AssignmentState.OPENED, AssignmentState.ACCEPTED)
WHY = {
    "new": _("nieuw"),
    "decide": _("besluit nodig"),
    "changed": _("er is iets veranderd"),
    "care": _("nazorg: vraag hoe het gaat"),
    "by_hand": _("zelf toegevoegd"),
}


@dataclass
class Point:
    """A letter that belongs on the agenda, and why: codes, with a number behind a colon."""

    letter: Assignment
    why: list[str] = field(default_factory=list)

    @property
    def order(self) -> tuple:
        """Danger first, then most that is late; a case that is closed and asks for aftercare comes behind the others."""
        late = next((int(code.partition(":")[2]) for code in self.why if code.startswith("late:")), 0)
        return "care" in self.why, URGENCY_RANK[self.letter.case.urgency], -late, self.letter.queued_at


def in_words(code: str) -> str:
    """Return one reason of an agenda in words."""
    kind, _colon, number = code.partition(":")
    if kind == "late":
        return ngettext("%(n)d actie te laat", "%(n)d acties te laat", int(number)) % {"n": int(number)}
    if kind == "peers":
        return ngettext("%(n)d vraag in de kring", "%(n)d vragen in de kring", int(number)) % {
            "n": int(number)
        }
    return str(WHY[kind])


def letters_of(team) -> list[Assignment]:
    """Return the letters that a network works on, whoever of it may see them."""
    found = Assignment.objects.filter(team=team, state__in=IN_WORK).select_related(
        "case__municipality", "team"
    )
    return list(found.defer("case__shared"))


def to_ask_of(team, until: datetime.datetime) -> list[Assignment]:
    """Return the letters of closed cases of which a pulse of aftercare is due by `until`."""
    due = Pulse.objects.waiting().filter(assignment__team=team, due_at__lte=until).order_by()
    found = Assignment.objects.filter(pk__in=due.values("assignment")).select_related(
        "case__municipality", "team"
    )
    return list(found.defer("case__shared"))


def points_for(team, *, since: datetime.datetime | None, until: datetime.datetime) -> list[Point]:
    """Return the agenda of a network in its order: what is late, new, undecided, unanswered, changed after `since`, and of
    which aftercare is due by `until`.
    """
    letters = letters_of(team)
    late = _late(letters)
    peers = open_peers_by_letter(letters)
    decided = _decided(letters)
    changed = _changed(letters, since) if since else set()
    points = [Point(letter, ["care"]) for letter in to_ask_of(team, until)]
    for letter in letters:
        why = [f"late:{late[letter.pk]}"] if letter.pk in late else []
        why += ["new"] if since is None or letter.queued_at > since else []
        why += ["decide"] if letter.pk not in decided else []
        why += [f"peers:{peers[letter.pk]}"] if letter.pk in peers else []
        why += ["changed"] if letter.pk in changed and "new" not in why else []
        if why:
            points.append(Point(letter, why))
    return sorted(points, key=lambda point: point.order)


def _decided(letters: list[Assignment]) -> set:
    """Return the letters of which the last meeting that talked about them put nothing off."""
    talked = (
        MeetingItem.objects.filter(assignment__in=letters).exclude(discussed_at=None).order_by("discussed_at")
    )
    last = dict(talked.values_list("assignment", "comes_back"))
    return {pk for pk, comes_back in last.items() if not comes_back}


def _late(letters: list[Assignment]) -> dict:
    found: dict = {}
    for pk in Action.objects.overdue().filter(assignment__in=letters).values_list("assignment", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


def _changed(letters: list[Assignment], since: datetime.datetime) -> set:
    """Return the letters of which something was written or moved after `since`. One statement."""
    sources = (
        Action.objects.filter(assignment__in=letters, changed_at__gt=since),
        Note.objects.filter(assignment__in=letters, at__gt=since),
        Contact.objects.filter(assignment__in=letters, at__gt=since),
        Relation.objects.filter(assignment__in=letters, changed_at__gt=since),
        Transition.objects.filter(assignment__in=letters, at__gt=since),
    )
    first, *others = [source.order_by().values_list("assignment_id", flat=True) for source in sources]
    return set(first.union(*others))


def comes_apart() -> Q:
    """Return the condition on an item of an agenda that a member of the network has a tie with its case, or may not see it."""
    tied = Tie.objects.current().filter(assignment=OuterRef("assignment"))
    members = Q(user__memberships__team=OuterRef("assignment__team"), user__memberships__ended_at=None)
    on_case = Q(case=OuterRef("assignment__case")) | Q(signal__case=OuterRef("assignment__case"))
    return Exists(tied) | Exists(Shield.objects.filter(members, on_case, lifted_at=None))


def last_before(meeting: Meeting) -> Meeting | None:
    """Return the meeting of the same network before this one."""
    return Meeting.objects.filter(team=meeting.team_id).over().filter(begins_at__lt=meeting.begins_at).first()


def open_decisions(meeting: Meeting):
    """Return the actions that were decided in a meeting and are still open, the first due first."""
    found = Action.objects.filter(meeting=meeting, state=ActionState.OPEN)
    return found.order_by(F("due_on").asc(nulls_last=True), "at")
