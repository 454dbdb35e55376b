"""What comes with and after closing: the evaluation, and the pulses of aftercare."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import EvaluationQuerySet, PulseQuerySet
from signals.vocabulary import Safety


class Evaluation(models.Model):
    """What helped and what did not, written when the case was closed; one for each letter."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField("signals.Assignment", on_delete=models.PROTECT, related_name="evaluation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.BinaryField()

    objects = EvaluationQuerySet.as_manager()

    def __str__(self):
        return str(self.assignment_id)

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id


class PulseStep(models.TextChoices):
    """Who was told that a pulse is due, from the bottom; none of them twice."""

    WAITS = "waits", _("Nog niet")
    OWNER = "owner", _("Wie het doet, kreeg bericht")
    AGAIN = "again", _("Wie het doet, kreeg een herinnering")
    LEAD = "lead", _("De regisseur kreeg bericht")
    DESK = "desk", _("Het meldpunt kreeg een taak")


class Pulse(models.Model):
    """One moment of aftercare: who asks how it goes, by when, and what the answer was."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="pulses")
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=PulseStep, default=PulseStep.WAITS)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    safe_now = models.CharField(max_length=10, choices=Safety, blank=True)
    content = models.BinaryField(null=True)

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="each_pulse_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, safe_now="", content=None)
                | (~Q(answered_at=None) & ~Q(safe_now="")),
                name="answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at=None), name="pulses_due"),
        ]

    def __str__(self):
        return f"{self.number} · {self.due_at:%Y-%m-%d}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
