"""What the person concerned asks of us under the GDPR (articles 15 to 18), with its term of one month."""

import uuid

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Role
from meldpunt.vault.models import Purpose
from signals.models.case import Case

TERM = relativedelta(months=1)  # GDPR article 12(3)
LONGER = relativedelta(months=2)  # more, once, where a request is hard


class RightKind(models.TextChoices):
    """Which right."""

    ACCESS = "access", _("Inzage")
    CORRECTION = "correction", _("Verbeteren")
    ERASURE = "erasure", _("Wissen")
    RESTRICTION = "restriction", _("Even niet gebruiken")


class AskedBy(models.TextChoices):
    """Who asks, for the person concerned (Jeugdwet: from 12 oneself, until 16 the parents too)."""

    SELF = "self", _("De persoon zelf, 16 jaar of ouder")
    SELF_YOUNG = "self_young", _("De persoon zelf, 12 tot en met 15 jaar")
    PARENT = "parent", _("Een ouder of voogd")
    LAWYER = "lawyer", _("Een advocaat of gemachtigde")


class RightState(models.TextChoices):
    """Where a request is."""

    OPEN = "open", _("Nog te beantwoorden")
    GRANTED = "granted", _("Gedaan")
    PARTLY = "partly", _("Voor een deel gedaan")
    REFUSED = "refused", _("Geweigerd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class RefusalGround(models.TextChoices):
    """Why not, or not all (GDPR articles 15(4), 17(3) and 23, UAVG article 41)."""

    PROTECTS_PERSON = "protects_person", _("Om de persoon zelf te beschermen")
    PROTECTS_OTHERS = "protects_others", _("Om een ander te beschermen, ook de melder")
    INVESTIGATION = "investigation", _("Een onderzoek van de politie zou mislukken")
    MUST_KEEP = "must_keep", _("De wet zegt dat we dit bewaren")
    WHO_ASKS = "who_asks", _("Niet zeker wie het vraagt")


class RightQuerySet(models.QuerySet):
    """For coordinators who may see the case, and for the privacy officer, who watches the terms and opens nothing."""

    def visible_to(self, user):
        if Role.PRIVACY_OFFICER in user.roles():
            return self
        return self.filter(case__in=Case.objects.for_desk(user))

    def waiting(self):
        """Not answered yet."""
        return self.filter(state=RightState.OPEN)


class RightRequest(models.Model):
    """One request about one case. `asked` (what, and how we know who asks) and `answer` (why, what was sent) are the desk's.

    `due_on` is the last day to answer; `extended` says that it was made later once. `ground` says why not, or not all.
    """

    SEALED = {"asked": Purpose.DESK, "answer": Purpose.DESK}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("signals.Case", on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField(max_length=15, choices=RightKind)
    asked_by = models.CharField(max_length=15, choices=AskedBy)
    state = models.CharField(max_length=15, choices=RightState, default=RightState.OPEN)
    ground = models.CharField(max_length=20, choices=RefusalGround, blank=True)
    received_on = models.DateField()
    due_on = models.DateField()
    extended = models.BooleanField(default=False)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reminded_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    asked = models.BinaryField()
    answer = models.BinaryField(null=True)

    objects = RightQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RightState.OPEN, decided_at=None, decided_by=None)
                | (~Q(state=RightState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="right_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[RightState.PARTLY, RightState.REFUSED]) & ~Q(ground=""))
                | (~Q(state__in=[RightState.PARTLY, RightState.REFUSED]) & Q(ground="")),
                name="right_refused_on_a_ground",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state=RightState.OPEN), name="right_term")]

    def __str__(self):
        return f"{self.case_id} {self.kind}"

    def get_absolute_url(self):
        return reverse("right", args=[self.case.reference, self.pk])

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the request itself."""
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.state == RightState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether the term is over and nobody has answered."""
        return self.is_open and self.due_on < timezone.localdate()
