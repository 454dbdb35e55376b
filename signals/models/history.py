"""What happened to a signal, a case or an assignment: append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from signals.workflow import Reason


class Transition(models.Model):
    """One change of state: who, when, a preset reason. Own words stand apart, sealed."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="transitions")
    case = models.ForeignKey("signals.Case", on_delete=models.CASCADE, null=True, related_name="transitions")
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.CASCADE, null=True, related_name="transitions")
    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=30, choices=Reason)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(signal__isnull=False, case=None, assignment=None)
                    | Q(signal=None, case__isnull=False, assignment=None)
                    | Q(signal=None, case=None, assignment__isnull=False)
                ),
                name="transition_of_one_thing",
            )
        ]


class OwnWords(models.Model):
    """The words that somebody gave with a change of state, sealed under the object's key, destroyed with it."""

    SEALED = {"words": ""}

    transition = models.OneToOneField(Transition, on_delete=models.CASCADE, related_name="own_words", primary_key=True)
    purpose = models.CharField(max_length=20)
    object_id = models.UUIDField()
    words = models.BinaryField()
