"""A case at a network: the letter that the postman delivers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from signals.querysets import AssignmentQuerySet
from signals.vocabulary import Basis
from signals.workflow import OPEN_ASSIGNMENT, AssignmentState


class Part(models.TextChoices):
    LEAD = "lead", _("heeft de leiding")
    SUPPORT = "support", _("steunt")
    NEXT = "next", _("is gevraagd om over te nemen")


class Assignment(models.Model):
    """Case × network, with the times of its delivery chain and the clock that runs now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, related_name="assignments")
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=Part, default=Part.LEAD)
    state = models.CharField(max_length=20, choices=AssignmentState, default=AssignmentState.QUEUED)
    routed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    queued_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)
    hold_until = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    refused_to_deliver = models.BooleanField(default=False)
    reason = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(part="lead", state__in=OPEN_ASSIGNMENT), name="one_open_lead"
            ),
            models.UniqueConstraint(
                fields=["case", "team"], condition=Q(state__in=OPEN_ASSIGNMENT), name="one_open_assignment_per_network"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="assignment_clock"),
            models.Index(fields=["team", "state"], name="inbox"),
        ]

    def __str__(self):
        return f"{self.case_id} → {self.team_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ASSIGNMENT

    @property
    def is_held(self) -> bool:
        """Whether the postman still waits, so that sending can be undone."""
        return self.state == AssignmentState.QUEUED and self.hold_until is not None and self.hold_until > timezone.now()


class Sharing(models.Model):
    """What exactly went to a network, and when: the shared parts as they were, sealed under the desk's key."""

    SEALED = {"parts": Purpose.DESK}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="sharings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    parts = models.BinaryField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.assignment_id} · {self.at:%Y-%m-%d %H:%M}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the case."""
        return self.assignment.case_id
