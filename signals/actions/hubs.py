"""A number or account of somebody suspected that comes back in many signals: told to a coordinator, once per growth."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from signals.actions.tasks import give_task
from signals.matching.strength import FIRM
from signals.models import BlindTag, Hub, NoiseToken, Signal, TokenPart
from signals.models.task import TaskKind
from signals.workflow import SignalState

SIGNALS = 3
TOWNS = 2
RECRUITER = (TokenPart.SUSPECT, TokenPart.WORDS)


@dataclass(frozen=True)
class Size:
    """How far a token has spread."""

    tag: bytes
    kind: str
    signals: int
    towns: int

    @property
    def is_hub(self) -> bool:
        return self.signals >= SIGNALS or self.signals > 1 and self.towns >= TOWNS


def sizes(rows: list[Signal]) -> list[Size]:
    """Return how far the recruiters' tokens in `rows` have spread; one statement. Noise does not count."""
    noise = NoiseToken.objects.filter(tag=OuterRef("tag"))
    firm = BlindTag.objects.filter(kind__in=FIRM, part__in=RECRUITER).exclude(
        signal__state=SignalState.DESTROYED
    )
    tags = firm.filter(signal__in=rows).values("tag")
    spread = firm.filter(~Exists(noise), tag__in=tags).values("tag", "kind")
    spread = spread.annotate(
        n=Count("signal", distinct=True), towns=Count("signal__municipality", distinct=True)
    )
    return [Size(bytes(row["tag"]), row["kind"], row["n"], row["towns"]) for row in spread.order_by("tag")]


def look_at(fresh: list[Signal], *, silent: list[Signal]) -> None:
    """Tell a coordinator about hubs that grew with the signals `fresh`; those of `silent` are only counted anew.

    A hub whose task is still open gets no second one. The caller's transaction holds the signals.
    """
    for rows, aloud in ((fresh, True), (silent, False)):
        grown = _grown([size for size in sizes(rows) if size.is_hub]) if rows else []
        if grown and aloud:
            _tell(grown, rows)


def _grown(found: list[Size]) -> list[bytes]:
    """Keep the sizes of hubs; returns the tags of those that are new or larger than they were. Three statements."""
    kept = Hub.objects.select_for_update().filter(tag__in=[size.tag for size in found]).order_by("tag")
    known = {bytes(hub.tag): hub for hub in kept}
    fresh, grown = [], []
    for size in found:
        hub = known.get(size.tag)
        if hub is None:
            fresh.append(Hub(tag=size.tag, kind=size.kind, signals=size.signals, towns=size.towns))
        elif size.signals > hub.signals or size.towns > hub.towns:
            hub.signals, hub.towns = size.signals, size.towns
            grown.append(hub)
    # Two who compare at once may both meet a new hub: the second waits for the first, and adds nothing.
    Hub.objects.bulk_create(fresh, ignore_conflicts=True)
    Hub.objects.bulk_update(grown, ["signals", "towns"])
    return [bytes(hub.tag) for hub in (*fresh, *grown)]


def _tell(tags: list[bytes], rows: list[Signal]) -> None:
    """Give one task for each signal that made hubs grow, unless a signal of the same hub waits for somebody already."""
    newest, of_signal = {}, {}
    for tag, pk in (
        BlindTag.objects.filter(tag__in=tags, signal__in=rows, part__in=RECRUITER)
        .order_by("signal__filed_at")
        .values_list("tag", "signal")
    ):
        newest[bytes(tag)] = pk
        of_signal.setdefault(pk, set()).add(bytes(tag))
    waiting = Signal.objects.filter(tasks__kind=TaskKind.HUB, tasks__done_at=None)
    told = BlindTag.objects.filter(tag__in=tags, signal__in=waiting.values("pk")).values_list("tag", flat=True)
    told = {bytes(tag) for tag in told}
    by_pk = {row.pk: row for row in rows}
    for pk in dict.fromkeys(newest.values()):
        if told.isdisjoint(tag for tag, signal in newest.items() if signal == pk):
            give_task(TaskKind.HUB, signal=by_pk[pk])
            told |= of_signal[pk]
    Hub.objects.filter(tag__in=tags).update(told_at=timezone.now())
