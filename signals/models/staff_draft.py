"""What a member of staff typed and has not sent yet: sealed to that person alone."""

from django.conf import settings
from django.db import models


class StaffDraft(models.Model):
    """The fields of one form about one thing, as one person typed them; it survives locking, time and a change of owner."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    object_kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    form = models.CharField(max_length=20)
    saved_at = models.DateTimeField(auto_now=True)
    fields = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "object_id", "form"], name="one_draft_of_a_form"),
        ]
        indexes = [models.Index(fields=["saved_at"], name="old_drafts")]

    def __str__(self):
        return f"{self.object_kind} {self.object_id} · {self.form}"

    @property
    def context(self) -> str:
        """What the sealed fields are bound to."""
        return f"v1|staffdraft|{self.user_id}|{self.object_kind}|{self.object_id}|{self.form}"
