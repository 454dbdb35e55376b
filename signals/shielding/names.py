"""Whether words name somebody who works here: spelling, order, initials, short forms. Pure, in memory.

A miss lets somebody read about him- or herself; a false hit costs a colleague one signal until it is lifted. So the bar
is low where the referrer was asked for names, and high in free words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from signals.matching.letters import plain, spoken
from signals.matching.names import sound

DATA = Path(__file__).parents[1] / "data"
# After these words somebody is named by where he or she works: then a first name alone says enough.
WORKS_HERE = re.compile(
    r"\b(?:werk\w*|works?|politie|gemeente|meldpunt|netwerk|school|hulp\w*|zorg\w*|jeugdzorg|wijkteam|jullie|bij u|police|agent\w*|"
    r"wijkagent|co[oö]rdinator|mentor|coach)\b",
    re.IGNORECASE,
)
APART = re.compile(r"[,;/\n&|•]|\s-\s|\b(?:en|of|and|or|und|evenals|alias)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


class Hit(IntEnum):
    """How a name was found: not, somewhere in free words, or where names were asked for."""

    NONE = 0
    MENTIONED = 1
    NAMED = 2


@dataclass(frozen=True)
class Said:
    """What a referrer wrote: `asked` in answer to who must not know or who does it, `here` who works here, `free` the rest."""

    asked: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """A name in parts, small and plain: every first name, every part of the surname with and without what stands before."""

    first: tuple[str, ...] = ()
    last: frozenset[str] = field(default_factory=frozenset)
    whole: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _short_names() -> dict[str, frozenset[str]]:
    """Return each first name with all that are used for it."""
    found: dict[str, set[str]] = {}
    for line in (DATA / "short_names.txt").read_text(encoding="utf-8").splitlines():
        names = {fold(name) for name in line.split()}
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in found.items()}


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return a word in the letters that spellings of one name share: "Meijer", "Meyer" and "Méyer" are one."""
    word = re.sub(r"[^a-z0-9]", "", spoken(word) if not word.isascii() and plain(word) == word else plain(word))
    return re.sub(r"(.)\1", r"\1", word.replace("ij", "y").replace("ck", "k"))


def _name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands between a first name and a surname, and what people call somebody whose name follows."""
    lists = (DATA / "name_words.txt").read_text(encoding="utf-8").split("#")[1:]
    between, titles = (text.partition("\n")[2].split() for text in lists)
    return frozenset(map(fold, between)), frozenset(map(fold, titles))


PARTICLES, TITLES = _name_words()


@lru_cache(maxsize=2048)
def parts(name: str) -> Name:
    """Return the parts of somebody's full name; "Vries, Jan de" is read as "Jan de Vries"."""
    if name.count(",") == 1:
        name = " ".join(reversed(name.split(",")))
    words = [fold(word) for word in _words(name)]
    whole = tuple(word for word in words if word)
    telling = [word for word in whole if word not in TITLES]
    at = [n for n, word in enumerate(telling) if word not in PARTICLES]
    if len(at) < 2:
        return Name(whole=whole)
    last_at = at[1:]
    while len(last_at) > 1 and telling[last_at[0]] in _short_names() and telling[last_at[0] + 1] not in PARTICLES:
        last_at = last_at[1:]  # "Pieter Jan Smits": the second first name is no surname
    begins = last_at[0]
    first = tuple(telling[n] for n in at if n < begins)
    return Name((*first, "".join(first)), _surnames(telling[at[0] + 1 :], telling[begins:]), whole)


def _surnames(behind: list[str], from_surname: list[str]) -> frozenset[str]:
    """Return each part of a surname, by itself and with the particles before it: "van den Berg" → berg, vandenberg."""
    found: set[str] = set()
    before = [word for word in behind[: len(behind) - len(from_surname)] if word in PARTICLES]
    for word in from_surname:
        if word in PARTICLES:
            before.append(word)
            continue
        if len(word) > 1:
            found |= {word, fold("".join([*before, word]))}
        before = []
    return frozenset(found)


def _words(text: str) -> list[str]:
    """Return the words of a text; "J.P.", "'t" and "El-Amrani" fall apart, "d'Arc" stays."""
    return WORD.findall(text)


def named(colleagues: Mapping[int, str], said: Said) -> dict[int, Hit]:
    """Return which of `colleagues` ({key: full name}) `said` names, and how clearly; the words are read once for all."""
    asked = [(phrase, bool(WORKS_HERE.search(text))) for text in said.asked for phrase in phrases(text)]
    asked += [(phrase, True) for text in said.here for phrase in phrases(text)]
    people = [(words, [fold(word) for word in words], here) for words, here in asked]
    free = [[fold(word) for word in _words(text)] for text in said.free]
    known = [frozenset(folded) for folded in free]
    found = {}
    for key, name in colleagues.items():
        own = parts(name)
        if any(_names(own, words, folded, here) for words, folded, here in people):
            found[key] = Hit.NAMED
        elif any(own.last & set_ and _mentions(own, folded) for set_, folded in zip(known, free, strict=True)):
            found[key] = Hit.MENTIONED
    return found


def hit(name: str, said: Said) -> Hit:
    """Tell whether `said` names the colleague who is called `name`, and how clearly."""
    return named({0: name}, said).get(0, Hit.NONE)


def phrases(text: str) -> Iterable[list[str]]:
    """Yield the people in an answer, each as the words it was written with; and all of it, for "Vries, Jan de"."""
    whole = text.replace("(", ",").replace(")", ",")
    for phrase in APART.split(whole):
        if words := _words(phrase):
            yield words


def _names(own: Name, words: list[str], folded: list[str], here: bool) -> bool:
    if not own.first:
        return _in_a_row(own.whole, folded)
    at = [n for n in range(len(folded)) if _is_last(own, folded, n)]
    if any(_fits(own, words, folded, n) for n in at):
        return True
    alone = [word for word in folded if word not in TITLES and word not in PARTICLES]
    return here and len(alone) > 0 and any(_same_first(own, word) for word in alone if len(word) > 1)


def _is_last(own: Name, folded: list[str], at: int) -> bool:
    """Tell whether the word at `at` is the surname, by itself or with what stands before it."""
    joined = fold(folded[at - 1] + folded[at]) if at else ""
    return any(same_word(folded[at], last) or (joined and same_word(joined, last)) for last in own.last)


def _fits(own: Name, words: list[str], folded: list[str], at: int) -> bool:
    """Tell whether what stands beside a surname speaks for this person, or at least not for another."""
    beside = [n for n in range(len(folded)) if n != at and folded[n] not in PARTICLES and not _is_last(own, folded, n)]
    if any(_same_first(own, folded[n]) for n in beside):
        return True
    before = next((n for n in reversed(beside) if n < at), None)
    after = [n for n in beside if n > at]
    if before is None:
        # "Bakker": a surname alone, or "Bakker Piet" as a register has it.
        return not (len(after) == 1 and len(beside) == 1 and words[after[0]][0].isupper() and folded[after[0]] not in TITLES)
    if folded[before] in TITLES or WORKS_HERE.fullmatch(words[before]):
        return True
    a_name = words[before][0].isupper() or len(beside) == 1
    return not a_name


def _same_first(own: Name, word: str) -> bool:
    """Tell whether `word` may be a first name of somebody: the same, an initial, a short form or another spelling."""
    return word not in TITLES and any(_may_be(first, word) for first in own.first)


def _may_be(first: str, word: str) -> bool:
    used = _short_names().get(first, frozenset((first,)))
    if len(word) == 1:
        return any(name.startswith(word) for name in {first, *used})
    return word in used or same_word(first, word) or (len(first) == 1 and word.startswith(first))


def same_word(one: str, other: str) -> bool:
    """Tell whether two parts of names are spellings of one: alike, sounding alike, or a slip apart by their length."""
    if one == other:
        return True
    shortest = min(len(one), len(other))
    if shortest < 3:
        return False
    if shortest >= 4 and one.removesuffix("s") == other.removesuffix("s"):
        return True
    if shortest >= 4 and sound(one) == sound(other):
        return True
    slips = 0 if shortest < 5 else 1 if shortest < 8 else 2
    return bool(slips) and DamerauLevenshtein.distance(one, other, score_cutoff=slips) <= slips and one[0] == other[0]


def _mentions(own: Name, folded: list[str]) -> bool:
    """Tell whether free words hold the whole name: a first name or its short form, and the surname right behind it."""
    for at, word in enumerate(folded):
        if word not in own.last:
            continue
        before = next((folded[n] for n in range(at - 1, -1, -1) if folded[n] not in PARTICLES), "")
        if len(before) > 1 and _same_first(own, before):
            return True
    return False


def _in_a_row(wanted: tuple[str, ...], folded: list[str]) -> bool:
    size = len(wanted)
    return bool(size) and any(tuple(folded[n : n + size]) == wanted for n in range(len(folded) - size + 1))
