"""Testing the rules of urgency against what came of it (reference/desk.md, feature 8). Pure: no content leaves here.

A signal counts once it is known what it was: real where its case ended as something other than no trafficking, not
real where it was no signal or no trafficking. What was lost, moved, advice or a duplicate says nothing, and is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from signals.vocabulary import Outcome, Safety
from signals.weighing.urgency import NORMAL, RULES, VERSION
from signals.workflow import CaseState, Decision

REAL = {Outcome.HANDLED_IN_NETWORK, Outcome.YOUTH_CARE, Outcome.POLICE, Outcome.REFERRED_ELSEWHERE}
THRESHOLDS = (5, 10, 15, 20, 30, 40, 60, 80, 100)


@dataclass(frozen=True)
class Line:
    """One signal: level and score by today's rules, the rules that held, and whether it was real and serious."""

    level: str
    score: int
    rules: frozenset[str]
    real: bool
    serious: bool


def came_of(decision: str, case) -> tuple[bool, bool] | None:
    """Return (real, serious) of a signal with this decision and case (or None), None where nothing is known yet."""
    if decision == Decision.NO_SIGNAL:
        return False, False
    if case is None or case.state != CaseState.CLOSED:
        return None
    if case.outcome == Outcome.NO_TRAFFICKING:
        return False, False
    if case.outcome not in REAL:
        return None
    serious = bool(case.youth_care_needed) or case.outcome == Outcome.POLICE or case.safe_now == Safety.NO
    return True, serious


def examine(lines: Iterable[Line]) -> dict:
    """Return what the rules did, as plain data: each factor, each level, the misses, and other thresholds.

    `lift` of a factor is the share that was real with it, divided by the share without it (None: nothing to divide by).
    """
    lines = list(lines)
    alarmed = [line for line in lines if line.level != NORMAL]
    return {
        "version": VERSION,
        "examined": len(lines),
        "real": sum(line.real for line in lines),
        "factors": [_factor(rule, lines) for rule in RULES if any(rule in line.rules for line in lines)],
        "levels": [_level(level, lines) for level in ("acute", "urgent", "normal")],
        "false_alarms": sum(not line.real for line in alarmed),
        "false_alarms_by_rule": {
            rule: number
            for rule in RULES
            if RULES[rule].level != NORMAL
            and (number := sum(rule in line.rules and not line.real for line in alarmed))
        },
        "serious_but_normal": sum(line.serious and line.level == NORMAL for line in lines),
        "thresholds": [_threshold(score, lines) for score in THRESHOLDS],
    }


def _share(lines: list[Line]) -> float | None:
    return round(sum(line.real for line in lines) / len(lines), 3) if lines else None


def _factor(rule: str, lines: list[Line]) -> dict:
    with_it = [line for line in lines if rule in line.rules]
    share, without = _share(with_it), _share([line for line in lines if rule not in line.rules])
    lift = round(share / without, 2) if share is not None and without else None
    return {"rule": rule, "seen": len(with_it), "real": sum(line.real for line in with_it), "share": share, "lift": lift}


def _level(level: str, lines: list[Line]) -> dict:
    mine = [line for line in lines if line.level == level]
    return {"level": level, "signals": len(mine), "real": sum(line.real for line in mine), "share": _share(mine)}


def _threshold(score: int, lines: list[Line]) -> dict:
    """What would have happened had every signal from this score on been urgent, and no other."""
    raised = [line for line in lines if line.score >= score]
    missed = sum(line.serious and line.score < score for line in lines)
    return {
        "score": score,
        "raised": len(raised),
        "real": sum(line.real for line in raised),
        "false_alarms": sum(not line.real for line in raised),
        "serious_missed": missed,
    }
