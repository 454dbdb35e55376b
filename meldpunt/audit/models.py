"""The reading log: who did what with which object, and why. Never with what words.

Fields follow NEN 7513 and BIO2 (design, security.md, "The reading log"). Nothing here is ever changed or
removed: the model refuses, a trigger refuses, and the roles of the web and the worker have no right to.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE = r"^[A-Za-z0-9_.:/-]*$"


class Act(models.TextChoices):
    CREATE = "create", _("Gemaakt")
    READ = "read", _("Gelezen")
    LIST = "list", _("Lijst gezien")
    SEARCH = "search", _("Gezocht")
    CHANGE = "change", _("Gewijzigd")
    REVEAL = "reveal", _("Onthuld")
    PRINT = "print", _("Afgedrukt")
    EXPORT = "export", _("Uitgevoerd naar een bestand")
    DELETE = "delete", _("Vernietigd")
    SIGN_IN = "sign_in", _("Aangemeld")
    REFUSED = "refused", _("Geweigerd")


class AppendOnly(Exception):
    """Somebody tried to change or remove what may only be added to."""


class EntryQuerySet(models.QuerySet):
    def about(self, kind: str, object_id: str) -> "EntryQuerySet":
        """What was done with one object, or with it as one row of a list."""
        return self.filter(Q(object_id=object_id) | Q(rows__contains=[object_id]), object_kind=kind)

    def naming(self, object_id: str) -> "EntryQuerySet":
        """What was done with an object of whichever kind, or with it as one row of a list."""
        return self.filter(Q(object_id=object_id) | Q(rows__contains=[object_id]))

    def visible_to(self, user) -> "EntryQuerySet":
        """The log is for the privacy officer; everybody else sees nothing."""
        return self if "privacy_officer" in user.roles() else self.none()

    def looked_at(self, obj) -> "EntryQuerySet":
        """Who read, revealed or printed `obj`, the last first: for the page of somebody who may see the object itself.

        The caller has found `obj` through its own `visible_to`; colleagues may know of each other's looking.
        """
        kind, key = obj._meta.model_name, str(getattr(obj, "reference", "") or obj.pk)
        looked = self.filter(object_kind=kind, object_id=key, act__in=[Act.READ, Act.REVEAL, Act.PRINT])
        return looked.select_related("user").only("at", "act", "purpose", "user__name").order_by("-id")

    def handled(self, things: Iterable[tuple[str, str]]) -> "EntryQuerySet":
        """Who of the staff read, revealed, printed or exported one of `things` (kind, id), the last first.

        The caller has found what they are about through its own `visible_to`.
        """
        about = Q(pk=None)
        for kind, key in things:
            about |= Q(object_kind=kind, object_id=key)
        acts = [Act.READ, Act.REVEAL, Act.PRINT, Act.EXPORT]
        found = self.filter(about, act__in=acts, result="ok").exclude(user=None).select_related("team")
        return found.only("at", "act", "purpose", "role", "team__name", "team__kind").order_by("-id")

    def create(self, **fields):
        raise AppendOnly("Rows are added by meldpunt.audit.log.record only.")

    def bulk_create(self, *args, **options):
        raise AppendOnly("Rows are added by meldpunt.audit.log.record only.")

    def update(self, **fields):
        raise AppendOnly("The reading log is not changed.")

    def delete(self):
        raise AppendOnly("The reading log is not removed.")


class Entry(models.Model):
    """One act. `id`, `at`, `previous_hash` and `hash` are set by the database, whatever the writer says.

    `id` counts without gaps, so that a row that is missing shows. For a list `rows` holds the references
    shown.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    role = models.CharField(max_length=120)
    team = models.ForeignKey("teams.Team", models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=20, choices=Act)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    purpose = models.CharField(max_length=60)
    source = models.CharField(max_length=20)
    result = models.CharField(max_length=20)
    rows = ArrayField(models.CharField(max_length=80))
    at = models.DateTimeField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["user", "-id"], name="audit_by_user"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="audit_act_is_known"),
            models.CheckConstraint(
                condition=Q(purpose__regex=CODE, source__regex=CODE, result__regex=CODE),
                name="audit_codes_and_no_words",
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.object_kind} {self.object_id}"

    def save(self, *args, **options):
        raise AppendOnly("Rows are added by meldpunt.audit.log.record only.")

    def delete(self, *args, **options):
        raise AppendOnly("The reading log is not removed.")
