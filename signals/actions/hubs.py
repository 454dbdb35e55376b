"""A number or account of somebody suspected that comes back in many signals: told to a coordinator, once per growth."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from signals.actions.tasks import give_task
from signals.matching.strength import FIRM
from signals.models import BlindTag, Hub, NoiseToken, Signal, Task, TokenPart
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
        grown = [size for size in sizes(rows) if size.is_hub and _grew(size)] if rows else []
        if grown and aloud:
            _tell([size.tag for size in grown], rows)


def _grew(size: Size) -> bool:
    """Keep the size of a hub; tells whether it is larger than it was when it was last told."""
    values = {"kind": size.kind, "signals": size.signals, "towns": size.towns}
    hub, made = Hub.objects.select_for_update().get_or_create(tag=size.tag, defaults=values)
    if made:
        return True
    grew = size.signals > hub.signals or size.towns > hub.towns
    if grew:
        Hub.objects.filter(pk=hub.pk).update(signals=size.signals, towns=size.towns)
    return grew


def _tell(tags: list[bytes], rows: list[Signal]) -> None:
    """Give one task for each signal that made hubs grow, unless a signal of the same hub waits for somebody already."""
    newest: dict = {}
    for tag, pk in (
        BlindTag.objects.filter(tag__in=tags, signal__in=rows, part__in=RECRUITER)
        .order_by("signal__filed_at")
        .values_list("tag", "signal")
    ):
        newest[bytes(tag)] = pk
    by_pk = {row.pk: row for row in rows}
    for pk in dict.fromkeys(newest.values()):
        of_hubs = [tag for tag, signal in newest.items() if signal == pk]
        waiting = Task.objects.filter(kind=TaskKind.HUB, done_at=None, signal__blind_tags__tag__in=of_hubs)
        if not waiting.exists():
            give_task(TaskKind.HUB, signal=by_pk[pk])
    Hub.objects.filter(tag__in=tags).update(told_at=timezone.now())
