"""When a case is on a meeting, for the overview of that case: the one ahead, and when it was last talked about."""

import datetime
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Q

from networks.meeting.agenda import in_words
from networks.models import Meeting
from signals.models import Assignment


@dataclass(frozen=True)
class Slot:
    """The meeting that lies ahead (None: none is planned), whether the case is on it and why, and the last time it was."""

    ahead: Meeting | None = None
    on_it: bool = False
    why: list[str] = field(default_factory=list)
    last: Meeting | None = None
    talked_at: datetime.datetime | None = None
    comes_back: bool = False


def slot_of(user, assignment: Assignment) -> Slot:
    """Return when a letter (as reading.held_or_404 gives it) is and was on a meeting of its network. One statement."""
    of_case = FilteredRelation("items", condition=Q(items__assignment=assignment.pk, items__dropped_at=None))
    found = Meeting.objects.visible_to(user).filter(team=assignment.team_id).annotate(of_case=of_case)
    found = found.annotate(
        placed=F("of_case__place"), why=F("of_case__why"), talked_at=F("of_case__discussed_at"),
        comes_back=F("of_case__comes_back"),
    )  # fmt: skip
    found = (
        found.filter(Q(closed_at=None) | Q(talked_at__isnull=False)).defer("content").order_by("-begins_at")
    )
    rows = list(found[:2])
    ahead = next((row for row in rows if row.closed_at is None), None)
    last = next((row for row in rows if row.talked_at is not None), None)
    return Slot(
        ahead=ahead,
        on_it=ahead is not None and ahead.placed is not None,
        why=[in_words(code) for code in ahead.why or []] if ahead else [],
        last=last,
        talked_at=last.talked_at if last else None,
        comes_back=bool(last and last.comes_back),
    )
