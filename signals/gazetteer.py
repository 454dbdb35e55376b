"""The names of places as the database has them now, ready to read a typed place with. Built once in five minutes."""

import time

from meldpunt.teams.models import Coverage, Municipality
from signals.models import OutsidePlace, Place, Postcode, Signal
from signals.place_names import Resolution
from signals.places import Gazetteer, OutsideName, PlaceName
from signals.places import Postcode as PostcodeRow
from signals.routing import Proposal, network_for

SECONDS = 300
OUTSIDE = "outside"
_kept: tuple[float, Gazetteer] | None = None


def gazetteer() -> Gazetteer:
    """Return the names of this process; what an administrator changes takes part after five minutes at most."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > SECONDS:
        built = build()
        if not built.municipalities:
            return built
        _kept = time.monotonic(), built
    return _kept[1]


def build() -> Gazetteer:
    """Read all names, postcodes and coverage (network slugs) from the database: five statements."""
    names = Place.objects.values_list("name", "kind", "municipality_id", "ambiguous_with", "certain")
    postcodes = Postcode.objects.values_list("pc4", "place", "municipality_id", "kind")
    outside = OutsidePlace.objects.values_list("name", "where", "note", "certain")
    return Gazetteer(
        [PlaceName(*row) for row in names],
        [PostcodeRow(*row) for row in postcodes],
        [OutsideName(*row) for row in outside],
        dict(Municipality.objects.values_list("code", "name")),
        dict(Coverage.objects.values_list("municipality_id", "team__slug")),
    )


def proposal_for(signal: Signal, name: str = "") -> Proposal:
    """Propose a network (its slug) for what is kept of a signal's place; `name` is the place as typed, where it is open."""
    codes = tuple(code for code in signal.place_candidates if code != OUTSIDE)
    beyond = OUTSIDE in signal.place_candidates
    kept = Resolution(signal.municipality_id, signal.place_how, name, candidates=codes, may_be_outside=beyond)
    known = gazetteer()
    return network_for(signal.municipality_id, known.coverage, kept, known.municipalities)
