"""What the person concerned agrees to share ("toestemming"): asked, given, refused, withdrawn, or not asked as it endangers."""

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import Part
from meldpunt.teams.models import Role
from meldpunt.teams.partners import PartnerRole
from meldpunt.vault.models import Purpose
from signals.models.assignment import Assignment
from signals.models.assignment import Part as LetterPart
from signals.models.case import Case
from signals.models.dispatch import Body
from signals.workflow import AssignmentState


class ConsentState(models.TextChoices):
    """How it stands."""

    ASKED = "asked", _("Gevraagd, nog geen antwoord")
    GIVEN = "given", _("Gegeven")
    REFUSED = "refused", _("Geweigerd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    NOT_ASKED = "not_asked", _("Niet gevraagd, want dat is gevaarlijk")


class Giver(models.TextChoices):
    """Who answers."""

    SELF = "self", _("De persoon zelf")
    BOTH = "both", _("De persoon, samen met een ouder of voogd")
    PARENTS = "parents", _("Een ouder of voogd")


class AskingDanger(models.TextChoices):
    """Why nobody asks."""

    PERSON = "person", _("De persoon zelf loopt dan gevaar")
    OTHERS = "others", _("Iemand anders loopt dan gevaar")
    PARENTS = "parents", _("De ouders horen bij het gevaar")


# To whom it may go: each kind of partner, and the bodies outside that no partner is of. A partner and a body of the same
# kind (the police) are the same to who is asked.
RECEIVERS = [*PartnerRole.choices, (Body.REGION.value, Body.REGION.label), (Body.COMENSHA.value, Body.COMENSHA.label)]


def letters_worked_by(user) -> models.QuerySet[Assignment]:
    """The letters of cases that a network of `user` leads and accepted."""
    mine = Assignment.objects.visible_to(user).filter(part=LetterPart.LEAD, state=AssignmentState.ACCEPTED)
    return mine.filter(team__in=user.teams(Role.LEAD, Role.MEMBER))


class ConsentQuerySet(models.QuerySet):
    """The desk sees those of a case that it may see; a network those of a case that it leads."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_coordinator:
            return self.filter(case__in=Case.objects.for_desk(user))
        return self.filter(case__in=letters_worked_by(user).values("case"))


class Consent(models.Model):
    """One question: may these parts go to these kinds of organisation? `until` is the last day on which a yes counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, related_name="asked_for")
    receivers = ArrayField(models.CharField(max_length=20, choices=RECEIVERS))
    parts = ArrayField(models.CharField(max_length=10, choices=Part))
    state = models.CharField(max_length=10, choices=ConsentState)
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ConsentQuerySet.as_manager()

    def __str__(self):
        return f"{self.case_id} {self.state}"

    def get_absolute_url(self):
        return reverse("consent", args=[self.case.reference, self.pk])

    @property
    def receiver_names(self) -> list[str]:
        """To whom, in words."""
        return [str(label) for code, label in RECEIVERS if code in self.receivers]

    @property
    def part_names(self) -> list[str]:
        """Which parts, in words."""
        return [str(part.label) for part in Part if part in self.parts]

    @property
    def last_day(self) -> datetime.date:
        """The day of the last answer."""
        return max(step.on for step in self.steps.all())

    @property
    def is_over(self) -> bool:
        """A yes whose last day has passed."""
        return self.state == ConsentState.GIVEN and self.until is not None and self.until < timezone.localdate()


class ConsentStep(models.Model):
    """One answer to it, on the day `on`. `words`, what was said and how, are sealed to the desk and to `team`, who noted it."""

    SEALED = {"words": Purpose.SHARED}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ConsentState)
    said_by = models.CharField(max_length=10, choices=Giver, blank=True)
    danger = models.CharField(max_length=10, choices=AskingDanger, blank=True)
    on = models.DateField()
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.BinaryField(null=True)

    class Meta:
        ordering = ["on", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="not_asked", said_by="") & ~Q(danger="")
                | (~Q(state="not_asked") & Q(danger="") & ~Q(said_by="")),
                name="consent_has_who_or_why_not",
            ),
        ]

    def __str__(self):
        return f"{self.consent_id} {self.state} {self.on}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the step itself."""
        return self.pk
