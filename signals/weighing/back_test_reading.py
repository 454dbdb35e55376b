"""Opening what was filed, to test the rules with: in the memory of one process, by a coordinator's own keys, logged."""

from collections.abc import Iterator

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.filing import answers
from signals.models import Indicator, Signal
from signals.weighing import urgency, words
from signals.weighing.back_test import Line, came_of
from signals.workflow import SignalState

AT_ONCE = 200


def lines_for(keyring: Keyring) -> Iterator[Line]:
    """Yield a line for each signal of which it is known what it was; a row in the log names each batch.

    Today's rules and weights are applied anew to what was filed. What the keyring does not open is left out.
    """
    rows = {row.code: row for row in Indicator.objects.all()}
    found = Signal.objects.visible_to(keyring.user).filter(state=SignalState.DECIDED).select_related("case")
    keys = list(found.order_by("filed_at").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = list(found.filter(pk__in=keys[start : start + AT_ONCE]).defer("case__shared"))
        known = [(signal, came) for signal in batch if (came := came_of(signal.decision, signal.case))]
        keyring.load([signal.pk for signal, _came in known])
        lines = [line for signal, came in known if (line := _line(keyring, signal, came, rows))]
        record("list", by=keyring.user, purpose="back_test", source="command", rows=[signal for signal, _came in known])
        yield from lines


def _line(keyring: Keyring, signal: Signal, came: tuple[bool, bool], rows: dict[str, Indicator]) -> Line | None:
    try:
        report = content.from_bytes(content.Report, sealed.peek(keyring, signal, "report"))
    except CannotOpen:
        return None
    ticked = [rows[code] for code in report.signs if code in rows]
    signs = [urgency.Sign(row.code, row.urgency, row.weight) for row in ticked]
    flags = words.flags(answers.words_of(report))
    found = urgency.assess(signs, signal.danger_now, signal.age_band, flags)
    return Line(found.level, found.score, frozenset(reason.rule for reason in found.reasons), *came)
