"""Where a signal stands in the list that somebody came from, with the one before it and the one after it."""

from dataclasses import dataclass

from signals.models import Signal
from signals.querysets import UNDECIDED
from signals.queue import paging
from signals.queue.filters import NOWHERE, Filters, Places
from signals.workflow import SignalState

STATES = {
    "nieuw": (SignalState.RECEIVED,),
    "mijn": (SignalState.IN_TRIAGE, SignalState.ASKED),
    "beoordeling": (SignalState.IN_TRIAGE,),
    "antwoord": (SignalState.ASKED,),
    "open": UNDECIDED,
}
SEEN = ("reference", "filed_at", "decided_at", "queue_key")


@dataclass(frozen=True)
class Neighbours:
    """`number` of `total` (0 where the list is longer than a page), and the references before and after ("": none)."""

    number: int
    total: int
    before: str
    after: str


def neighbours_of(user, given, signal: Signal) -> Neighbours | None:
    """Return the neighbours of `signal` in the list that the parameters `given` of the address name; one statement.

    None where they name no list, or the signal is not on that page of it any more.
    """
    tab = given.get("stand", "")
    if tab not in STATES and tab != "besloten":
        return None
    rows, following = _page(user, tab, given)
    references = [row.reference for row in rows]
    if signal.reference not in references:
        return None
    at = references.index(signal.reference)
    whole = not following and not given.get("na")
    return Neighbours(
        number=at + 1,
        total=len(references) if whole else 0,
        before=references[at - 1] if at else "",
        after=references[at + 1] if at + 1 < len(references) else "",
    )


def _page(user, tab: str, given):
    chosen = Filters.read(given, _named(given))
    rows = Signal.objects.visible_to(user).only(*SEEN)
    if tab == "besloten":
        rows = rows.filter(state=SignalState.DECIDED)
        return paging.latest_page(chosen.of_decided(rows, user), "decided_at", given.get("na", ""))
    mine = {"claimed_by": user} if tab == "mijn" else {}
    return paging.triage_page(chosen.signals(rows.filter(**mine), user), STATES[tab], given.get("na", ""))


def _named(given) -> Places:
    """Take a municipality and a network as the address names them: one that does not exist fits no signal."""
    code, slug = given.get("gemeente", ""), given.get("netwerk", "")
    return Places({code: code} if code not in ("", NOWHERE) else {}, {slug: slug} if slug else {})
