"""How a report ended: an anonymous row, kept apart, from which every published figure is computed."""

import uuid

from django.db import models
from django.db.models import Q

from signals.vocabulary import AgeBand, Channel, Form, Gender, Outcome, ReferrerRole, Safety
from signals.workflow import Decision

# A report that led to a case has the outcome of the case; another has what the desk decided.
ENDINGS = [*Outcome.choices, *(choice for choice in Decision.choices if choice[0] not in ("new_case", "joined"))]


class OutcomeRow(models.Model):
    """One report that has ended. No reference leads from here to a signal, a case or a person.

    Months, not days; lengths in whole hours. `first_of_case` is true for one report of each case, so that reports
    and cases can both be counted. `collection` names a history that was loaded, and is empty for our own work.
    Peers and measures are those of the whole case; None where nobody counted them, as in a history.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.CharField(max_length=40, blank=True)
    filed_on = models.DateField()
    ended_on = models.DateField()
    referrer_role = models.CharField(max_length=20, choices=ReferrerRole)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    municipality = models.CharField(max_length=6, blank=True)
    network = models.CharField(max_length=50, blank=True)
    form = models.CharField(max_length=20, choices=Form)
    age_band = models.CharField(max_length=10, choices=AgeBand)
    gender = models.CharField(max_length=10, choices=Gender)
    first_of_case = models.BooleanField(default=False)
    ending = models.CharField(max_length=30, choices=ENDINGS)
    youth_care_needed = models.BooleanField(null=True)
    safe_now = models.CharField(max_length=10, choices=Safety, blank=True)
    triage_hours = models.PositiveIntegerField(null=True)
    routing_hours = models.PositiveIntegerField(null=True)
    accepting_hours = models.PositiveIntegerField(null=True)
    closing_hours = models.PositiveIntegerField(null=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    peers_checked = models.PositiveSmallIntegerField(null=True)
    measures = models.PositiveSmallIntegerField(null=True)
    peers_became_victims = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=models.F("filed_on")), name="ended_after_filed"),
        ]
        indexes = [models.Index(fields=["collection", "filed_on"], name="outcome_period")]

    def __str__(self):
        return f"{self.filed_on:%Y-%m} {self.ending}"
