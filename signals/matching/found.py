"""Who else has the same tags: reads only, without a key. Every read starts at what the user may see (law 4)."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from signals.matching import strength
from signals.matching.strength import FIRM, RANK, Common, Level
from signals.models import BlindTag, Case, NoiseToken, NotSame, Signal
from signals.querysets import signals_kept_from
from signals.workflow import SignalState

HOPS = 3
WIDEST = (
    60  # signals that are followed for one token: what more than that share is noise that nobody marked yet
)
SHOWN = 30
MOST_FOUND = 50
MOST_TAGS = 500
LOUD = "NOT EXISTS (SELECT 1 FROM signals_noisetoken n WHERE n.tag = a.tag)"

# Signals within three steps: the first along every kind of tag, the others along matches only.
REACHED = f"""
    WITH RECURSIVE step (signal_id, hop) AS (
        SELECT unnest(%s::uuid[]), 0
        UNION
        SELECT b.signal_id, s.hop + 1
        FROM step s
        JOIN signals_blindtag a ON a.signal_id = s.signal_id AND (s.hop = 0 OR a.kind = ANY(%s))
        CROSS JOIN LATERAL (SELECT signal_id FROM signals_blindtag b WHERE b.tag = a.tag LIMIT {WIDEST}) b
        WHERE s.hop < {HOPS} AND {LOUD}
    )
    SELECT signal_id FROM step WHERE hop > 0
"""
# What a signal has in common with each other one: [[other, kind, whose it is here, whose it is there]].
SHARED = f"""
    SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_array(b.signal_id, a.kind, a.part, b.part)), '[]')
    FROM signals_blindtag a
    CROSS JOIN LATERAL (
        SELECT signal_id, part FROM signals_blindtag b
        WHERE b.tag = a.tag AND b.signal_id <> a.signal_id
        ORDER BY b.signal_id = ANY(%s) DESC LIMIT {WIDEST}
    ) b
    WHERE a.signal_id = signals_signal.id AND {LOUD}
"""
# The same for a row of a list, as far as the reader may see the others: [[case or signal, kind, here, there]].
ON_A_ROW = f"""
    SELECT jsonb_agg(DISTINCT jsonb_build_array(coalesce(o.case_id, o.id), a.kind, a.part, b.part))
    FROM signals_blindtag a
    CROSS JOIN LATERAL (
        SELECT signal_id, part FROM signals_blindtag b
        WHERE b.tag = a.tag AND b.signal_id <> a.signal_id LIMIT {WIDEST}
    ) b
    JOIN signals_signal o ON o.id = b.signal_id
    WHERE a.signal_id = signals_signal.id AND {LOUD} AND o.state <> 'destroyed' AND o.id IN (__SEEN__)
    AND (o.case_id IS NULL OR o.case_id IS DISTINCT FROM signals_signal.case_id)
    AND NOT EXISTS (
        SELECT 1 FROM signals_notsame x
        WHERE x.signal_id = signals_signal.id AND (x.other_signal_id = o.id OR x.other_case_id = o.case_id)
        OR x.signal_id = o.id AND x.other_case_id = signals_signal.case_id
    )
"""


def loud(tags: QuerySet) -> QuerySet:
    """Leave out tags that are noise."""
    return tags.exclude(Exists(NoiseToken.objects.filter(tag=OuterRef("tag"))))


@dataclass
class Match:
    """Another signal and what it has in common with the own ones; `via` the signals between, along a chain."""

    other: Signal
    commons: list[Common] = field(default_factory=list)
    via: list[Signal] = field(default_factory=list)

    @property
    def level(self) -> str:
        """How much it is worth; a chain of matches is a match."""
        return Level.MATCH if self.via else strength.best(self.commons)

    @property
    def why(self) -> list[str]:
        """The reasons in sentences, the strongest first."""
        return [common.why for common in self.commons]


def _is_firm(commons) -> bool:
    return any(common.level == Level.MATCH for common in commons)


def _rows(user, signals: list[Signal]) -> dict:
    """Return {pk: signal} of what `user` may see within reach of `signals`, each with `shared` and `judged`."""
    own, cases = [signal.pk for signal in signals], [signal.case_id for signal in signals if signal.case_id]
    same = Q(other_signal=OuterRef("pk")) | Q(other_case=OuterRef("case"))
    judged = Exists(NotSame.objects.filter(same, signal__in=own))
    judged |= Exists(NotSame.objects.filter(signal=OuterRef("pk"), other_case__in=cases))
    firm = [str(kind) for kind in FIRM]
    rows = Signal.objects.visible_to(user).filter(pk__in=RawSQL(REACHED, [own, firm])).exclude(pk__in=own)  # noqa: S611
    rows = rows.exclude(state=SignalState.DESTROYED).select_related(
        "case", "municipality", "case__municipality"
    )
    shared = RawSQL(SHARED, [own], output_field=JSONField())  # noqa: S611
    rows = rows.annotate(judged=judged, shared=shared).order_by("-filed_at")
    return {
        row.pk: row
        for row in rows.defer("report", "headline", "filed_once", "case__shared")
    }


def _edges(known: dict, own: set) -> dict:
    """Return {signal: {other: [Common]}} among `known` and `own`, as seen from the first."""
    names = {str(pk): pk for pk in [*known, *own]}
    found = defaultdict(lambda: defaultdict(list))
    for row in known.values():
        for other, kind, there, here in row.shared:
            common = Common(kind, here, there)
            if other in names and common.level:
                found[names[other]][row.pk].append(common)
    return found


def matches_among(user, signals: list[Signal]) -> tuple[list[Match], list[Match]]:
    """Return the matches of `signals` (of one case, or one signal) for `user`: to look at, and judged as not the same.

    The strongest first; one statement. Directly by all kinds of tags, further along matches only (A like B, B like C).
    Whoever is shielded from a signal gets neither it nor what leads through it.
    """
    known, own = _rows(user, signals), {signal.pk for signal in signals}
    edges, found = _edges(known, own), {}
    for one in own:
        for other, commons in edges[one].items():
            found.setdefault(other, Match(known[other])).commons.extend(commons)
    front = {pk: [] for pk, match in found.items() if _is_firm(match.commons)}
    reached = set(front)
    while front and len(next(iter(front.values()))) < HOPS - 1:
        further = {}
        for one, between in front.items():
            for other, commons in edges[one].items():
                if other not in own and other not in reached and _is_firm(commons):
                    further.setdefault(other, [*between, known[one]])
        for pk, between in further.items():
            found.setdefault(pk, Match(known[pk])).via = between
        reached |= set(further)
        front = further
    return _sorted(list(found.values()), {signal.case_id for signal in signals} - {None})


def _sorted(matches: list[Match], cases: set) -> tuple[list[Match], list[Match]]:
    matches = [match for match in matches if match.other.case_id is None or match.other.case_id not in cases]
    for match in matches:
        match.commons = strength.telling(match.commons)
    matches.sort(key=lambda match: (RANK[match.level], len(match.via), -len(match.commons)))
    return [m for m in matches if not m.other.judged][:SHOWN], [m for m in matches if m.other.judged][:SHOWN]


def matches_of(user, thing: Signal | Case) -> list[Match]:
    """Return what a signal or case has in common with others that `user` may see, the strongest first."""
    signals = (
        [thing]
        if isinstance(thing, Signal)
        else list(thing.signals.defer("report", "headline", "filed_once"))
    )
    return matches_among(user, signals)[0] if signals else []


def with_badges(rows: QuerySet, user) -> QuerySet:
    """Let each of `rows` (signals) bring along what it has in common with others, as `beside`; no statement of its own."""
    try:
        seen, parameters = Signal.objects.visible_to(user).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return rows.annotate(beside=Value(None, output_field=JSONField()))
    return rows.annotate(
        beside=RawSQL(ON_A_ROW.replace("__SEEN__", seen), parameters, output_field=JSONField())
    )  # noqa: S611


def counts(beside: list | None) -> dict:
    """Return {(level, kind): number of others} of what `with_badges` brought; signals of one case count once."""
    others = defaultdict(set)
    for other, kind, here, there in beside or ():
        if level := Common(kind, here, there).level:
            others[(level, kind)].add(other)
    return {key: len(things) for key, things in others.items()}


def holders_of(user, tags: list[bytes]) -> list[Signal]:
    """Return the signals that `user` may see with one of `tags`, the newest first, each with `kinds`; one statement."""
    has = BlindTag.objects.filter(signal=OuterRef("pk"), tag__in=tags).values("kind").distinct()
    rows = Signal.objects.visible_to(user).exclude(state=SignalState.DESTROYED)
    rows = rows.filter(pk__in=BlindTag.objects.filter(tag__in=tags).values("signal")).annotate(
        kinds=ArraySubquery(has)
    )
    rows = rows.select_related("case", "municipality").order_by("-filed_at")
    return list(
        rows.defer("report", "headline", "filed_once", "case__shared")[:MOST_FOUND]
    )


def kinds_around(user, case: Case) -> list[tuple[str, int]]:
    """Return (kind, number) of matches of a case with other signals and cases, for a network member: no more than that.

    Nothing that `user` is shielded from is in the numbers; one statement.
    """
    own = BlindTag.objects.filter(signal__case=case, kind__in=FIRM).values("tag")
    rows = BlindTag.objects.filter(tag__in=own).exclude(signal__in=signals_kept_from(user))
    rows = loud(rows).exclude(signal__state=SignalState.DESTROYED)
    rows = rows.exclude(Exists(NotSame.objects.filter(signal=OuterRef("signal"), other_case=case)))
    here, there = defaultdict(set), defaultdict(set)
    for tag, kind, part, signal, of in rows.values_list("tag", "kind", "part", "signal", "signal__case")[
        :MOST_TAGS
    ]:
        if of == case.pk:
            here[(bytes(tag), kind)].add(part)
        else:
            there[(bytes(tag), kind)].add((part, of or signal))
    found = defaultdict(set)
    for (tag, kind), others in there.items():
        for part, thing in others:
            if any(Common(kind, mine, part).level == Level.MATCH for mine in here[(tag, kind)]):
                found[kind].add(thing)
    return [(kind, len(found[kind])) for kind in FIRM if found[kind]]
