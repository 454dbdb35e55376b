"""Why a signal is urgent, in the language of the reader. What was filed holds each reason in Dutch, as it was then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from signals.models import Indicator
from signals.weighing.urgency import FLAG_TEXT, RULES


def signs_for(reasons: Iterable[Iterable[str]]) -> Mapping[str, Indicator]:
    """Return the signs by code that `said` needs for these reasons [text, rule, sign, …]; no statement in Dutch."""
    if get_language() == "nl":
        return {}
    codes = {sign for _text, _rule, sign, *_points in reasons} - {"", *FLAG_TEXT}
    return Indicator.objects.in_bulk(codes) if codes else {}


def said(text: str, rule: str, sign: str, signs: Mapping[str, Indicator]) -> str:
    """Return a reason in words: `text`, as it was filed, in Dutch or where the rule or sign is not known any more."""
    if get_language() == "nl" or rule not in RULES:
        return text
    if sign and sign not in FLAG_TEXT and sign not in signs:
        return text
    named = gettext(FLAG_TEXT[sign]) if sign in FLAG_TEXT else signs[sign].description if sign else ""
    return gettext(RULES[rule].text_nl) % {"sign": named}


def in_short(text: str, rule: str, sign: str, signs: Mapping[str, Indicator]) -> str:
    """Return a reason for a row beside a chip that says how urgent it is: the sign itself, without "this is urgent".

    Where the rule names no sign, its whole sentence.
    """
    words = said(text, rule, sign, signs)
    if rule not in RULES or "%(sign)s" not in RULES[rule].text_nl:
        return words
    before, after = gettext(RULES[rule].text_nl).split("%(sign)s")
    if not words.startswith(before):
        return words
    short = words[len(before) :].removesuffix(after).rstrip(".")
    return short[:1].upper() + short[1:]


@dataclass(frozen=True)
class Why:
    """One reason for the urgency: its sentence, the rule's code and the points (None: filed before they were kept)."""

    text: str
    rule: str
    points: int | None

    def __str__(self) -> str:
        return self.text

    @property
    def number(self) -> int | None:
        """The place of the rule in the list of rules, from 1; None where this version has no such rule."""
        codes = list(RULES)
        return codes.index(self.rule) + 1 if self.rule in RULES else None


def why_of(reasons: Iterable[list]) -> list[Why]:
    """Return the reasons [text, rule, sign, points] of a filed signal in words; at most one statement."""
    reasons = list(reasons)
    known = signs_for(reasons)
    return [Why(said(*reason[:3], known), reason[1], reason[3] if len(reason) > 3 else None) for reason in reasons]
