"""A note of a member, sealed under the key of the network's own assignment."""

import uuid

from django.conf import settings
from django.db import models

from meldpunt.vault.models import Purpose
from networks.querysets import NoteQuerySet


class Note(models.Model):
    """Own words about the work; append-only."""

    SEALED = {"words": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.BinaryField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
