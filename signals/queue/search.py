"""One search box at the desk: a reference, a place or a state. What was typed never comes back in an address."""

import re
from dataclasses import dataclass

from django.urls import reverse

from signals.models import Case, Signal
from signals.places.gazetteer import gazetteer
from signals.queue.filters import NOWHERE, Places

REFERENCE = re.compile(r"(OV|ZK)?-?([0-9A-Z]{3})-?([0-9A-Z]{3})")
KINDS = ("OV", "ZK")
LOOKALIKES = str.maketrans("OIL", "011")
STATES = {
    "nieuw": "nieuw", "new": "nieuw", "van mij": "mijn", "mijn": "mijn", "mine": "mijn",
    "in beoordeling": "beoordeling", "beoordeling": "beoordeling", "in triage": "beoordeling",
    "wacht op antwoord": "antwoord", "antwoord": "antwoord", "waiting": "antwoord",
    "doorgezet": "doorgezet", "onbevestigd": "doorgezet", "routed": "doorgezet",
    "besloten": "besloten", "decided": "besloten", "open": "open", "te laat": "open&laat=1", "late": "open&laat=1",
}  # fmt: skip
LONGEST = 60


@dataclass(frozen=True)
class Found:
    """Where to go; `kind` (reference, place, state) goes into the reading log."""

    url: str
    kind: str


def find(user, typed: str, places: Places, *, among: str = "queue") -> Found | None:
    """Return where `typed` leads for `user`: to a signal or case, or to the list `among` (queue or cases) filtered."""
    words = " ".join(typed[:LONGEST].split()).lower()
    references = references_of(words)
    if found := next(filter(None, (_reference(user, reference) for reference in references)), None):
        return found
    if len(references) == 1:
        return None
    if words in STATES:
        return Found(f"{reverse('queue')}?stand={STATES[words]}", "state")
    if key := _place(words, places):
        stand = "stand=open&" if among == "queue" else ""
        return Found(f"{reverse(among)}?{stand}{key}", "place")
    return None


def reference_of(words: str) -> str:
    """Return the one reference that `words` is, with its kind ("ov 7k3 m4t"); empty where it is none."""
    found = references_of(words)
    return found[0] if len(found) == 1 else ""


def references_of(words: str) -> list[str]:
    """Return the references that `words` may be as they are written, however they were typed ("ov 7k3 m4t").

    Six symbols alone may be a signal or a case: both. Empty where it is none.
    """
    match = REFERENCE.fullmatch("".join(words.upper().split()))
    if not match:
        return []
    kind, *parts = match.groups()
    symbols = "-".join(part.translate(LOOKALIKES) for part in parts)
    return [f"{each}-{symbols}" for each in ([kind] if kind else KINDS)]


def _reference(user, reference: str) -> Found | None:
    name, rows = ("signal", Signal.objects.visible_to(user))
    if reference.startswith("ZK"):
        name, rows = "case", Case.objects.for_desk(user)
    exists = rows.filter(reference=reference).exists()
    return Found(reverse(name, args=[reference]), "reference") if exists else None


def _place(words: str, places: Places) -> str:
    if not words:
        return ""
    if words in ("onbekend", "unknown"):
        return f"gemeente={NOWHERE}"
    for code, name in places.municipalities.items():
        if name.lower() == words:
            return f"gemeente={code}"
    for slug, name in places.networks.items():
        if words in (f"netwerk {name}".lower(), f"network {name}".lower()):
            return f"netwerk={slug}"
    found = gazetteer().resolve(words)
    code = found.municipality_code if found.how in ("exact", "postcode") else None
    return f"gemeente={code}" if code in places.municipalities else ""
