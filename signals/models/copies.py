"""Copies of what was shared by a consent that ended: a question to whoever may have them, and what became of them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import Part
from meldpunt.teams.models import Role
from signals.models.case import Case
from signals.models.consent import ConsentStep
from signals.querysets import shields_against


class CopyAnswer(models.TextChoices):
    """What became of copies of what may no longer be used."""

    DESTROYED = "destroyed", _("Alles is vernietigd")
    NONE = "none", _("Er waren geen kopieën")
    MUST_KEEP = "must_keep", _("We moeten dit van de wet bewaren")


class CopyCheckQuerySet(models.QuerySet):
    """The desk sees those of a case that it may see; others those that they can answer: for their own organisation, as
    lead for any of the network, and what they handed over. Also where the network has the case no more.
    """

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_coordinator:
            return self.filter(step__consent__case__in=Case.objects.for_desk(user))
        seats = user.current_memberships
        mine = Q(partner__in=[seat.partner_id for seat in seats if seat.partner_id])
        led = user.teams(Role.LEAD)
        mine |= Q(partner__team__in=led) | Q(dispatch__team__in=led)
        kept_out = shields_against(user).order_by().cases()
        return self.filter(mine).exclude(step__consent__case__in=kept_out)

    def waiting(self):
        """Nobody answered yet."""
        return self.filter(answer="")


class CopyCheck(models.Model):
    """Copies that rested on a consent that is gone: one question to a partner, or to who handed a case over outside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(ConsentStep, on_delete=models.PROTECT, related_name="checks")
    partner = models.ForeignKey("teams.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    dispatch = models.ForeignKey("signals.Dispatch", on_delete=models.PROTECT, null=True, related_name="+")
    parts = ArrayField(models.CharField(max_length=10, choices=Part))
    asked_at = models.DateTimeField()
    reminded_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=CopyAnswer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = CopyCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner=None, dispatch__isnull=False) | Q(partner__isnull=False, dispatch=None),
                name="copies_at_one_place",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="copies_answered_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.step_id} {self.partner_id or self.dispatch_id}"

    @property
    def where(self) -> str:
        """Where the copies may be, in words."""
        return str(self.partner or self.dispatch.get_body_display())

    @property
    def part_names(self) -> list[str]:
        """Which parts, in words."""
        return [str(part.label) for part in Part if part in self.parts]
