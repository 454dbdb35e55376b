"""Choosing between the names in one text: which of them is where the person lives or sleeps. Pure."""

from __future__ import annotations

from dataclasses import replace

from signals.places import text as vocabulary
from signals.places.names import NAMESAKE, OUTSIDE, REGION, SEVERAL, UNKNOWN, Mention, Resolution
from signals.places.text import Word


def choose(words: list[Word], mentions: list[Mention]) -> Resolution:
    """Return the Resolution for a text with at least one name; `mentions` carry their roles."""
    over_border = _over_border(words)
    mentions = _qualified(words, mentions)
    names = tuple(m.meaning.name for m in mentions)
    mentions = [m for m in mentions if m.role != "denied"]
    places = [m for m in mentions if not m.meaning.region]
    if not places:
        regions = [m.meaning for m in mentions]
        if not regions:
            return Resolution(None, UNKNOWN, also=names)
        return Resolution(None, REGION, regions[0].name, regions[0].other, names[1:])
    pool = _pool(places)
    chosen = pool[0]
    if over_border and not any(m.meaning.outside for m in places):
        return Resolution(None, OUTSIDE, chosen.meaning.name, also=names)
    for other in [m for m in places if m is not chosen]:
        narrowed = _narrow(chosen, other)
        if narrowed is not None:
            chosen = narrowed
        elif other in pool and _rivals(chosen, other):
            return _several(pool, names)
    return _resolution(chosen, tuple(n for n in names if n != chosen.meaning.name))


def _over_border(words: list[Word]) -> bool:
    keys = [w.key for w in words]
    pairs = set(zip(keys, keys[1:], strict=False))
    return bool({("de", "grens"), ("the", "border")} & pairs) and bool({"over", "across", "beyond"} & set(keys))


def _qualified(words: list[Word], mentions: list[Mention]) -> list[Mention]:
    """Let a word behind a name ("ov", "gld", "gem. Tubbergen", "(Duitsland)") choose between its namesakes."""
    kept: list[Mention] = []
    for mention in mentions:
        text = "".join(w.key for w in words[mention.first : mention.after])
        municipal = mention.first and words[mention.first - 1].key in vocabulary.MUNICIPALITY
        adjacent = kept and not (mention.gap - vocabulary.FILLERS - vocabulary.MUNICIPALITY)
        if kept and municipal and adjacent and not mention.meaning.region:
            kept[-1] = _pinned(kept[-1], mention)
        elif kept and adjacent and text in vocabulary.INSIDE:
            kept[-1] = _inside(kept[-1])
        elif kept and adjacent and (text in vocabulary.ELSEWHERE or _is_country(mention)):
            kept[-1] = _elsewhere(kept[-1], mention.meaning.name)
        elif text in vocabulary.COUNTRY_HERE and len(mentions) > 1:
            continue
        else:
            kept.append(mention)
        behind = words[mention.after].key if mention.after < len(words) else ""
        taken = any(m.first == mention.after for m in mentions)
        if kept and kept[-1] is mention and not taken:
            if behind in vocabulary.INSIDE:
                kept[-1] = _inside(mention)
            elif behind in vocabulary.ELSEWHERE:
                kept[-1] = _elsewhere(mention, behind)
    return kept


def _is_country(mention: Mention) -> bool:
    return mention.meaning.other == "country" and mention.meaning.outside and mention.meaning.name != "Nederland"


def _pinned(place: Mention, municipality: Mention) -> Mention:
    """Let "X, gemeente Y" lie in Y, whatever X is best known for."""
    meant = municipality.meaning
    return replace(place, meaning=replace(
        place.meaning, code=meant.code, codes=meant.codes[:1] if meant.code is None else (meant.code,),
        outside=meant.outside, may_be_outside=meant.outside, other=meant.name,
    ))


def _inside(mention: Mention) -> Mention:
    meant = mention.meaning
    code = meant.code or (meant.codes[0] if len(meant.codes) == 1 else None)
    if not meant.codes:
        return mention
    return replace(mention, meaning=replace(meant, code=code, outside=False, may_be_outside=False))


def _elsewhere(mention: Mention, where: str) -> Mention:
    meant = mention.meaning
    elsewhere = replace(meant, code=None, codes=(), outside=True, may_be_outside=True, other=where)
    return replace(mention, meaning=elsewhere)


def _pool(places: list[Mention]) -> list[Mention]:
    """Return the names that may be where the person lives: said to live there, else plain, else near, away, past."""
    if places[0].role == "plain" and not any(m.role == "home" for m in places[1:]):
        return [m for m in places if m.role == "plain"]
    for role in ("home", "plain", "near", "away", "past"):
        pool = [m for m in places if m.role == role]
        if pool:
            return pool
    return places


def _narrow(one: Mention, other: Mention) -> Mention | None:
    """"Berflo Es, Hengelo", "Marle bij Nijverdal": what both may mean; None when they share nothing."""
    theirs = (other.meaning.code,) if other.meaning.code else other.meaning.codes
    shared = [c for c in one.meaning.codes if c in theirs]
    if one.meaning.code and one.meaning.code in shared:
        return one
    if one.meaning.code and not _open(one):
        return None
    if len(shared) == 1:
        return replace(one, meaning=replace(one.meaning, code=shared[0], outside=False, may_be_outside=False))
    if other.role == "near" and other.meaning.code and len(one.meaning.codes) == 1 and not one.meaning.outside:
        return replace(one, meaning=replace(one.meaning, code=one.meaning.codes[0], may_be_outside=False))
    if other.meaning.outside and one.meaning.may_be_outside:
        return replace(one, meaning=replace(one.meaning, code=None, outside=True, other=other.meaning.name))
    return None


def _open(mention: Mention) -> bool:
    """A namesake that the data calls best known here, but that has another municipality of the same name."""
    return len(mention.meaning.codes) > 1


def _rivals(one: Mention, other: Mention) -> bool:
    if one.meaning.outside and other.meaning.outside:
        return False
    return "(" not in other.gap and not (one.meaning.outside and not other.gap & vocabulary.EITHER and other.gap)


def _several(pool: list[Mention], names: tuple[str, ...]) -> Resolution:
    codes = tuple(dict.fromkeys(c for m in pool for c in ((m.meaning.code,) if m.meaning.code else m.meaning.codes)))
    beyond = any(m.meaning.outside or (m.meaning.may_be_outside and not m.meaning.code) for m in pool)
    return Resolution(None, SEVERAL, names[0], "", names[1:], codes, beyond)


def _resolution(chosen: Mention, also: tuple[str, ...]) -> Resolution:
    meant = chosen.meaning
    if meant.outside:
        return Resolution(None, OUTSIDE, meant.name, meant.other, also, meant.codes, True, meant.certain)
    if meant.code is None and not meant.codes:
        return Resolution(None, UNKNOWN, meant.name, "", also)
    if meant.code is None:
        how = NAMESAKE if meant.other else SEVERAL
        return Resolution(None, how, meant.name, meant.other, also, meant.codes, meant.may_be_outside, meant.certain)
    how = chosen.how if chosen.how != "exact" or not meant.other.startswith("other:") else NAMESAKE
    return Resolution(meant.code, how, meant.name, meant.other, also, (meant.code,), False, meant.certain)
