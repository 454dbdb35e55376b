"""The circle of the person whom a case is about: who is around, and for each peer whether she or he is approached too."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import RelationQuerySet, SuspectAccessQuerySet, SuspectQuerySet


class RelationKind(models.TextChoices):
    """What somebody is to the person. Suspects are kept apart (`Suspect`)."""

    FRIEND = "friend", _("Vriend of vriendin")
    CLASSMATE = "classmate", _("Klasgenoot")
    SIBLING = "sibling", _("Broer of zus")
    PARENT = "parent", _("Ouder of verzorger")
    FAMILY = "family", _("Andere familie")
    HELPER = "helper", _("Helper, zoals een mentor of coach")
    OTHER = "other", _("Iemand anders")


# Peers: of these the network asks whether they are approached too (product.md, The network).
PEERS = (RelationKind.FRIEND, RelationKind.CLASSMATE, RelationKind.SIBLING)


class Approached(models.TextChoices):
    """The answer to "is this one approached too?". Empty: nobody has answered yet."""

    NO = "no", _("Nee")
    SUSPECTED = "suspected", _("Misschien")
    YES = "yes", _("Ja")
    WAIVED = "waived", _("Dit vragen we niet na")


class Certainty(models.TextChoices):
    """How sure it is that this is so. Sealed with the words."""

    SURE = "sure", _("Zeker")
    LIKELY = "likely", _("Waarschijnlijk")
    UNSURE = "unsure", _("Onzeker")


class Source(models.TextChoices):
    """Where the network has it from. Sealed with the words."""

    REFERRER = "referrer", _("De melding")
    PERSON = "person", _("De persoon zelf")
    FAMILY = "family", _("Familie")
    SCHOOL = "school", _("School")
    POLICE = "police", _("Politie")
    OWN = "own", _("Zelf gezien of gehoord")
    OTHER = "other", _("Iemand anders")


class Relation(models.Model):
    """Somebody around the person. Kind and answer in clear, so that closing can be refused without a key; the rest sealed.

    `signal` is what this person was filed as; `taken_in` marks who was named in a report and taken over from there.
    """

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, choices=RelationKind)
    approached = models.CharField(max_length=10, choices=Approached, blank=True)
    approached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approached_at = models.DateTimeField(null=True)
    signal = models.ForeignKey("signals.Signal", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["assignment", "kind"], name="circle_of_a_letter")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approached="", approached_at=None) | (~Q(approached="") & ~Q(approached_at=None)),
                name="answered_with_a_time",
            ),
            models.UniqueConstraint(fields=["signal"], name="one_peer_of_a_signal"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.approached or '?'}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id

    def get_absolute_url(self):
        """Its page at the network."""
        return reverse("network_relation", args=[self.assignment.case.reference, self.pk])

    @property
    def is_peer(self) -> bool:
        """Whether the question "approached too?" belongs to this one."""
        return self.kind in PEERS

    @property
    def is_open(self) -> bool:
        """Whether that question still waits for an answer."""
        return self.is_peer and not self.approached


class Suspect(models.Model):
    """Whoever may exploit the person: data of GDPR article 10, under a key of their own, shown to who may see them only."""

    SEALED = {"content": Purpose.SUSPECTS}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="suspects")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = SuspectQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return str(self.pk)

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id


class SuspectAccess(models.Model):
    """A member whom the lead lets see the suspects of one case; leads see them without."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SuspectAccessQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "user"], condition=Q(ended_at=None), name="suspects_shown_once"
            ),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.assignment_id}"
