"""Notices: something waits for somebody. No content: a kind, and the path of the page where it waits."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

STUCK_AFTER = 5


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user) -> "NoticeQuerySet":
        """Everybody sees the own notices only."""
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def waiting(self) -> "NoticeQuerySet":
        """Not mailed yet, not read yet, for somebody who still works here: the outbox."""
        return self.filter(sent_at=None, read_at=None, user__is_active=True)

    def ripe(self, now: datetime | None = None) -> "NoticeQuerySet":
        """Waiting, and their turn has come."""
        return self.waiting().filter(due_at__lte=now or timezone.now())

    def stuck(self) -> "NoticeQuerySet":
        """Tried often and still not mailed: for the health page."""
        return self.waiting().filter(attempts__gte=STUCK_AFTER)


class Notice(models.Model):
    """One thing that waits for one user. Leaving the same again before it is mailed or read adds nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    digest = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "path", "digest"],
                condition=Q(sent_at=None, read_at=None),
                name="one_waiting_notice_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__regex=r"^[a-z0-9_]+$"), name="notice_kind_is_a_code"),
            models.CheckConstraint(condition=Q(path__regex=r"^/([^/\\]|$)"), name="notice_path_is_ours"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, read_at=None), name="notices_waiting"),
        ]

    def __str__(self):
        return f"{self.kind} {self.path}"
