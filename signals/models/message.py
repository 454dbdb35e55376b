"""The mailbox of one signal: what the desk and the referrer write to each other, sealed under the thread key."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose


class Direction(models.TextChoices):
    """Who reads it."""

    TO_REFERRER = "to_referrer", _("aan de melder")
    FROM_REFERRER = "from_referrer", _("van de melder")


class MessageKind(models.TextChoices):
    """Words, or one of the two requests of a referrer (product.md, From signal to balance)."""

    WORDS = "words", _("Bericht")
    WITHDRAW = "withdraw", _("De melder wil de melding intrekken")
    CONTACT = "contact", _("De melder wil een andere manier van contact")


class Message(models.Model):
    """One message. A request holds only once a coordinator has checked it over the old way: then it is settled.

    `words` are a text, of a contact request what `content.NewContact` holds. A granted new contact is sealed once more
    as `amendment`, under the report key: the report itself never changes.
    """

    SEALED = {"words": Purpose.THREAD, "amendment": Purpose.REPORT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=15, choices=Direction)
    kind = models.CharField(max_length=10, choices=MessageKind, default=MessageKind.WORDS)
    purpose = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(null=True)
    once = models.BinaryField(unique=True)
    words = models.BinaryField()
    amendment = models.BinaryField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "kind"],
                condition=Q(kind__in=["withdraw", "contact"], settled_at=None),
                name="one_open_request_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(direction="from_referrer", by=None) | Q(direction="to_referrer", by__isnull=False),
                name="the_desk_signs_its_messages",
            ),
            models.CheckConstraint(
                condition=Q(kind="words") | Q(direction="from_referrer"), name="only_a_referrer_requests"
            ),
            models.CheckConstraint(
                condition=Q(amendment=None) | Q(kind="contact", granted=True), name="amended_when_granted"
            ),
        ]
        indexes = [models.Index(fields=["signal", "at"], name="thread")]

    def __str__(self):
        return f"{self.signal_id} {self.at:%Y-%m-%d}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the signal."""
        return self.signal_id

    @property
    def waits(self) -> bool:
        """A request that nobody has settled."""
        return self.kind != MessageKind.WORDS and self.settled_at is None


class Visit(models.Model):
    """A referrer who came back: found by a hash of the cookie and sealed under it, as a draft is (security.md, key 9)."""

    lookup = models.BinaryField(primary_key=True)
    blob = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
