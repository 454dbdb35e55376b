"""Contacts: whom the network spoke, and who has read what was agreed about that beforehand."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import OwnWorkQuerySet


class WithWhom(models.TextChoices):
    """With whom the network has contact; sealed with the contact."""

    PERSON = "person", _("De persoon zelf")
    FAMILY = "family", _("Ouder of familie")
    CIRCLE = "circle", _("Vriend, klasgenoot of ander uit de kring")
    SCHOOL = "school", _("School")
    CARE = "care", _("Zorg of hulpverlening")
    POLICE = "police", _("Politie")
    MUNICIPALITY = "municipality", _("Gemeente")
    OTHER = "other", _("Iemand anders")


class Way(models.TextChoices):
    """How; sealed with the contact."""

    PHONE = "phone", _("Gebeld")
    TEXT = "text", _("Geappt of ge-sms’t")
    EMAIL = "email", _("Gemaild")
    MEETING = "meeting", _("Gesprek, elkaar gezien")
    LETTER = "letter", _("Brief")


class Reached(models.TextChoices):
    """What came of it; sealed with the contact."""

    SPOKE = "spoke", _("Gesproken")
    NO_ANSWER = "no_answer", _("Geen gehoor of geen antwoord")
    REFUSED = "refused", _("Wil geen contact")
    APPOINTMENT = "appointment", _("Afspraak gemaakt")


class Contact(models.Model):
    """One contact: when it was stands in clear, with whom, how and what came of it sealed. Append-only."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="contacts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    held_at = models.DateTimeField()
    content = models.BinaryField()

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "-at"]

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id


class ContractRead(models.Model):
    """A member has read what was agreed about contact; it counts until the desk shares something new."""

    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="contract_reads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["assignment", "by", "at"], name="who_read_the_contract")]
