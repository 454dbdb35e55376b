"""The blind index: what reports have in common, without what it is (security.md, key 12)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TokenKind(models.TextChoices):
    """What two reports may have in common. The first four match; the others only propose."""

    PHONE = "phone", _("telefoon")
    HANDLE = "handle", _("account")
    PLATE = "plate", _("kenteken")
    EMAIL = "email", _("e-mailadres")
    NICKNAME = "nickname", _("naam en gemeente")
    ALIKE = "alike", _("naam die erop lijkt")
    LOOSE = "loose", _("account dat erop lijkt")


class TokenPart(models.TextChoices):
    """Whose it is, as far as the report says."""

    SUSPECT = "suspect", _("de verdachte")
    PERSON = "person", _("de persoon om wie het gaat")
    PEER = "peer", _("iemand uit de omgeving")
    REFERRER = "referrer", _("de melder")
    WORDS = "words", _("iemand die in de tekst staat")


class BlindTag(models.Model):
    """One token of one signal: 16 bytes of HMAC-SHA256 under the index key, and what kind of token it is.

    Goes with its signal. Tags of another key version never equal each other.
    """

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="blind_tags")
    kind = models.CharField(max_length=10, choices=TokenKind)
    part = models.CharField(max_length=10, choices=TokenPart)
    tag = models.BinaryField()
    key_version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "signal", "part"], name="blind_tag_once")]
        indexes = [
            models.Index(fields=["signal", "kind"], name="blind_tag_of_signal"),
            models.Index(fields=["key_version"], name="blind_tag_of_key"),
        ]


class NoiseToken(models.Model):
    """A token that says nothing: a school's switchboard, a telephone that many share.

    The value lies sealed under the index key, so that the next key can make its tag anew.
    """

    kind = models.CharField(max_length=10, choices=TokenKind)
    tag = models.BinaryField(unique=True)
    key_version = models.PositiveSmallIntegerField()
    value = models.BinaryField()
    carried = models.PositiveBigIntegerField(null=True)  # the row that this one takes over from, under the key before
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]


class NotSame(models.Model):
    """A coordinator looked: this signal is not about the person of that other signal or case. Never asked again.

    Written in both directions (signals/actions/matching.py).
    """

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="not_same")
    other_signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="+")
    other_case = models.ForeignKey("signals.Case", on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other_signal=None) ^ Q(other_case=None), name="not_same_as_a_signal_or_a_case"
            ),
            models.UniqueConstraint(
                fields=["signal", "other_signal"], condition=Q(other_case=None), name="not_same_signal_once"
            ),
            models.UniqueConstraint(
                fields=["signal", "other_case"], condition=Q(other_signal=None), name="not_same_case_once"
            ),
        ]


class Hub(models.Model):
    """A token that comes back in three signals or two municipalities: how many there were when it was last told."""

    tag = models.BinaryField(unique=True)
    kind = models.CharField(max_length=10, choices=TokenKind)
    signals = models.PositiveIntegerField()
    towns = models.PositiveIntegerField()
    told_at = models.DateTimeField(null=True)
