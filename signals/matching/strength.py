"""How strong it is what two reports have in common, and the sentence that says why. Pure."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from signals.models.matching import TokenKind, TokenPart

# What only one person or one group has.
FIRM = (TokenKind.PHONE, TokenKind.HANDLE, TokenKind.PLATE, TokenKind.EMAIL)
SUSPECTED = (TokenPart.SUSPECT, TokenPart.WORDS)
IN_DANGER = (TokenPart.PERSON, TokenPart.PEER)


class Level(models.TextChoices):
    """How much a likeness is worth, the most first."""

    MATCH = "match", gettext_lazy("Overeenkomst")
    PROPOSAL = "proposal", gettext_lazy("Misschien")
    LOWER = "lower", gettext_lazy("Lijkt er een beetje op")


RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True)
class Common:
    """One thing that two signals have in common: its kind, whose it is here and whose it is there."""

    kind: str
    here: str
    there: str

    @property
    def level(self) -> str | None:
        """How much it is worth; None where it is worth nothing."""
        parts = {self.here, self.there}
        if self.kind in FIRM:
            return Level.PROPOSAL if parts == {TokenPart.REFERRER} else Level.MATCH
        if self.kind == TokenKind.LOOSE and parts <= set(SUSPECTED):
            return Level.LOWER
        if self.kind in (TokenKind.ALIKE, TokenKind.LOOSE):
            return Level.LOWER if len(parts) == 1 else None
        if parts <= set(SUSPECTED):
            return Level.PROPOSAL
        if parts <= set(IN_DANGER) and TokenPart.PERSON in parts:
            return Level.PROPOSAL
        return Level.LOWER

    @property
    def why(self) -> str:
        """A sentence for a coordinator."""
        words = {"same": SAME[self.kind], "here": PARTS[self.here], "there": PARTS[self.there]}
        if self.here == self.there:
            return _("%(same)s: bij allebei %(here)s.") % words
        return _("%(same)s: hier %(here)s, daar %(there)s.") % words


SAME = {
    TokenKind.PHONE: gettext_lazy("Hetzelfde telefoonnummer"),
    TokenKind.HANDLE: gettext_lazy("Hetzelfde account"),
    TokenKind.PLATE: gettext_lazy("Hetzelfde kenteken"),
    TokenKind.EMAIL: gettext_lazy("Hetzelfde e-mailadres"),
    TokenKind.NICKNAME: gettext_lazy("Dezelfde naam in dezelfde gemeente"),
    TokenKind.ALIKE: gettext_lazy("Een naam in dezelfde gemeente die erop lijkt"),
    TokenKind.LOOSE: gettext_lazy("Een account dat erop lijkt"),
}
PARTS = {
    TokenPart.SUSPECT: gettext_lazy("van de verdachte"),
    TokenPart.PERSON: gettext_lazy("van de persoon om wie het gaat"),
    TokenPart.PEER: gettext_lazy("van iemand in de omgeving"),
    TokenPart.REFERRER: gettext_lazy("van de melder"),
    TokenPart.WORDS: gettext_lazy("in de tekst"),
}


def best(commons: list[Common]) -> str | None:
    """Return the highest level among `commons`; None where there is none."""
    return min((common.level for common in commons if common.level), key=RANK.__getitem__, default=None)


def strength(commons: list[Common]) -> str:
    """Return in words how strong all of `commons` are together."""
    level = best(commons)
    kinds = {common.kind for common in commons if common.level == Level.MATCH}
    if len(kinds) > 1:
        return _("Heel sterk")
    if level == Level.MATCH:
        return _("Sterk")
    names = {common.here for common in commons if common.level == Level.PROPOSAL}
    if level == Level.PROPOSAL:
        return _("Redelijk sterk") if len(names) > 1 else _("Misschien")
    return _("Zwak")


def telling(commons: list[Common]) -> list[Common]:
    """Return what is worth saying of `commons`: the strongest first, and nothing that a stronger one says already."""
    found = sorted(
        {common for common in commons if common.level},
        key=lambda each: (RANK[each.level], each.kind, each.here),
    )
    exact = {common.here for common in found if common.kind == TokenKind.NICKNAME}
    accounts = {common.here for common in found if common.kind == TokenKind.HANDLE}
    return [
        common
        for common in found
        if not (common.kind == TokenKind.ALIKE and common.here in exact)
        and not (common.kind == TokenKind.LOOSE and common.here in accounts)
    ]


def in_kinds(counted: list[tuple[str, int]]) -> list[str]:
    """Return (kind, number) in words, for who may know no more: kind and count only."""
    said = []
    for kind, number in counted:
        words = ngettext(
            "%(same)s in %(n)d andere melding of zaak.",
            "%(same)s in %(n)d andere meldingen of zaken.",
            number,
        )
        said.append(words % {"same": SAME[kind], "n": number})
    return said
