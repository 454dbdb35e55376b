"""One possible victim: one or more signals."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meldpunt.vault.models import Purpose
from signals.querysets import CaseQuerySet
from signals.vocabulary import AgeBand, Form, Gender, Outcome, Safety, Urgency
from signals.workflow import CaseState


class Case(models.Model):
    """A case: `shared` is what the networks that hold it may read; the desk's own notes stand with its moments (Transition)."""

    SEALED = {"shared": Purpose.SHARED}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.ASSESSED)
    urgency = models.CharField(max_length=10, choices=Urgency)
    form = models.CharField(max_length=20, choices=Form)
    age_band = models.CharField(max_length=10, choices=AgeBand)
    gender = models.CharField(max_length=10, choices=Gender)
    municipality = models.ForeignKey("teams.Municipality", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    aftercare_until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, choices=Outcome, blank=True)
    youth_care_needed = models.BooleanField(null=True)
    safe_now = models.CharField(max_length=10, choices=Safety, blank=True)
    restricted_on = models.DateField(null=True)  # not to be used for now: the person concerned asked so
    consents = models.JSONField(default=dict)  # what stands today and later: signals/sharing/consent.py
    version = models.PositiveIntegerField(default=1)

    shared = models.BinaryField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["closed", "destroyed"]) | Q(outcome=""), name="outcome_when_closed"
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="case_state")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("case", args=[self.reference])

    @property
    def rests(self) -> bool:
        """Whether it may only be kept for now: the person concerned asked so, and nobody is in acute danger (GDPR article 18)."""
        return self.restricted_on is not None and self.urgency != Urgency.ACUTE

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.pk
