"""What may be read, and in which order. Every read starts at `visible_to`."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from meldpunt.teams.models import Role
from signals.workflow import OPEN_ASSIGNMENT, AssignmentState, CaseState, SignalState

MAY_SLEEP = (SignalState.RECEIVED, SignalState.IN_TRIAGE)
UNDECIDED = (SignalState.RECEIVED, SignalState.IN_TRIAGE, SignalState.ASKED)


def _sleeping() -> Q:
    waiting = Q(state__in=MAY_SLEEP)
    on_time = Q(due_at__isnull=True) | Q(due_at__gte=Now())
    return waiting & on_time & Q(snoozed_until__gt=Now(), queue_key__gt=0, unread_from_referrer=False)


def shields_against(user):
    """The shields that keep `user` out of something: a subquery, read along its own small index."""
    return apps.get_model("signals", "Shield").objects.against(user)


def signals_kept_from(user):
    """The ids of the signals that `user` is kept out of, by themselves or through their case: one subquery.

    By id alone, so that counting the queue still reads nothing but its index.
    """
    shields = shields_against(user)
    of_cases = apps.get_model("signals", "Signal").objects.filter(case__in=shields.cases()).order_by()
    return shields.order_by().signals().union(of_cases.values("pk"), all=True)


class SignalQuerySet(models.QuerySet):
    """Signals are the desk's: a network never sees one, and a coordinator none that a shield covers."""

    def visible_to(self, user):
        if not (user.is_authenticated and user.is_coordinator):
            return self.none()
        return self.exclude(pk__in=signals_kept_from(user))

    def awaiting_triage(self):
        return self.filter(state__in=[SignalState.RECEIVED, SignalState.IN_TRIAGE])

    def ended(self):
        """Decided for good: without a case, or in a case that is closed."""
        closed = Q(case__isnull=True) | Q(case__state=CaseState.CLOSED)
        return self.filter(closed, state=SignalState.DECIDED)

    def undecided(self):
        return self.filter(state__in=UNDECIDED)

    def awake(self):
        """Not put off until later; danger, a clock that ran out, an unread answer and whatever the desk does with it wake a signal."""
        return self.exclude(_sleeping())

    def asleep(self):
        """Put off until later: what `awake` leaves out."""
        return self.filter(_sleeping())

    def unanswered(self):
        """Asked something, and the term for an answer is over; what the referrer wrote meanwhile counts as one."""
        return self.filter(state=SignalState.ASKED, unread_from_referrer=False, due_at__lt=timezone.now())

    def overdue(self):
        return self.awaiting_triage().filter(due_at__lt=timezone.now())

    def alarming(self):
        """Acute, and nobody has opened it: what breaks through on every page."""
        return self.filter(state=SignalState.RECEIVED, urgency="acute")

    def to_age(self):
        """Overdue, not raised for that yet, set by nobody, and in nobody's hands at this moment."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        return self.overdue().filter(free, aged_at=None, urgency_overridden=False).exclude(urgency="acute")


class AttachmentQuerySet(models.QuerySet):
    """Files are the desk's: they are not shared with a network."""

    def visible_to(self, user):
        if not (user.is_authenticated and user.is_coordinator):
            return self.none()
        return self.exclude(signal__in=signals_kept_from(user))


class CaseQuerySet(models.QuerySet):
    """Cases: the desk sees all, a network those that it holds; a shield takes its own out."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_coordinator:
            return self._open_to(user)
        teams = user.network_teams()
        if not teams:
            return self.none()
        held = Q(assignments__team__in=teams, assignments__state__in=HELD, assignments__let_go_at=None)
        return self._open_to(user).filter(held).distinct()

    def for_desk(self, user):
        return self._open_to(user) if user.is_authenticated and user.is_coordinator else self.none()

    def _open_to(self, user):
        return self.exclude(pk__in=shields_against(user).order_by().cases())

    def with_a_late_letter(self):
        """Not confirmed by a network in time."""
        unconfirmed = [AssignmentState.QUEUED, AssignmentState.DELIVERED, AssignmentState.OPENED]
        return self.filter(assignments__state__in=unconfirmed, assignments__due_at__lt=timezone.now())

    def given_back(self):
        """At the desk again because a network gave the case back, and nobody has dealt with that yet."""
        return self.filter(state=CaseState.ASSESSED, tasks__kind="returned", tasks__done_at=None)


HELD = (AssignmentState.DELIVERED, AssignmentState.OPENED, AssignmentState.ACCEPTED, AssignmentState.ENDED)


class AssignmentQuerySet(models.QuerySet):
    """Assignments: the desk sees all, a network its own from delivery on, for as long as it holds them.

    What a shield covers is taken out, in the same statement.
    """

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_coordinator:
            return self.open_to(user)
        return self.open_to(user).held_by(user.teams(Role.MEMBER, Role.LEAD))

    def open_to(self, user):
        """What no shield keeps `user` out of; for who may see it at all, `visible_to` is the one."""
        return self.exclude(case__in=shields_against(user).order_by().cases())

    def held_by(self, teams):
        """Delivered to one of `teams`, neither recalled nor returned, and not let go when the case was reopened."""
        return self.filter(team__in=teams, state__in=HELD, let_go_at=None)

    def still_open(self):
        return self.filter(state__in=OPEN_ASSIGNMENT)

    def queued(self):
        """Waiting for the postman, and no longer to be undone."""
        ripe = Q(hold_until=None) | Q(hold_until__lte=timezone.now())
        return self.filter(ripe, state=AssignmentState.QUEUED, refused_to_deliver=False)

    def unconfirmed(self):
        return self.filter(
            state__in=[AssignmentState.QUEUED, AssignmentState.DELIVERED, AssignmentState.OPENED]
        )

    def overdue(self):
        return self.unconfirmed().filter(due_at__lt=Now())
