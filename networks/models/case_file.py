"""A file of the network about a case: sealed on disk as every file, its description under the network's own key."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from meldpunt.vault.models import Purpose
from networks.querysets import OwnWorkQuerySet


class CaseFile(models.Model):
    """A file that a member added. The content lies under this id (meldpunt/vault/streams.py); nothing is previewed.

    `held_at` says that a member marked it as not to be opened.
    """

    SEALED = {"description": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="files")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    description = models.BinaryField()

    objects = OwnWorkQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(held_at=None) ^ Q(held_by=None), name="case_file_held_by_somebody"),
        ]

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
