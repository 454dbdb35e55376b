"""The shield: somebody involved in what a signal or case is about does not see it (product.md, "Need to know")."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class ShieldSource(models.TextChoices):
    """Through whom somebody was kept out."""

    REFERRER = "referrer", _("De melder noemde een naam die lijkt")
    MEMBER = "member", _("Een lid van het netwerk")
    COORDINATOR = "coordinator", _("Een coördinator")
    STEPPED_ASIDE = "stepped_aside", _("Stapte zelf opzij")


class ShieldReason(models.TextChoices):
    """Why somebody is kept out, in a code."""

    NAMED = "named", _("Genoemd als betrokken")
    MENTIONED = "mentioned", _("Een naam die lijkt, staat in de tekst")
    KNOWS = "knows", _("Kent de persoon of de familie")
    WORKED_WITH = "worked_with", _("Werkte eerder met de persoon of de familie")
    SUSPECTED = "suspected", _("Hoort misschien bij de verdachten")
    OTHER = "other", _("Iets anders")


class LiftReason(models.TextChoices):
    """Why a shield was taken away, in a code."""

    NOT_THE_ONE = "not_the_one", _("Het gaat om iemand anders")
    NOT_INVOLVED = "not_involved", _("Niet (meer) betrokken")
    MISTAKE = "mistake", _("Vergissing")


class ShieldQuerySet(models.QuerySet):
    """Who is kept out: for the coordinators who see the thing itself; never for who is kept out."""

    def holding(self):
        """Not lifted."""
        return self.filter(lifted_at=None)

    def against(self, user):
        """Those that keep `user` out."""
        return self.holding().filter(user=user.pk)

    def cases(self):
        """The cases that these shields cover: their own, and those that their signals are in; never NULL."""
        return self.annotate(covers=Coalesce("case", "signal__case")).filter(covers__isnull=False).values("covers")

    def signals(self):
        """The signals that these shields name themselves; never NULL."""
        return self.filter(signal__isnull=False).values("signal")


class Shield(models.Model):
    """One person kept out of one signal or case. All in clear: who, of what, through whom, when, reason codes.

    A signal's shield holds for the case it is in, with every signal of it; a case's for all its signals and letters.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shields", db_index=False)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="shields")
    case = models.ForeignKey("signals.Case", on_delete=models.CASCADE, null=True, related_name="shields")
    source = models.CharField(max_length=15, choices=ShieldSource)
    reason = models.CharField(max_length=15, choices=ShieldReason, default=ShieldReason.NAMED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(max_length=15, choices=LiftReason, blank=True)

    objects = ShieldQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(signal=None) ^ Q(case=None), name="shield_of_a_signal_or_a_case"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["user", "signal"], condition=Q(lifted_at=None, case=None), name="one_shield_per_signal"
            ),
            models.UniqueConstraint(
                fields=["user", "case"], condition=Q(lifted_at=None, signal=None), name="one_shield_per_case"
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(lifted_at=None), name="shield_holds")]

    def __str__(self):
        return f"{self.user_id} ⊘ {self.signal_id or self.case_id}"
