"""The register of partners: which organisation works along in which network, for what, and on what legal basis."""

import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SEES_ALL = {"administrator", "privacy_officer"}  # teams.models.Role, which imports this
REVIEW_AHEAD = datetime.timedelta(days=60)

class PartnerRole(models.TextChoices):
    """What kind of organisation a partner is; what a member gets of a case goes by it."""

    MUNICIPALITY = "municipality", _("Gemeente")
    POLICE = "police", _("Politie")
    PROSECUTION = "prosecution", _("Openbaar Ministerie")
    SCHOOL = "school", _("School")
    YOUTH_CARE = "youth_care", _("Jeugdzorg")
    HEALTH_CARE = "health_care", _("Gezondheidszorg")
    COMMUNITY_WORKER = "community_worker", _("Wijkteam of jongerenwerk")
    SHELTER = "shelter", _("Opvang")
    SAFE_HOME = "safe_home", _("Veilig Thuis")
    OTHER = "other", _("Andere organisatie")


class LegalBasis(models.TextChoices):
    """Why sharing is allowed (GDPR article 6(1) a, c, d and e; section 5.2.6 of the Wmo 2015 for reporting)."""

    PUBLIC_TASK = "public_task", _("Publieke taak")
    VITAL_INTEREST = "vital_interest", _("Vitaal belang: er is direct gevaar")
    LEGAL_DUTY = "legal_duty", _("Wettelijke plicht")
    REPORTING_RIGHT = "reporting_right", _("Meldrecht")
    CONSENT = "consent", _("Toestemming")


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PartnerQuerySet":
        """All partners for the administrator and the privacy officer; those of the own network for who works there."""
        if user.roles() & SEES_ALL:
            return self
        return self.filter(team__in=user.network_teams())

    def current(self) -> "PartnerQuerySet":
        """Partners whose agreement was not ended."""
        return self.filter(ended_at=None)


class Partner(models.Model):
    """An organisation that works along in one network. Its agreement is ended, never deleted: history keeps its meaning.

    Nothing of this is content: it is what the network agreed, with whom (docs/security.md, "In clear").
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="partners")
    organisation = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=PartnerRole)
    purpose = models.CharField(max_length=300)
    bases = ArrayField(models.CharField(max_length=20, choices=LegalBasis))
    contact = models.CharField(max_length=120)
    agreed_on = models.DateField()
    review_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                "team", Lower("organisation"), condition=Q(ended_at=None), name="one_open_partner_of_a_name"
            ),
            models.CheckConstraint(condition=Q(review_on__gt=models.F("agreed_on")), name="review_after_agreement"),
        ]
        indexes = [models.Index(fields=["review_on"], condition=Q(ended_at=None), name="partners_to_review")]

    def __str__(self):
        return self.organisation

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.pk])

    @property
    def base_names(self) -> list[str]:
        """The legal bases in words."""
        return [str(LegalBasis(code).label) for code in self.bases]

    @property
    def is_late(self) -> bool:
        """The day of the review has passed."""
        return self.ended_at is None and self.review_on <= timezone.localdate()

    @property
    def is_due(self) -> bool:
        """The review is at hand."""
        return self.ended_at is None and self.review_on <= timezone.localdate() + REVIEW_AHEAD


class WrongPartner(Exception):
    """This partner is not one of the team, or was ended, or a team without partners would get one."""


def check_fits(partner: Partner | None, team) -> None:
    """Raise WrongPartner unless a member of `team` may belong to `partner`; None fits every team."""
    if partner is not None and (
        team.kind != "network" or partner.team_id != team.pk or partner.ended_at is not None
    ):
        raise WrongPartner


class PartnerAct(models.TextChoices):
    ADD = "add", _("Toegevoegd")
    CHANGE = "change", _("Gewijzigd")
    REVIEW = "review", _("Opnieuw bekeken")
    END = "end", _("Beëindigd")


class PartnerChange(models.Model):
    """What somebody changed of a partner: all values before and after. The role of the web can only add to it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=PartnerAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.partner} · {self.get_act_display()}"
