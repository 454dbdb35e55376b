"""Who else has the same tags: reads only, without a key. Every read starts at what the user may see (law 4)."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from signals.matching import strength
from signals.matching.strength import FIRM, RANK, Common, Level
from signals.models import BlindTag, Case, NoiseToken, NotSame, Signal
from signals.workflow import SignalState

HOPS = 3
MOST = 400  # tags at a time: a token that hundreds share is noise that nobody marked yet
SHOWN = 30


@dataclass
class Match:
    """Another signal and what it has in common with the own ones; `via` the signals between, along a chain."""

    other: Signal
    commons: list[Common] = field(default_factory=list)
    via: list[Signal] = field(default_factory=list)
    hops: int = 1

    @property
    def level(self) -> str:
        """How much it is worth; a chain of matches is a match."""
        return strength.best(self.commons) or (Level.MATCH if self.hops > 1 else Level.LOWER)

    @property
    def why(self) -> list[str]:
        """The reasons in sentences, the strongest first."""
        return [common.why for common in self.commons]

    @property
    def strength(self) -> str:
        """How strong it is, in words."""
        return strength.strength(self.commons)


def loud(rows: QuerySet) -> QuerySet:
    """Leave out tags that are noise."""
    return rows.exclude(Exists(NoiseToken.objects.filter(tag=OuterRef("tag"))))


def _seen(user) -> QuerySet:
    return Signal.objects.visible_to(user).exclude(state=SignalState.DESTROYED).values("pk")


def _beside(user, own: set, tags) -> list[tuple]:
    """Return (tag, kind, part, signal) of all signals that `user` may see and that have one of `tags`, own ones too."""
    rows = loud(BlindTag.objects.filter(Q(signal__in=_seen(user)) | Q(signal__in=own), tag__in=tags))
    rows = rows.order_by("-signal__filed_at").values_list("tag", "kind", "part", "signal")
    return [(bytes(tag), *rest) for tag, *rest in rows[:MOST]]


def _edges(rows: list[tuple], own: set) -> dict:
    """Return {(own, other): [Common]} for rows with the same tag."""
    by_tag = defaultdict(list)
    for tag, kind, part, signal in rows:
        by_tag[tag].append((kind, part, signal))
    found = defaultdict(set)
    for several in by_tag.values():
        for kind, here, one in several:
            if one not in own:
                continue
            for _kind, there, other in several:
                common = Common(kind, here, there)
                if other not in own and common.level:
                    found[(one, other)].add(common)
    return found


def _is_firm(commons) -> bool:
    return any(common.level == Level.MATCH for common in commons)


def around(user, signals: list[Signal], *, chains: bool = True) -> dict:
    """Return {pk: (commons, pks between)} of what `user` may see around `signals`; at most three statements.

    Directly by all kinds of tags, further along matches only (A like B, B like C), three steps at most.
    """
    own = {signal.pk for signal in signals}
    rows = _beside(user, own, BlindTag.objects.filter(signal__in=own).values("tag"))
    found: dict = {}
    for (_one, other), commons in _edges(rows, own).items():
        found.setdefault(other, (set(), ()))[0].update(commons)
    front = {pk: () for pk, (commons, _between) in found.items() if _is_firm(commons)}
    for _step in range(1, HOPS if chains else 1):
        if not front:
            break
        tags = BlindTag.objects.filter(signal__in=list(front), kind__in=FIRM).values("tag")
        rows, further = _beside(user, set(front), tags), {}
        for (one, other), commons in _edges(rows, set(front)).items():
            if other not in own and _is_firm(commons) and not (other in found and _is_firm(found[other][0])):
                further.setdefault(other, (*front[one], one))
        for pk, between in further.items():
            found[pk] = (found[pk][0] if pk in found else set(), between)
        front = further
    return found


def matches_among(user, signals: list[Signal]) -> tuple[list[Match], list[Match]]:
    """Return the matches of `signals` (of one case, or one signal) for `user`: to look at, and judged as not the same.

    The strongest first. Whoever is shielded from a signal gets neither it nor what leads through it.
    """
    found = around(user, signals)
    if not found:
        return [], []
    cases = {signal.case_id for signal in signals} - {None}
    wanted = set(found) | {pk for _commons, between in found.values() for pk in between}
    rows = _with_judgement(signals).filter(pk__in=wanted).visible_to(user)
    known = {row.pk: row for row in rows}
    matches = []
    for pk, (commons, between) in found.items():
        if pk not in known or known[pk].case_id in cases:
            continue
        via = [known[step] for step in between if step in known]
        matches.append(Match(known[pk], strength.telling(list(commons)), via, len(between) + 1))
    matches.sort(
        key=lambda match: (
            RANK[match.level],
            match.hops,
            -len(match.commons),
            -match.other.filed_at.timestamp(),
        )
    )
    return [m for m in matches if not m.other.judged][:SHOWN], [m for m in matches if m.other.judged]


def _with_judgement(signals: list[Signal]) -> QuerySet:
    """Signals with `judged`: whether somebody said that they are not about the person of `signals`."""
    own, cases = [signal.pk for signal in signals], [signal.case_id for signal in signals if signal.case_id]
    same = Q(other_signal=OuterRef("pk")) | Q(other_case=OuterRef("case"))
    judged = NotSame.objects.filter(same, signal__in=own)
    of_case = NotSame.objects.filter(signal=OuterRef("pk"), other_case__in=cases)
    rows = Signal.objects.annotate(judged=Exists(judged) | Exists(of_case)).select_related(
        "case", "municipality"
    )
    return rows.defer("report", "headline", "filed_once", "case__shared", "case__desk_notes")


def matches_of(user, thing: Signal | Case) -> list[Match]:
    """Return what a signal or case has in common with others that `user` may see, the strongest first."""
    signals = (
        [thing]
        if isinstance(thing, Signal)
        else list(thing.signals.defer("report", "headline", "filed_once"))
    )
    return matches_among(user, signals)[0]


def badges(user, rows: list[Signal]) -> dict:
    """Return {pk: {(level, kind): number of others}} for the rows of a list; one statement.

    Signals of one case count once; what was judged as not the same does not count.
    """
    own = {row.pk for row in rows}
    by_tag = defaultdict(list)
    for tag, *rest in _judged_tags(user, own, {row.case_id for row in rows} - {None}):
        by_tag[bytes(tag)].append(rest)
    others = defaultdict(lambda: defaultdict(set))
    for several in by_tag.values():
        for kind, here, pk, case, *_judged in several:
            for _kind, there, other, other_case, signals, cases in several if pk in own else ():
                level = Common(kind, here, there).level
                apart = other != pk and (case is None or case != other_case)
                if level and apart and pk not in signals and case not in cases:
                    others[pk][(level, kind)].add(other_case or other)
    return {pk: {key: len(things) for key, things in found.items()} for pk, found in others.items()}


def _judged_tags(user, own: set, cases: set) -> QuerySet:
    """Return tags that `own` signals have, of all signals that `user` may see: (tag, kind, part, signal, its case, the own
    signals and the own cases that it was judged not to belong to)."""
    same = Q(other_signal=OuterRef("signal")) | Q(other_case=OuterRef("signal__case"))
    judged = NotSame.objects.filter(same, signal__in=own).values("signal")
    of_case = NotSame.objects.filter(signal=OuterRef("signal"), other_case__in=cases).values("other_case")
    tags = BlindTag.objects.filter(tag__in=BlindTag.objects.filter(signal__in=own).values("tag"))
    tags = loud(tags.filter(signal__in=_seen(user)))
    tags = tags.annotate(judged=ArraySubquery(judged), judged_case=ArraySubquery(of_case))
    names = ("tag", "kind", "part", "signal", "signal__case", "judged", "judged_case")
    return tags.order_by("-signal__filed_at").values_list(*names)[: MOST * 10]
