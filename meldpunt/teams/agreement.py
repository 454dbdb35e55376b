"""Which parts of a case each kind of partner gets, on what basis and until when: data, and one function that reads it.

Within a network the application keeps to this, between networks keys do (docs/security.md, "The agreement").
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.partners import LegalBasis, PartnerRole


class Part(models.TextChoices):
    """A part of a case: what the reports say of it, and the last two what colleagues of a network write while they work on it."""

    WHO = "who", _("Wie het is")
    CONTACT = "contact", _("Veilig contact")
    WHERE = "where", _("Waar")
    SIGNS = "signs", _("Tekens en samenvatting")
    OTHERS = "others", _("Mensen eromheen")
    SUSPECTS = "suspects", _("Verdachten")
    REFERRER = "referrer", _("Contact met de melder")
    WORK = "work", _("Acties, plan en overleg")
    NOTES = "notes", _("Notities, contacten en bestanden")


ALL_PARTS = frozenset(str(part) for part in Part)


@dataclass(frozen=True)
class Grant:
    """A part that a kind of partner may get: on what basis, and the last day on which that counts (None: no end)."""

    part: str
    basis: str
    until: datetime.date | None = None


def parts_given(
    grants: Iterable[Grant], bases: Collection[str], *, today: datetime.date, acute: bool, consented: Collection[str]
) -> frozenset[str]:
    """Return the parts (Part) that a member of a partner gets of one case: the one place that decides it.

    `grants` are those of the partner's kind, `bases` those that the network agreed with this partner. Vital interest counts
    while the case is acute, consent only for the parts in `consented` (GDPR article 6(1) d and a).
    """
    counts = set(bases)
    if not acute:
        counts.discard(LegalBasis.VITAL_INTEREST)
    return frozenset(
        grant.part
        for grant in grants
        if grant.basis in counts
        and (grant.basis != LegalBasis.CONSENT or grant.part in consented)
        and (grant.until is None or grant.until >= today)
    )


class AgreementQuerySet(models.QuerySet):
    def current(self) -> "AgreementQuerySet":
        """Rows that were not ended; whether their last day has passed is for `parts_given`."""
        return self.filter(ended_at=None)


class Agreement(models.Model):
    """One kind of partner may get one part for a purpose on a basis. Never changed: ended, and made anew as a next version."""

    part = models.CharField(max_length=10, choices=Part)
    role = models.CharField(max_length=20, choices=PartnerRole)
    basis = models.CharField(max_length=20, choices=LegalBasis)
    purpose = models.CharField(max_length=200)
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Nobody: it was delivered with the product.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["role", "part", "basis", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "role", "basis"], condition=Q(ended_at=None), name="one_open_agreement_of_a_kind"
            ),
            models.UniqueConstraint(fields=["part", "role", "basis", "version"], name="one_agreement_of_a_version"),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.get_part_display()} · {self.get_basis_display()}"

    @property
    def is_over(self) -> bool:
        """Its last day has passed."""
        return self.until is not None and self.until < timezone.localdate()


def as_columns(role: str) -> ArraySubquery:
    """Return the open rows of the kind of partner that the column `role` names, for the statement that loads that row."""
    rows = Agreement.objects.current().filter(role=OuterRef(role)).order_by("part", "basis")
    return ArraySubquery(rows.values(data=JSONObject(part="part", basis="basis", until="until")))


def from_columns(found: Iterable[dict] | None) -> list[Grant]:
    """Return what `as_columns` loaded."""
    day = datetime.date.fromisoformat
    return [Grant(one["part"], one["basis"], day(one["until"]) if one["until"] else None) for one in found or ()]
