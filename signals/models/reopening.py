"""A proposal to reopen a case: a new signal matches one that is closed and still in aftercare."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from signals.models.case import Case


class ProposalQuerySet(models.QuerySet):
    """Proposals are the desk's."""

    def visible_to(self, user):
        return self.filter(case__in=Case.objects.for_desk(user))

    def waiting(self):
        """Nobody has decided yet."""
        return self.filter(decided_at=None)


class ReopenProposal(models.Model):
    """Why a case may open again: `signal` matches it, or (None) aftercare says that somebody is not safe.

    A coordinator decides; `reopened` says how.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("signals.Case", on_delete=models.CASCADE, related_name="proposals")
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reopened = models.BooleanField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "signal"], name="proposed_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(signal=None, decided_at=None), name="proposed_once_by_aftercare"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, reopened=None) | (~Q(decided_at=None) & ~Q(reopened=None)),
                name="decided_one_way",
            ),
        ]

    def __str__(self):
        return f"{self.case_id} ← {self.signal_id}"
