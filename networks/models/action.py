"""An action: something that the network does about a case, with who, by when, and how it went."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import ActionQuerySet


class ActionKind(models.TextChoices):
    """What a network does, after the accounts of 2008 and 2019 of the approach (product.md, The network)."""

    SURROUNDINGS = "surroundings", _("Betrek de omgeving")
    CARE = "care", _("Stem de zorg af")
    SCHOOL = "school", _("Praat met school")
    PREVENTIVE = "preventive", _("Neem een preventieve maatregel")
    POLICE = "police", _("Betrek de politie")
    YOUTH_CARE = "youth_care", _("Schakel jeugdzorg in")
    OTHER = "other", _("Iets anders")


class ActionState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Klaar")
    DROPPED = "dropped", _("Vervallen")


class Action(models.Model):
    """Kind, owner, date and state in clear; the words and the result sealed. `version` rises with each change."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=20, choices=ActionKind)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey("networks.Goal", on_delete=models.PROTECT, null=True, related_name="actions")
    meeting = models.ForeignKey("networks.Meeting", on_delete=models.PROTECT, null=True, related_name="decisions")
    peer = models.ForeignKey("networks.Relation", on_delete=models.PROTECT, null=True, related_name="measures")
    due_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at", "id"]
        indexes = [
            models.Index(fields=["assignment", "state", "due_on"], name="actions_of_a_letter"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="actions_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & ~Q(settled_at=None)),
                name="settled_when_not_open",
            ),
        ]

    def __str__(self):
        return f"{self.kind} · {self.state}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id

    def get_absolute_url(self):
        """Its page at the network."""
        return reverse("network_action", args=[self.assignment.case.reference, self.pk])

    @property
    def is_late(self) -> bool:
        """Whether it is open and its day has passed, in Dutch days."""
        return self.state == ActionState.OPEN and self.due_on is not None and self.due_on < timezone.localdate()
