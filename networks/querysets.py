"""What a member may read of the own network's work: all of it through the letters that the network holds."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from signals.models import Assignment


class OwnWorkQuerySet(models.QuerySet):
    """What a network wrote about a letter (`assignment`): its own members read it, not even the desk does."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(assignment__in=Assignment.objects.visible_to(user).held_by(user.network_teams()))


class NoteQuerySet(OwnWorkQuerySet):
    """Notes."""


class ActionQuerySet(OwnWorkQuerySet):
    """Actions."""

    def still_open(self):
        """Neither done nor dropped."""
        return self.filter(state="open")

    def overdue(self):
        """Open, and their day has passed, in Dutch days."""
        return self.still_open().filter(due_on__lt=timezone.localdate())


class RelationQuerySet(OwnWorkQuerySet):
    """The circle."""

    def current(self):
        """Neither removed nor entered by mistake."""
        return self.filter(removed_at=None)

    def unanswered(self):
        """Peers of whom nobody has said yet whether they are approached too."""
        return self.current().filter(kind__in=("friend", "classmate", "sibling"), approached="")


class SuspectQuerySet(OwnWorkQuerySet):
    """Suspects: counted by the network, read by who may (networks.circle.reading.may_see_suspects)."""

    def current(self):
        """Not removed."""
        return self.filter(removed_at=None)


class SuspectAccessQuerySet(OwnWorkQuerySet):
    """Who may see suspects beside the leads."""

    def current(self):
        """Not taken back."""
        return self.filter(ended_at=None)


class AppointmentQuerySet(OwnWorkQuerySet):
    """Who coordinates, and who is the contact."""

    def current(self):
        """Who has a post now."""
        return self.filter(until=None)


class PlanQuerySet(OwnWorkQuerySet):
    """Support plans."""


class GoalQuerySet(OwnWorkQuerySet):
    """Goals."""


class EvaluationQuerySet(OwnWorkQuerySet):
    """What helped and what did not."""


class PulseQuerySet(OwnWorkQuerySet):
    """Moments of aftercare."""

    def waiting(self):
        """Not answered, and the closing that they came with still counts: the case was not opened again since."""
        closed = Q(assignment__case__state="closed", assignment__ended_at__gte=F("assignment__case__closed_at"))
        return self.filter(closed, answered_at=None, assignment__let_go_at=None)

    def due(self):
        """Waiting, and their day has come."""
        return self.waiting().filter(due_at__lte=timezone.now())


class MeetingQuerySet(models.QuerySet):
    """Meetings are the network's own."""

    def visible_to(self, user):
        return self.filter(team__in=user.network_teams()) if user.is_authenticated else self.none()

    def ahead(self):
        """Planned or going on."""
        return self.filter(closed_at=None)

    def over(self):
        """Closed."""
        return self.exclude(closed_at=None)


class RhythmQuerySet(models.QuerySet):
    """How often a network meets is its own."""

    def visible_to(self, user):
        return self.filter(team__in=user.network_teams()) if user.is_authenticated else self.none()


class MeetingItemQuerySet(OwnWorkQuerySet):
    """Cases on an agenda; who may not see a case does not see that it is on it."""


class TieQuerySet(OwnWorkQuerySet):
    """Ties of members with a case."""

    def current(self):
        """Not taken back."""
        return self.filter(ended_at=None)
