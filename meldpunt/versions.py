"""Whether the data of `make run` were made by the tables of this version.

Migrations are made anew until the first release: with the data of an earlier version every page would fail. Afterwards
they are only added to, and data of an earlier version are brought up to date.
"""

import hashlib
import json
from pathlib import Path

from meldpunt.embedded import ServerProblem

CHECKOUT = Path(__file__).resolve().parents[1]
NOTE = "migrations.json"
MADE_HERE = "practice.json"  # there once practice data were made


def fingerprints(checkout: Path = CHECKOUT) -> dict[str, str]:
    """Return a hash of each migration of the product, by its path."""
    files = [path for room in ("meldpunt", "signals", "networks") for path in (checkout / room).rglob("migrations/0*.py")]
    return {str(path.relative_to(checkout)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def check(state: Path, checkout: Path = CHECKOUT) -> None:
    """Raise ServerProblem where the data in `state` were made with migrations that have changed since."""
    note = state / NOTE
    if not note.exists() and not (state / MADE_HERE).exists():
        return
    now = fingerprints(checkout)
    made = json.loads(note.read_text()) if note.exists() else {}
    if not made or any(now.get(path) != hash_ for path, hash_ in made.items()):
        raise ServerProblem(
            f"The data in {state.name}/ were made by another version of Meldpunt and do not fit this one: "
            "`make clean` forgets them, then `make run` starts afresh."
        )


def note(state: Path, checkout: Path = CHECKOUT) -> None:
    """Keep with which migrations the data in `state` were made."""
    (state / NOTE).write_text(json.dumps(fingerprints(checkout), indent=1))
