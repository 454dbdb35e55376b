"""The names of places as the database has them now, ready to read a typed place with. Built again when one changes."""

import time
from dataclasses import dataclass

from django.db import connection

from meldpunt.teams.models import Coverage, Municipality
from signals.models import OutsidePlace, Place, Postcode, Signal
from signals.places.names import Resolution
from signals.places.resolving import Gazetteer, OutsideName, PlaceName
from signals.places.resolving import Postcode as PostcodeRow
from signals.routing import Proposal, network_for

OUTSIDE = "outside"
TABLES = ("signals_place", "signals_postcode", "signals_outsideplace", "teams_municipality", "teams_coverage")
FINGERPRINT = "SELECT " + ", ".join(
    f"(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t)" for table in TABLES
)
SECONDS = 5  # so long a process trusts what it has read


@dataclass
class Kept:
    """What a process has read, and when it last made sure that it still holds (a time of the monotonic clock)."""

    names: Gazetteer
    fingerprint: tuple
    checked_at: float


_kept: Kept | None = None


def gazetteer() -> Gazetteer:
    """Return the names. Every five seconds one statement asks whether any row has changed since they were read."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept.checked_at >= SECONDS:
        found = fingerprint()
        same = _kept is not None and _kept.fingerprint == found
        _kept = Kept(_kept.names if same else build(), found, now)
    return _kept.names


def forget() -> None:
    """Read the names anew at the next question: something was changed in this process."""
    global _kept
    _kept = None


def fingerprint() -> tuple:
    """Return a number for each table that a gazetteer is built from; it differs as soon as one row does."""
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        return cursor.fetchone()


def build() -> Gazetteer:
    """Read all names, postcodes and coverage (network slugs) from the database: five statements."""
    names = Place.objects.filter(removed_at=None).values_list(
        "name", "kind", "municipality_id", "ambiguous_with", "certain"
    )
    postcodes = Postcode.objects.values_list("pc4", "place", "municipality_id", "kind")
    outside = OutsidePlace.objects.values_list("name", "where", "note", "certain")
    return Gazetteer(
        [PlaceName(*row) for row in names],
        [PostcodeRow(*row) for row in postcodes],
        [OutsideName(*row) for row in outside],
        dict(Municipality.objects.values_list("code", "name")),
        dict(Coverage.objects.values_list("municipality_id", "team__slug")),
    )


def proposal_for(signal: Signal, name: str = "", *, known: Gazetteer | None = None) -> Proposal:
    """Propose a network (its slug) for what is kept of a signal's place; `name` is the place as typed, where it is open.

    `known`: the names, where they are at hand; saves a statement.
    """
    codes = tuple(code for code in signal.place_candidates if code != OUTSIDE)
    beyond = OUTSIDE in signal.place_candidates
    kept = Resolution(signal.municipality_id, signal.place_how, name, candidates=codes, may_be_outside=beyond)
    known = known or gazetteer()
    return network_for(signal.municipality_id, known.coverage, kept, known.municipalities)
