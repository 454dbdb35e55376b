"""A case that one network asks another to take over."""

import uuid

from django.conf import settings
from django.db import models

from meldpunt.vault.models import Purpose
from signals.models.assignment import Assignment


class TransferQuerySet(models.QuerySet):
    """Who sees one of the two letters sees that it is asked."""

    def visible_to(self, user):
        seen = Assignment.objects.visible_to(user)
        return self.filter(models.Q(sender__in=seen) | models.Q(receiver__in=seen))


class Transfer(models.Model):
    """From the letter `sender` to the letter `receiver`: open until the receiver accepts, gives back, or it is withdrawn.

    `parcel` is what the sender chose to hand over, under the key of the receiver's own letter; emptied when it was unpacked.
    """

    SEALED = {"parcel": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="transfers")
    receiver = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="transfer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    parcel = models.BinaryField()
    unpacked_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.sender_id} → {self.receiver_id}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the receiver's letter."""
        return self.receiver_id
