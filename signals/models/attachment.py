"""A file that came with a signal, or later through the code."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from meldpunt.vault.models import Purpose
from signals.querysets import AttachmentQuerySet


class Attachment(models.Model):
    """A file: its content lies sealed on disk under this id, its description (name, kind, size, key) in the row.

    Files of the report are sealed under the report key, files that came later under the thread key (`purpose`).
    A row is made when the signal is filed; before that the sealed draft alone knows of the file. `held_at` says
    that a coordinator marked it as not to be opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="attachments")
    purpose = models.CharField(max_length=20, choices=Purpose)
    added_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    description = models.BinaryField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=["report", "thread"]), name="file_of_report_or_thread"),
            models.CheckConstraint(condition=~Q(held_at=None) ^ Q(held_by=None), name="held_by_somebody"),
        ]

    @property
    def SEALED(self) -> dict[str, str]:  # noqa: N802 – the name that `vault.sealed` asks for
        """Which key seals the description: that of the report, or of the thread."""
        return {"description": self.purpose}

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.signal_id
