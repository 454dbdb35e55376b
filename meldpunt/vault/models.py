"""Keys, the seals that pass them on, and what is unlocked for a while. No secret lies here in clear."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Signer(models.Model):
    """Somebody whom the offline root lets sign members' keys and team keys (security.md, key 3)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signers")
    version = models.PositiveSmallIntegerField(default=1)
    public = models.BinaryField()
    sealed_secret = models.BinaryField()
    is_practice = models.BooleanField(default=False)
    expires_on = models.DateField()
    root_signature = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="signer_version_once")]

    @property
    def statement(self) -> str:
        """What the root signs."""
        kind = "practice" if self.is_practice else "live"
        return f"v1|signer|{self.user_id}|{kind}|{self.version}|{self.expires_on}|{bytes(self.public).hex()}"


class SignedKey(models.Model):
    """A public key that counts only with the signature of a signer over all that it says."""

    version = models.PositiveSmallIntegerField(default=1)
    public = models.BinaryField()
    signer = models.ForeignKey(Signer, on_delete=models.PROTECT, null=True, related_name="+")
    signature = models.BinaryField(null=True)
    expires_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class UserKey(SignedKey):
    """A member's X25519 key; the secret is wrapped under the password (security.md, key 1)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keys")
    wrapped_secret = models.BinaryField()
    salt = models.BinaryField()
    time_cost = models.PositiveIntegerField()
    memory_cost = models.PositiveIntegerField()
    pepper_version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="user_key_version_once")]

    @property
    def statement(self) -> str:
        return f"v1|user|{self.user_id}|unlock|{self.version}|{self.expires_on}|{bytes(self.public).hex()}"

    @property
    def owner(self) -> str:
        return f"user:{self.user_id}"


class TeamKey(SignedKey):
    """A version of a team's X25519 key; its secret exists only in the seals to the members."""

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "version"], name="team_key_version_once")]

    @property
    def statement(self) -> str:
        return f"v1|team|{self.team_id}|content|{self.version}|{self.expires_on}|{bytes(self.public).hex()}"

    @property
    def owner(self) -> str:
        return f"team:{self.team_id}"


class TeamKeySeal(models.Model):
    """A team's secret, sealed to one member."""

    team_key = models.ForeignKey(TeamKey, on_delete=models.CASCADE, related_name="seals")
    user_key = models.ForeignKey(UserKey, on_delete=models.CASCADE, related_name="seals")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team_key", "user_key"], name="team_key_sealed_once")]


class ReferrerKey(models.Model):
    """A referrer's own X25519 key, wrapped by the code; the code itself is nowhere (security.md, keys 4 and 7)."""

    object_id = models.UUIDField(unique=True)
    public = models.BinaryField()
    wrapped_secret = models.BinaryField()
    lookup_id = models.BinaryField(unique=True)
    pepper_version = models.PositiveSmallIntegerField()
    must_change_code = models.BooleanField(default=False)


class Purpose(models.TextChoices):
    """What a content key opens (security.md, key 4)."""

    REPORT = "report"
    THREAD = "thread"
    DESK = "desk"
    SHARED = "shared"
    ASSIGNMENT = "assignment"
    SUSPECTS = "suspects"
    MEETING = "meeting"


class ContentKey(models.Model):
    """A key for one purpose of one object; the key itself exists only in its seals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_id", "purpose", "version"], name="content_key_version_once")
        ]

    def statement(self, recipient: str) -> str:
        """What goes with the sealed key and is checked on opening."""
        return f"v1|{self.kind}|{self.object_id}|{self.purpose}|{self.version}|{recipient}"


class ContentSeal(models.Model):
    """A content key, sealed to a team or to the referrer: who has no seal cannot read."""

    content_key = models.ForeignKey(ContentKey, on_delete=models.CASCADE, related_name="seals")
    team_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, null=True, related_name="content_seals")
    referrer_key = models.ForeignKey(ReferrerKey, on_delete=models.CASCADE, null=True, related_name="content_seals")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_key", "team_key"], name="content_key_sealed_once"),
            models.CheckConstraint(
                condition=Q(team_key=None) ^ Q(referrer_key=None), name="sealed_to_a_team_or_a_referrer"
            ),
        ]


class RecoveryOfficer(models.Model):
    """Somebody who keeps a recovery key on paper: two of them together are the last resort (security.md, key 10)."""

    name = models.CharField(max_length=80, unique=True)
    public = models.BinaryField()
    is_practice = models.BooleanField(default=False)
    expires_on = models.DateField()
    root_signature = models.BinaryField()
    appointed_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def statement(self) -> str:
        """What the root signs."""
        kind = "practice" if self.is_practice else "live"
        return f"v1|officer|{self.name}|{kind}|{self.expires_on}|{bytes(self.public).hex()}"


class EscrowSeal(models.Model):
    """A team's secret or the content key of a network's own work, sealed to one officer inside a seal to another."""

    team_key = models.ForeignKey(TeamKey, on_delete=models.CASCADE, null=True, related_name="escrow")
    content_key = models.ForeignKey(ContentKey, on_delete=models.CASCADE, null=True, related_name="escrow")
    outer = models.ForeignKey(RecoveryOfficer, on_delete=models.PROTECT, related_name="+")
    inner = models.ForeignKey(RecoveryOfficer, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team_key=None) ^ Q(content_key=None), name="escrow_of_a_team_or_of_content"
            ),
        ]


class UnlockedKey(models.Model):
    """A member's secret while it is unlocked: sealed under a key that only a cookie holds (security.md, key 8)."""

    lookup = models.BinaryField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unlocked_keys")
    blob = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(auto_now_add=True)


class SealedSession(models.Model):
    """A session: found by a hash of its cookie, its data sealed under the cookie."""

    lookup = models.BinaryField(primary_key=True)
    blob = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
