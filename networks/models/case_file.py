"""A file of the network about a case: sealed on disk as every file, its description under the network's own key."""

import uuid

from django.conf import settings
from django.db import models

from meldpunt.vault.models import Purpose
from networks.querysets import OwnWorkQuerySet


class CaseFile(models.Model):
    """A file that a member added. The content lies under this id (meldpunt/vault/streams.py); nothing is previewed."""

    SEALED = {"description": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="files")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    description = models.BinaryField()

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
