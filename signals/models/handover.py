"""Contact with a referrer that the desk handed to a network: whose it is now, and whose it was."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from signals.models.assignment import Assignment


class BackReason(models.TextChoices):
    """Why the contact is at the desk again."""

    TAKEN_BACK = "taken_back", _("Het meldpunt nam het terug")
    GIVEN_BACK = "given_back", _("Het netwerk gaf het terug")
    LETTER_GONE = "letter_gone", _("Het netwerk heeft de zaak niet meer")
    CLOSED = "closed", _("De zaak is afgesloten")
    SEPARATED = "separated", _("De melding hoort niet meer bij deze zaak")


class HandoverQuerySet(models.QuerySet):
    """The desk sees all, a network what it was handed of a letter that it holds."""

    def visible_to(self, user):
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def running(self):
        """At a network now."""
        return self.filter(ended_at=None)

    def late(self):
        """The referrer waits for an answer of the network, and its clock ran out."""
        return self.running().filter(due_at__lt=timezone.now())


class Handover(models.Model):
    """The contact with the referrer of one signal, at the network that holds `assignment`; open while `ended_at` is empty.

    `terms` is what the network reads about safe contact with this referrer, under the thread key; `wants_mail` says that the
    desk has to send mail when something waits. `due_at` is until when the network has to answer what the referrer wrote; empty where nothing waits. `breached_at`
    says that the desk was told that this clock ran out.
    """

    SEALED = {"terms": Purpose.THREAD}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="handovers")
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.CASCADE, related_name="handovers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    wants_mail = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    back_because = models.CharField(max_length=15, choices=BackReason, blank=True)
    terms = models.BinaryField()

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["signal"], condition=Q(ended_at=None), name="contact_is_with_one"),
            models.CheckConstraint(
                condition=Q(ended_at=None, back_because="") | (~Q(ended_at=None) & ~Q(back_because="")),
                name="back_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="contact_clock")]

    def __str__(self):
        return f"{self.signal_id} → {self.assignment_id}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the signal."""
        return self.signal_id
