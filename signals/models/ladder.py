"""Who was told that a clock ran out: one row for each person and step, which makes telling twice impossible."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The rungs of the ladder, from the bottom (product.md, "Nothing disappears")."""

    DEPUTY = "deputy", _("De vervanger kreeg bericht")
    LEAD = "lead", _("De regisseur kreeg bericht")
    COORDINATOR = "coordinator", _("De coördinator kreeg bericht")
    TASK = "task", _("Het werd een taak")


class Escalation(models.Model):
    """One step for one breached clock: `due_at` says which clock; `user` is who was told (None: nobody was there)."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="escalations")
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.CASCADE, null=True, related_name="escalations")
    due_at = models.DateTimeField()
    step = models.CharField(max_length=20, choices=Step)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "due_at", "step"], condition=Q(assignment=None), name="one_step_per_signal_clock"
            ),
            models.UniqueConstraint(
                fields=["assignment", "due_at", "step"], condition=Q(signal=None), name="one_step_per_letter_clock"
            ),
            models.CheckConstraint(
                condition=Q(signal__isnull=False, assignment=None) | Q(signal=None, assignment__isnull=False),
                name="escalation_of_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.step} · {self.due_at:%Y-%m-%d %H:%M}"
