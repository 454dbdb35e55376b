"""A case handed over to a body outside the networks ("overdracht"): what, to whom, on what basis, by which way, and the receipt."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Role
from meldpunt.teams.partners import LegalBasis
from meldpunt.vault.models import Purpose
from signals.models.assignment import Assignment, Part
from signals.models.case import Case
from signals.workflow import AssignmentState


class Body(models.TextChoices):
    """What kind of body it goes to."""

    REGION = "region", _("Een andere regio")
    SAFE_HOME = "safe_home", _("Veilig Thuis")
    POLICE = "police", _("Politie")
    COMENSHA = "comensha", _("CoMensha")
    OTHER = "other", _("Iemand anders")


class SafeWay(models.TextChoices):
    """By which way it goes there."""

    SECURE_MAIL = "secure_mail", _("Beveiligde mail")
    PORTAL = "portal", _("Het systeem van de ontvanger")
    IN_PERSON = "in_person", _("Persoonlijk, van hand tot hand")
    POST = "post", _("Aangetekende post")


def letters_led_by(user) -> models.QuerySet[Assignment]:
    """The letters of cases that a network leads in which `user` is lead."""
    leading = Assignment.objects.visible_to(user).filter(part=Part.LEAD, state=AssignmentState.ACCEPTED)
    return leading.filter(team__in=user.teams(Role.LEAD))


class DispatchQuerySet(models.QuerySet):
    """The desk sees all of a case that it may see; a lead those of the own network, while it leads the case."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_coordinator:
            return self.filter(case__in=Case.objects.for_desk(user))
        return self.filter(case__in=letters_led_by(user).values("case"), team__in=user.teams(Role.LEAD))

    def known_to(self, user):
        """What a lead may know of beside: that the desk or an earlier network handed the case over, in clear columns only."""
        return self.visible_to(user) | self.filter(case__in=letters_led_by(user).values("case"))

    def unanswered(self):
        """Nobody says yet that it is there."""
        return self.filter(received_on=None)


class Dispatch(models.Model):
    """One handing over. `sent` is what went, to whom and why, as it was; `receipt` is who says they have it.

    `team` is the desk or the network that handed it over: both keys go to it, and to the desk. Until `due_at` somebody there
    should have said that it arrived.
    """

    SEALED = {"sent": Purpose.SHARED, "receipt": Purpose.SHARED}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, related_name="dispatches")
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=15, choices=Body)
    basis = models.CharField(max_length=20, choices=LegalBasis)
    way = models.CharField(max_length=15, choices=SafeWay)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    sent = models.BinaryField()
    receipt = models.BinaryField(null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None, noted_by=None, noted_at=None)
                | Q(received_on__isnull=False, noted_by__isnull=False, noted_at__isnull=False),
                name="receipt_noted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(received_on=None), name="dispatch_receipt")]

    def __str__(self):
        return f"{self.case_id} → {self.body}"

    def get_absolute_url(self):
        return reverse("dispatch", args=[self.case.reference, self.pk])

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the handing over itself."""
        return self.pk
