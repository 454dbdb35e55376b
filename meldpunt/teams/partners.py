"""The register of partners: which organisation works along in which network, for what, and on what legal basis."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
