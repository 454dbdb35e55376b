"""Who coordinates a case, and who is the contact of the person concerned: one of each at a time, with its history."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import AppointmentQuerySet


class Post(models.TextChoices):
    """What somebody does for the person concerned (product.md; the accounts of 2008 and 2019 of the approach)."""

    COORDINATOR = "coordinator", _("Regie van de zaak")
    CONTACT = "contact", _("Vast contact voor de persoon")


class Party(models.TextChoices):
    """Where that somebody belongs."""

    MEMBER = "member", _("Iemand uit ons netwerk")
    REFERRER = "referrer", _("De organisatie die meldde")
    OUTSIDE = "outside", _("Iemand van buiten")


class Appointment(models.Model):
    """Who has a post from `at` until `until`; a member is named in clear, everybody else and the words are sealed."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=15, choices=Post)
    party = models.CharField(max_length=10, choices=Party)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    content = models.BinaryField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "post"], condition=Q(until=None), name="one_for_each_post"),
            models.CheckConstraint(
                condition=Q(party="member", person__isnull=False) | (~Q(party="member") & Q(person=None)),
                name="only_a_member_is_named",
            ),
        ]

    def __str__(self):
        return f"{self.post} · {self.party}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
