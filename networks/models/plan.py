"""The support plan: what the person concerned wants, and goals with who, by when and how it goes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import GoalQuerySet, PlanQuerySet


class GoalState(models.TextChoices):
    """How far a goal is."""

    NOT_BEGUN = "not_begun", _("Nog niet begonnen")
    UNDER_WAY = "under_way", _("Loopt")
    REACHED = "reached", _("Bereikt")
    DROPPED = "dropped", _("Vervallen")


OPEN_GOAL = (GoalState.NOT_BEGUN, GoalState.UNDER_WAY)


class SupportPlan(models.Model):
    """The wish of the person concerned, in own words; one for each letter. `version` rises with each change."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField("signals.Assignment", on_delete=models.PROTECT, related_name="support_plan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = PlanQuerySet.as_manager()

    def __str__(self):
        return f"{self.assignment_id} v{self.version}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id


class Goal(models.Model):
    """A goal: state, day and the member who sees to it in clear; what it is, who else, and how it goes sealed."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="goals")
    state = models.CharField(max_length=15, choices=GoalState, default=GoalState.NOT_BEGUN)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.state} v{self.version}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_GOAL

    @property
    def is_late(self) -> bool:
        """Whether it is not reached or dropped and its day has passed, in Dutch days."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()
