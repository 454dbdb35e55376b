"""What one referrer filed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from meldpunt.vault.models import Purpose
from signals.querysets import SignalQuerySet
from signals.vocabulary import AgeBand, Channel, Danger, Form, Gender, ReferrerRole, Urgency
from signals.workflow import Decision, SignalState


class Signal(models.Model):
    """A signal: immutable content, sealed; around it, in clear, only what security.md allows."""

    SEALED = {"report": Purpose.REPORT, "headline": Purpose.REPORT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=20, choices=SignalState, default=SignalState.RECEIVED)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, null=True, related_name="signals")
    # What the signal was before it was joined to its case, so that separating can put it back.
    was_decision = models.CharField(max_length=20, choices=Decision, blank=True)
    was_case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, null=True, related_name="+")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    from_case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, null=True, related_name="led_to")
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_on = models.DateField(null=True)
    referrer_role = models.CharField(max_length=20, choices=ReferrerRole)
    language = models.CharField(max_length=5, default="nl")
    danger_now = models.CharField(max_length=10, choices=Danger)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN)
    gender = models.CharField(max_length=10, choices=Gender, default=Gender.UNKNOWN)
    may_contact = models.BooleanField(default=False)
    form = models.CharField(max_length=20, choices=Form, default=Form.ONBEKEND)
    urgency = models.CharField(max_length=10, choices=Urgency)
    urgency_score = models.PositiveIntegerField(default=0)
    urgency_rank = models.GeneratedField(
        expression=models.Case(
            models.When(urgency="acute", then=0), models.When(urgency="urgent", then=1), default=2
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    # The order of the queue in one number: the level first, then the score; acute ones are 0 or less.
    queue_key = models.GeneratedField(
        expression=models.Case(
            models.When(urgency="acute", then=0), models.When(urgency="urgent", then=1_000_000), default=2_000_000
        )
        - Least(models.F("urgency_score"), 999_999),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    urgency_version = models.PositiveSmallIntegerField(default=1)
    urgency_overridden = models.BooleanField(default=False)
    aged_at = models.DateTimeField(null=True)
    municipality = models.ForeignKey("teams.Municipality", on_delete=models.PROTECT, null=True, related_name="+")
    place_how = models.CharField(max_length=20, default="unknown")
    place_candidates = models.JSONField(default=list)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="claimed_signals"
    )
    claimed_until = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    unread_from_referrer = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    filed_once = models.BinaryField(unique=True)
    # Which key and rules its blind tags are from (signals/matching/index.py); 0 while they are still to be made.
    indexed_as = models.PositiveIntegerField(default=0)
    counted_as = models.UUIDField(null=True)  # its anonymous row in the balance, until the signal is destroyed

    report = models.BinaryField()
    headline = models.BinaryField()

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision="") | Q(state__in=["decided", "destroyed"]), name="decision_when_decided"),
            models.CheckConstraint(condition=~Q(decision__in=["new_case", "joined"]) | Q(case__isnull=False), name="joined_has_a_case"),
        ]
        indexes = [
            models.Index(
                fields=["state", "queue_key", "filed_at", "id", "due_at"],
                name="queue_order",
                condition=Q(state__in=["received", "in_triage", "asked"]),
            ),
            models.Index(fields=["state", "due_at"], name="signal_clock"),
            models.Index(fields=["-decided_at", "-id"], name="signal_decided", condition=Q(state="decided")),
            models.Index(fields=["filed_at"], name="signal_new", condition=Q(state="received")),
            models.Index(fields=["filed_at"], name="signal_alarm", condition=Q(state="received", urgency="acute")),
            models.Index(fields=["indexed_as", "filed_at"], name="signal_to_index", condition=~Q(state="destroyed")),
            models.Index(fields=["snoozed_until"], name="signal_later", condition=Q(snoozed_until__isnull=False)),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("signal", args=[self.reference])

    @property
    def is_asleep(self) -> bool:
        """Whether it was put off until later, and that has not come yet."""
        return self.snoozed_until is not None and self.snoozed_until > timezone.now() and self.may_sleep

    @property
    def may_sleep(self) -> bool:
        """Whether it waits for the desk and may be put off: never in danger."""
        return self.state in (SignalState.RECEIVED, SignalState.IN_TRIAGE) and self.urgency != Urgency.ACUTE

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.pk
