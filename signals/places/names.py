"""What a place name can mean: the rows it is built from, its meaning, and what a text leads to. Pure data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from signals.places.text import key

EXACT, POSTCODE, SPELLING, NAMESAKE = "exact", "postcode", "spelling", "namesake"
SEVERAL, OUTSIDE, REGION, UNKNOWN = "several", "outside", "region", "unknown"
_CODE = re.compile(r"GM\d{4}")


@dataclass(frozen=True)
class PlaceName:
    """A row of places_overijssel.csv. kind: woonplaats, buurtschap, wijk or spelling."""

    name: str
    kind: str
    municipality_code: str
    ambiguous_with: str = ""
    certain: bool = True


@dataclass(frozen=True)
class Postcode:
    """A row of pc4_overijssel.csv."""

    pc4: str
    place: str
    municipality_code: str
    kind: str = "address"


@dataclass(frozen=True)
class OutsideName:
    """A row of places_outside.csv. A note that begins with "region" means: ask, it is not a place."""

    name: str
    where: str
    note: str = ""
    certain: bool = True


@dataclass(frozen=True)
class Resolution:
    """What a typed place leads to.

    municipality_code: CBS code ("GM0193") or None. how: exact, postcode, spelling, namesake, several, outside,
    region or unknown. name: the name or postcode that matched. other: what else bears the name, or where outside.
    also: other place names in the text. candidates: every municipality it may be. may_be_outside: one of the
    namesakes lies outside the province, so the desk asks. certain: False when the data itself is not sure.
    """

    municipality_code: str | None
    how: str
    name: str = ""
    other: str = ""
    also: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    may_be_outside: bool = False
    certain: bool = True


@dataclass(frozen=True)
class Meaning:
    """What one name can mean, whatever surrounds it."""

    name: str
    code: str | None = None  # the best known, when there is one
    codes: tuple[str, ...] = ()
    outside: bool = False  # the best known lies outside
    may_be_outside: bool = False
    region: bool = False
    other: str = ""
    certain: bool = True
    single: bool = True  # written as one word in the data
    town: bool = False  # may a typing error lead here inside a sentence?
    district: bool = False
    official: bool = True  # not only another spelling


@dataclass(frozen=True)
class Mention:
    """A name found in a text: where (word numbers), what it means, how it was found, and its role."""

    first: int
    after: int
    meaning: Meaning
    how: str = EXACT
    role: str = "plain"  # home, plain, near, away, past, denied
    gap: frozenset[str] = field(default_factory=frozenset)  # words between the one before and this


def meaning_of(rows: list[PlaceName], beyond: OutsideName | None) -> Meaning:
    """Weigh what the data says about one name: this, other or equal best known, here and outside."""
    name = rows[0].name if rows else beyond.name
    region = beyond is not None and beyond.note.startswith("region")
    if not rows:
        return Meaning(name, outside=not region, may_be_outside=True, region=region, other=beyond.where,
                       certain=beyond.certain, single=" " not in name, town=not region)
    codes: dict[str, None] = {}
    weighed: dict[str, set[str]] = {"this": set(), "equal": set(), "other": set()}
    rival = beyond is not None
    for row in rows:
        rivals, _, verdict = row.ambiguous_with.partition("best known:")
        codes.setdefault(row.municipality_code)
        verdict = next((v for v in weighed if verdict.strip().startswith(v)), "this" if not rivals else "equal")
        weighed[verdict].add(row.municipality_code)
        for part in re.split(r";(?![^(]*\))", rivals.removeprefix("other:")):
            if _CODE.search(part):
                codes.update(dict.fromkeys(_CODE.findall(part)))
            elif part.strip() and not part.strip().startswith("polder"):
                rival = True
    best = weighed["this"] or weighed["equal"]
    code = next(iter(weighed["this"])) if len(weighed["this"]) == 1 else None
    candidates = tuple(best if len(best) > 1 else codes)
    if weighed["equal"] and not weighed["this"]:
        candidates = tuple(codes)
    only_other = not best
    if only_other and len(codes) > len({r.municipality_code for r in rows}) and not rival:
        others = [c for c in codes if c not in weighed["other"]]
        code = others[0] if len(others) == 1 else None
        only_other = code is None
    return Meaning(
        name, code, candidates, outside=only_other and beyond is not None and not region,
        may_be_outside=rival and code is None, region=only_other and region,
        other="; ".join(dict.fromkeys(r.ambiguous_with for r in rows if r.ambiguous_with)),
        certain=all(r.certain for r in rows), single=" " not in name.replace("-", " "),
        town=any(r.kind in {"woonplaats", "spelling"} for r in rows) and all(r.certain for r in rows),
        district=any(r.kind == "wijk" for r in rows), official=any(r.kind != "spelling" for r in rows),
    )


def together(meanings: list[Meaning], municipal: Mapping[str, str]) -> Meaning | None:
    """Join names at the same distance: one municipality stays one, otherwise it is open.

    Among names of this province the name of a municipality (`municipal`: key → code) goes before a village.
    """
    towns = sorted([m for m in meanings if m.town] or meanings, key=lambda m: not m.official)
    if len(towns) <= 1:
        return towns[0] if towns else None
    codes = tuple(dict.fromkeys(c for m in towns for c in (m.codes if m.code is None else (m.code,))))
    if all(m.outside for m in towns):
        return towns[0]
    outside = any(m.outside or m.may_be_outside for m in towns)
    names = " / ".join(dict.fromkeys(m.name for m in towns))
    large = [m for m in towns if key(m.name) in municipal]
    if len(codes) == 1 and not outside:
        return replace(towns[0], code=codes[0])
    if len(large) == 1 and not outside:
        return replace(large[0], other=names)
    return Meaning(names, None, codes, may_be_outside=outside)
