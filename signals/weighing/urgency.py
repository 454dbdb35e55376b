"""How soon a signal must be read, explained in sentences. Pure; the rules are data, with a version.

The level follows the project's rule (data/practice_reports.md): acute = danger now or any acute sign; urgent = any
urgent sign, under 12, or a minor with a sign of weight 3; else normal. Danger in somebody's own words counts as the
sign that it stands for. The score only orders inside a level. Not a validated risk judgement: it sorts, a coordinator
decides and can override.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from signals.weighing import words

VERSION = "2026.2"
ACUTE, URGENT, NORMAL = "acute", "urgent", "normal"
MINOR = frozenset({"under_12", "12_15", "16_17", "<12", "12-15", "16-17"})
UNDER_12 = frozenset({"under_12", "<12"})


def _(message: str) -> str:
    """Mark a message id for translation; the screen translates it."""
    return message


class Rule(NamedTuple):
    """One rule: its code, the Dutch sentence (%(sign)s is filled in), its points, its level and its source."""

    code: str
    text_nl: str
    points: int
    level: str
    source: str


_OWN = "eigen voorstel, niet gevalideerd; domain-nl §2"
RULES = {
    rule.code: rule
    for rule in (
        Rule("danger_now", _("De melder zegt dat er nu gevaar is."), 100, ACUTE, "product: Filing"),
        Rule("acute_sign", _("Dit teken is acuut: %(sign)s."), 40, ACUTE, _OWN),
        Rule("acute_words", _("In de eigen woorden staat acuut gevaar: %(sign)s."), 40, ACUTE, _OWN),
        Rule("under_12", _("Het gaat om een kind jonger dan 12 jaar."), 20, URGENT, _OWN),
        Rule("urgent_sign", _("Dit teken vraagt om spoed: %(sign)s."), 10, URGENT, _OWN),
        Rule("urgent_words", _("In de eigen woorden staat iets dat om spoed vraagt: %(sign)s."), 10, URGENT, _OWN),
        Rule("minor_heavy_sign", _("Het gaat om een minderjarige en dit teken weegt zwaar: %(sign)s."), 8, URGENT, _OWN),
        Rule("danger_unknown", _("De melder weet niet of er nu gevaar is."), 4, NORMAL, _OWN),
        Rule("fast_change", _("De verandering ging snel."), 3, NORMAL, "domain-nl §2: snelle verandering"),
        Rule("combination", _("Er zijn tekens uit drie of meer groepen samen."), 3, NORMAL, "domain-nl §2: combinatie"),
        Rule("minor", _("Het gaat om een minderjarige."), 3, NORMAL, "domain-nl §2: minderjarigen"),
        Rule("advice", _("De melder vraagt alleen om advies. Deel niets zonder te vragen."), 0, NORMAL, "product: Filing"),
        Rule("waited", _("Niemand besliste binnen de afgesproken tijd."), 10, URGENT, "product: Nothing disappears"),
        Rule("sign", _("Dit teken telt mee: %(sign)s."), 0, NORMAL, _OWN),
    )
}
FAST_CHANGE = frozenset({"GD01", "RE02"})
_ORDER = {ACUTE: 0, URGENT: 1, NORMAL: 2}

FLAG_TEXT = {
    "locked_up": _("iemand is opgesloten"), "wants_to_die": _("iemand wil niet meer leven"),
    "death_or_weapon_threat": _("bedreiging met de dood of een wapen"), "recent_violence": _("geweld of verkrachting"),
    "missing_now": _("iemand is vermist"), "taken_away_soon": _("iemand wordt binnenkort weggebracht"),
    "explosive_or_violence_job": _("een opdracht met een explosief of geweld"), "organ": _("een orgaan afstaan"),
    "blackmail_with_images": _("chantage"), "threat": _("bedreiging of dwang"),
    "papers_taken": _("papieren zijn afgepakt"), "must_pay_off": _("een schuld die moet worden afbetaald"),
    "money_taken": _("geld moet worden afgegeven"), "forced_sex": _("gedwongen seks"),
    "must_do_crime": _("een opdracht die strafbaar is"),
    "self_harm": _("iemand beschadigt zichzelf"), "forced_marriage": _("een gedwongen huwelijk"),
    "not_allowed_out": _("iemand mag niet naar buiten"), "watched": _("iemand wordt in de gaten gehouden"),
}


@dataclass(frozen=True)
class Sign:
    """A sign that was ticked: code, urgency (acute, urgent, normal), weight 1-3 and the text of its tick box."""

    code: str
    urgency: str
    weight: int
    text: str = ""


@dataclass(frozen=True)
class Reason:
    """Why: the rule, its message id, the sign's code or the flag (None: neither), its text, and the points."""

    rule: str
    text: str
    sign: str | None
    sign_text: str
    points: int

    def __str__(self) -> str:
        return self.text % {"sign": self.sign_text or self.sign or ""}


@dataclass(frozen=True)
class Assessment:
    """The level (acute, urgent, normal), a score that orders within it, the reasons (strongest first), the version."""

    level: str
    score: int
    reasons: tuple[Reason, ...]
    version: str = VERSION


def assess(
    signs: Iterable[Sign], danger_now: str, age_band: str, words_flags: Iterable[str] = ()
) -> Assessment:
    """Assess the ticked signs.

    `danger_now`: yes, no or unknown. `age_band`: as in the vocabulary (also "<12", "12-15", "16-17").
    `words_flags`: what `signals.weighing.words.flags` found in the own words. Unknown codes and flags are left out.
    """
    ticked = list({sign.code: sign for sign in signs}.values())
    reasons = [_of_sign(sign, age_band) for sign in ticked]
    for flag in sorted(set(words_flags) & FLAG_TEXT.keys()):
        rule = "acute_words" if flag in words.ACUTE else "urgent_words"
        reasons.append(_reason(rule, flag, FLAG_TEXT[flag]))
    for code, holds in (
        ("danger_now", danger_now == "yes"),
        ("danger_unknown", danger_now == "unknown"),
        ("under_12", age_band in UNDER_12),
        ("minor", age_band in MINOR - UNDER_12),
        ("fast_change", any(sign.code in FAST_CHANGE for sign in ticked)),
        ("combination", len({sign.code[:2] for sign in ticked}) >= 3),
    ):
        if holds:
            reasons.append(_reason(code))
    reasons.sort(key=lambda r: (_ORDER[RULES[r.rule].level], -r.points, r.sign or ""))
    level = RULES[reasons[0].rule].level if reasons else NORMAL
    return Assessment(level, sum(reason.points for reason in reasons), tuple(reasons))


def aged(level: str, score: int) -> tuple[str, int]:
    """Return level and score of a signal on which nobody decided in time: the rule "waited", from clear fields only.

    Normal becomes urgent. Age alone never makes acute: that is danger, and the ladder of the clock does the rest.
    """
    rule = RULES["waited"]
    return min(level, rule.level, key=_ORDER.__getitem__), score + rule.points


def _of_sign(sign: Sign, age_band: str) -> Reason:
    rule = {ACUTE: "acute_sign", URGENT: "urgent_sign"}.get(sign.urgency, "sign")
    if rule == "sign" and sign.weight >= 3 and age_band in MINOR:
        rule = "minor_heavy_sign"
    return _reason(rule, sign.code, sign.text, sign.weight)


def _reason(rule: str, sign: str | None = None, text: str = "", extra: int = 0) -> Reason:
    return Reason(rule, RULES[rule].text_nl, sign, text, RULES[rule].points + extra)
