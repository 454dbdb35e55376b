"""Who chairs a case of a meeting: the chair, or somebody else where the chair has a tie with it or is kept out of it.

Nobody reads why: a page says who chairs, never who steps aside, and every meeting may have a substitute.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from meldpunt.teams.models import Membership, Role, User
from networks.models import Meeting, MeetingItem, Tie
from signals.models import Shield


@dataclass(frozen=True)
class Seat:
    """Who chairs one case (None: nobody of the network can), and the users who step aside for it."""

    chair: User | None
    aside: frozenset[int] = frozenset()

    def turns(self, user: User, *, leads: bool) -> bool:
        """Tell whether `user` may turn the meeting to this case: who chairs it, or a lead who does not step aside."""
        return user.pk not in self.aside and (leads or (self.chair is not None and self.chair.pk == user.pk))


def seats_of(meeting: Meeting, items: Iterable[MeetingItem]) -> dict:
    """Return {letter: Seat} of cases that come apart, whoever looks; at most two statements for all of them."""
    aside = _aside(list(items))
    people = [meeting.chair, meeting.substitute]
    if any(user is None or user.pk in out for out in aside.values() for user in people):
        people += sorted(workers_of(meeting.team), key=lambda user: not user.leads)
    return {
        letter: Seat(
            next((user for user in people if user is not None and user.pk not in out), None), frozenset(out)
        )
        for letter, out in aside.items()
    }


def seat_of(meeting: Meeting, item: MeetingItem) -> Seat:
    """Return who chairs one case."""
    return seats_of(meeting, [item])[item.assignment_id]


def _aside(items: list[MeetingItem]) -> dict:
    """Return {letter: users with a tie or a shield}; one statement, none without items."""
    found: dict = {item.assignment_id: set() for item in items}
    if not found:
        return found
    letters: dict = {}
    for item in items:
        letters.setdefault(item.assignment.case_id, []).append(item.assignment_id)
    ties = Tie.objects.current().filter(assignment__in=found).order_by()
    shields = Shield.objects.holding().annotate(covers=Coalesce("case", "signal__case"))
    shields = shields.filter(covers__in=letters).order_by().values_list("covers", "user")
    for case, user in ties.values_list("assignment__case", "user").union(shields):
        for letter in letters[case]:
            found[letter].add(user)
    return found


def workers_of(team) -> list[User]:
    """Return who works in a network now, by name, each with `leads`. One statement."""
    here = Membership.objects.filter(team=team, ended_at=None, user__is_active=True)
    here = here.filter(role__in=[Role.LEAD, Role.MEMBER]).select_related("user").defer("user__password")
    people = []
    for row in here.order_by("user__name", "user"):
        row.user.leads = row.role == Role.LEAD
        people.append(row.user)
    return people
