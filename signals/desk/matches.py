"""What the desk's pages show of matches: each other signal or case side by side with this one, and what differs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.matching import strength
from signals.matching.found import Match, matches_among
from signals.matching.strength import FIRM, Common, Level
from signals.models import Case, Signal, TokenKind
from signals.querysets import UNDECIDED
from signals.workflow import CaseState

BADGES = {
    TokenKind.PHONE: gettext_lazy("zelfde telefoon"),
    TokenKind.HANDLE: gettext_lazy("zelfde account"),
    TokenKind.PLATE: gettext_lazy("zelfde kenteken"),
    TokenKind.EMAIL: gettext_lazy("zelfde e-mailadres"),
    TokenKind.NICKNAME: gettext_lazy("zelfde naam"),
    TokenKind.ALIKE: gettext_lazy("naam lijkt erop"),
    TokenKind.LOOSE: gettext_lazy("account lijkt erop"),
}
ORDER = list(BADGES)
NOISE = {
    TokenKind.PHONE: gettext_lazy("Dit nummer zegt niets"),
    TokenKind.HANDLE: gettext_lazy("Dit account zegt niets"),
    TokenKind.PLATE: gettext_lazy("Dit kenteken zegt niets"),
    TokenKind.EMAIL: gettext_lazy("Dit e-mailadres zegt niets"),
}


@dataclass(frozen=True)
class Fact:
    """One line of a comparison: what it is here and there; `weighs` where a difference may mean somebody else."""

    label: str
    here: str
    there: str
    weighs: bool

    @property
    def differs(self) -> bool:
        return self.weighs and self.here != self.there


@dataclass(frozen=True)
class Side:
    """Another signal or case beside this one: why it is here, how strong, and what can be done with it."""

    other: Signal | Case
    signal: Signal
    why: list[str]
    level: str
    strength: str
    via: list[str]
    facts: list[Fact]
    noise: list[tuple[str, str]]
    join: str
    may_become_one: bool

    @property
    def differing(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.differs]


@dataclass(frozen=True)
class Panel:
    """All that `thing` looks like: matches and proposals, weaker ones apart, and those that were judged.

    `waits`: the thing itself still has to be compared; `unfinished`: others have to, so a match may be missing.
    """

    thing: Signal | Case
    sides: list[Side]
    lower: list[Side]
    judged: list[Side]
    waits: bool
    unfinished: bool

    @property
    def matches(self) -> int:
        return sum(side.level == Level.MATCH for side in self.sides)


def panel_of(user, thing: Signal | Case, signals: list[Signal], to_compare: int) -> Panel:
    """Return the panel of a signal or case; `signals` are the signals of it. One statement.

    `to_compare`: how many signals, these too, still have to be compared (`desk_rail`).
    """
    open_ones, judged = matches_among(user, signals)
    sides = _sides(thing, signals, open_ones)
    waiting = sum(signal.indexed_as == 0 for signal in signals)
    return Panel(
        thing=thing,
        sides=[side for side in sides if side.level != Level.LOWER],
        lower=[side for side in sides if side.level == Level.LOWER],
        judged=_sides(thing, signals, judged),
        waits=waiting > 0,
        unfinished=to_compare > waiting,
    )


def _sides(thing: Signal | Case, signals: list[Signal], matches: list[Match]) -> list[Side]:
    """Put matches with signals of one case together."""
    grouped: dict = {}
    for match in matches:
        grouped.setdefault(match.other.case_id or match.other.pk, []).append(match)
    return [_side(thing, signals, several) for several in grouped.values()]


def _side(thing: Signal | Case, signals: list[Signal], matches: list[Match]) -> Side:
    first = matches[0]
    signal, case = first.other, first.other.case
    commons = strength.telling([common for match in matches for common in match.commons])
    return Side(
        other=case or signal,
        signal=signal,
        why=[common.why for common in commons],
        level=first.level,
        strength=strength.strength(commons) if commons else _("Via een andere melding"),
        via=[step.reference for step in first.via],
        facts=facts_of(thing, case or signal),
        noise=_noise_of(commons),
        join=_join(thing, signal, case),
        may_become_one=_may_become_one(thing, signal),
    )


def _noise_of(commons: list[Common]) -> list[tuple[str, str]]:
    kinds = [kind for kind in FIRM if any(common.kind == kind for common in commons)]
    return [(kind.value, str(NOISE[kind])) for kind in kinds]


def _join(thing: Signal | Case, signal: Signal, case: Case | None) -> str:
    """Return the address that leads to joining, or "" where neither is a case that is open."""
    if isinstance(thing, Case):
        return f"{reverse('join', args=[signal.reference])}?zaak={thing.reference}" if _is_open(thing) else ""
    if case is not None and _is_open(case):
        return f"{reverse('join', args=[thing.reference])}?zaak={case.reference}"
    return ""


def _is_open(case: Case) -> bool:
    return case.state not in (CaseState.CLOSED, CaseState.DESTROYED)


def _may_become_one(thing: Signal | Case, signal: Signal) -> bool:
    both = isinstance(thing, Signal) and thing.case_id is None and signal.case_id is None
    return both and thing.state in UNDECIDED and signal.state in UNDECIDED


def facts_of(thing: Signal | Case, other: Signal | Case) -> list[Fact]:
    """Return what stands in clear of both, side by side: first who it is about, then how things stand."""
    about = [
        (_("Leeftijd"), lambda each: each.get_age_band_display()),
        (_("Geslacht"), lambda each: each.get_gender_display()),
        (_("Gemeente"), lambda each: each.municipality.name if each.municipality else _("niet bekend")),
        (_("Vorm"), lambda each: each.get_form_display()),
    ]
    beside = [
        (_("Hoe dringend"), lambda each: each.get_urgency_display()),
        (_("Stand"), _state),
        (_("Sinds"), _since),
    ]
    if isinstance(thing, Signal) and isinstance(other, Signal):
        beside.insert(0, (_("Melder"), lambda each: each.get_referrer_role_display()))
    facts = [Fact(str(label), str(of(thing)), str(of(other)), True) for label, of in about]
    return facts + [Fact(str(label), str(of(thing)), str(of(other)), False) for label, of in beside]


def _state(thing: Signal | Case) -> str:
    decided = getattr(thing, "decision", "")
    return str(thing.get_decision_display() if decided else thing.get_state_display())


def _since(thing: Signal | Case) -> str:
    at = thing.opened_at if isinstance(thing, Case) else thing.filed_at
    return date_format(localtime(at), "j b Y")


def badges_in_words(found: dict) -> list[tuple[str, bool]]:
    """Return the badges of a row, the strongest first: (words, whether it is a match); the weak ones as one."""
    said = []
    for level in (Level.MATCH, Level.PROPOSAL):
        kinds = [kind for kind in ORDER if found.get((level, kind))]
        said += [(f"{BADGES[kind]} {found[(level, kind)]}", level == Level.MATCH) for kind in kinds]
    weak = max((n for (level, _kind), n in found.items() if level == Level.LOWER), default=0)
    if weak and not said:
        said.append((_("lijkt een beetje op %(n)d andere") % {"n": weak}, False))
    return said[:2]
