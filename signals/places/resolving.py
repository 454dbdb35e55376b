"""From a typed place to a municipality, with the reason. Pure: rows go in, a Resolution comes out.

Rules (design/product.md, data/README.md): compare lower case, without diacritics, letters and digits only; exact
in both files before any fuzzy match; a postcode decides over a name; of namesakes the best known is proposed with a
word about the other; equals go to the desk unless all lead to one network; outside Overijssel goes to the desk.
What a person types first, or says that somebody lives or sleeps in, goes before school, work or "near".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from rapidfuzz.distance import OSA

from signals.places import text as vocabulary
from signals.places.choice import choose
from signals.places.names import (
    OUTSIDE,
    POSTCODE,
    SEVERAL,
    SPELLING,
    UNKNOWN,
    Meaning,
    Mention,
    OutsideName,
    PlaceName,
    Postcode,
    Resolution,
    meaning_of,
    together,
)
from signals.places.text import Word, key

__all__ = ["Gazetteer", "OutsideName", "PlaceName", "Postcode", "Resolution"]

LONGEST_NAME = 5  # words


class Gazetteer:
    """All names and postcodes, ready to resolve. Build once; it holds no state after that."""

    def __init__(
        self,
        names: Iterable[PlaceName],
        postcodes: Iterable[Postcode],
        outside: Iterable[OutsideName],
        municipalities: Mapping[str, str],
        coverage: Mapping[str, str] | None = None,
    ) -> None:
        """Index the rows; `municipalities` is code → name, `coverage` code → network (kept for the caller)."""
        self.municipalities = dict(municipalities)
        self.coverage = dict(coverage or {})
        self.postcodes = {row.pc4: row for row in postcodes}
        self._listed = sorted(int(code) for code in self.postcodes)
        inside: dict[str, list[PlaceName]] = defaultdict(list)
        for row in names:
            inside[key(row.name)].append(row)
        beyond = {key(row.name): row for row in outside}
        for code, name in self.municipalities.items():
            if key(name) not in inside:
                inside[key(name)].append(PlaceName(name, "woonplaats", code))
        for short, row in _without_article(inside, beyond).items():
            inside[short].extend(row)
        self._meanings = {k: meaning_of(inside.get(k, []), beyond.get(k)) for k in inside.keys() | beyond.keys() if k}
        self._by_name = {key(name): code for code, name in self.municipalities.items()}
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for k in self._meanings:
            if len(k) >= 4 and not self._meanings[k].region:
                self._by_initial[k[0]].append(k)

    def resolve(self, text: str) -> Resolution:
        """Return what `text` leads to. Never raises; reads at most 4000 characters, in linear time."""
        words = vocabulary.words_of(text)
        mentions = self._with_roles(words, self._mentions(words))
        typed = self._postcode(text, words, mentions)
        if typed is not None:
            return typed
        if not mentions:
            return Resolution(None, UNKNOWN)
        return choose(words, mentions)

    def _postcode(self, text: str, words: list[Word], mentions: list[Mention]) -> Resolution | None:
        codes: dict[str, str] = {}
        beyond = ""
        named = sum(m.after - m.first for m in mentions)
        for typed in vocabulary.postcodes_of(text):
            row = self.postcodes.get(typed.digits)
            if row is not None:
                codes.setdefault(row.municipality_code, typed.digits)
            elif self._plausible(typed, alone=len(words) - named <= 1 + typed.letters):
                beyond = beyond or typed.digits
        also = tuple(m.meaning.name for m in mentions)
        if len(codes) == 1 and not beyond:
            code, digits = next(iter(codes.items()))
            return Resolution(code, POSTCODE, digits, self.postcodes[digits].place, also, (code,))
        if codes:
            return Resolution(None, SEVERAL, next(iter(codes.values())), "", also, tuple(codes), bool(beyond))
        return Resolution(None, OUTSIDE, beyond, "", also) if beyond else None

    def _plausible(self, typed: vocabulary.TypedPostcode, alone: bool) -> bool:
        """Say whether four digits that are not listed are a postcode elsewhere, not a year or a typing error."""
        number = int(typed.digits)
        if 1900 <= number <= 2099 and not typed.letters and not alone:
            return False
        below = max((n for n in self._listed if n < number), default=None)
        above = min((n for n in self._listed if n > number), default=None)
        if below is None or above is None or number - below > 3 or above - number > 3:
            return True
        around = {self.postcodes[str(n)].municipality_code for n in (below, above)}
        return len(around) > 1

    def _mentions(self, words: list[Word]) -> list[Mention]:
        whole = self._whole(words)
        if whole is not None:
            return [whole]
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._exact_at(words, at) or self._spelling_at(words, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.after
        return found

    def _whole(self, words: list[Word]) -> Mention | None:
        """"Hog Hexel", "Sint Jansklooter": a name of two or three words with one typing error."""
        text = "".join(w.key for w in words)
        if not 2 <= len(words) <= 3 or len(text) < 8 or text in self._meanings:
            return None
        if any(len(w.key) > 3 and self._exact_at(words, n) and n == 0 for n, w in enumerate(words)):
            return None
        near = [m for m in self._near(text, 1, alone=True) if not m.single]
        meaning = together(near, self._by_name)
        return Mention(0, len(words), meaning, SPELLING) if meaning else None

    def _exact_at(self, words: list[Word], at: int) -> Mention | None:
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            span = words[at : at + size]
            meaning = self._meanings.get("".join(w.key for w in span))
            if meaning is None:
                continue
            if not _stands_as_name(words, at, size):
                continue
            glued = size > 1 and meaning.single and any(len(w.key) < 3 for w in span)
            if glued and len(words) > 3:
                continue
            if size > 1 and any(set(w.opening) & set(",;.") for w in span[1:]) and meaning.single:
                continue
            return Mention(at, at + size, meaning)
        return None

    def _spelling_at(self, words: list[Word], at: int) -> Mention | None:
        word = words[at].key
        if word in vocabulary.NEVER_CORRECT or word in vocabulary.AWAY | vocabulary.HOME | vocabulary.ELSEWHERE:
            return None
        around = [w for w in words if w.key not in vocabulary.FILLERS | vocabulary.INSIDE and not w.key.isdigit()]
        meaning = self._closest(word, alone=len(around) <= 2 or (at == 0 and len(around) <= 4))
        return Mention(at, at + 1, meaning, SPELLING) if meaning else None

    def _closest(self, word: str, alone: bool) -> Meaning | None:
        """Return the one name that `word` is a typing error of; names at the same distance that differ: all of them.

        Alone: 1 error from 5 letters, 2 from 8. Inside a sentence: 1 error from 6 letters, towns and districts only.
        A name outside the province takes part, so that Almere does not become Almelo.
        """
        if len(word) < (5 if alone else 6) or len(word) > 40 or any(c.isdigit() for c in word):
            return None
        return together(self._near(word, 2 if alone and len(word) >= 8 else 1, alone), self._by_name)

    def _near(self, word: str, limit: int, alone: bool) -> list[Meaning]:
        """Return the names at the smallest distance, at most `limit` errors (a swap of two letters is one)."""
        best, at_best = limit + 1, []
        names = chain.from_iterable(self._by_initial.values()) if alone else self._by_initial[word[0]]
        for name in names:
            meaning = self._meanings[name]
            if abs(len(name) - len(word)) > limit or not (meaning.town or alone):
                continue
            if not (meaning.town or meaning.district) and len(name) < 7:
                continue
            distance = OSA.distance(word, name, score_cutoff=limit)
            if distance > limit or (distance > 1 and (name[0] != word[0] or not meaning.town)):
                continue
            if name[0] != word[0] and sorted(name) != sorted(word) and len(name) < 6:
                continue
            if distance < best:
                best, at_best = distance, [meaning]
            elif distance == best:
                at_best.append(meaning)
        return at_best

    def _with_roles(self, words: list[Word], mentions: list[Mention]) -> list[Mention]:
        with_roles, end = [], 0
        for number, mention in enumerate(mentions):
            nxt = mentions[number + 1].first if number + 1 < len(mentions) else len(words)
            gap = frozenset(w.key for w in words[end : mention.first])
            role = _role(_since_bracket(words, max(end, mention.first - 5), mention.first), words[mention.after : nxt][:3])
            if with_roles and gap and gap <= {"en", "and", "of", "or", "in", "te"}:
                role = with_roles[-1].role
            if gap & {"naar", "to"} and number and words[with_roles[-1].first - 1].key in {"van", "uit", "from"}:
                with_roles[-1] = replace(with_roles[-1], role="past")
                role = "home"
            with_roles.append(replace(mention, role=role, gap=gap))
            end = mention.after
        return with_roles


def _stands_as_name(words: list[Word], at: int, size: int) -> bool:
    """An ordinary word is only a name when it stands (nearly) alone or after "in", "te", "uit" …"""
    last = words[at + size - 1]
    if size == 1 and last.key in vocabulary.INSIDE and len(last.key) < 6:
        return False
    article = size == 2 and words[at].key in {"de", "het", "the"} and last.key in vocabulary.ORDINARY
    if not article and (size > 1 or (last.key not in vocabulary.ORDINARY and len(last.key) > 3)):
        return True
    others = [w for w in words if w.key not in vocabulary.FILLERS | vocabulary.INSIDE and not w.key.isdigit()]
    if len(others) <= 2 or article:
        return len(others) <= 2 or last.capital
    if at == 0 and last.capital and len(words) <= 8:
        return True
    return last.capital and at > 0 and words[at - 1].key in vocabulary.BEFORE_NAME


def _without_article(
    inside: Mapping[str, list[PlaceName]], beyond: Mapping[str, OutsideName]
) -> dict[str, list[PlaceName]]:
    """Return the names that begin with an article by their other words ("de wijk Bothoven" is De Bothoven)."""
    short: dict[str, list[PlaceName]] = defaultdict(list)
    for row in chain.from_iterable(inside.values()):
        article, _, rest = row.name.partition(" ")
        k = key(rest)
        if row.kind != "wijk" or article.casefold() not in {"de", "het", "'t"} or len(k) < 6 or k in inside or k in beyond:
            continue
        if k not in vocabulary.ORDINARY | vocabulary.NEVER_CORRECT:
            short[k].append(row)
    return short


def _since_bracket(words: list[Word], start: int, end: int) -> list[Word]:
    """Return the words before a name; what an earlier name has in brackets says nothing about this one."""
    for at in range(end, start, -1):
        if at < len(words) and ")" in words[at].opening:
            return words[at:end]
    return words[start:end]


def _role(before: list[Word], behind: list[Word]) -> str:
    """Say what a name is to the person: home, plain, near, away (school, work), past or denied."""
    keys = [w.key for w in before]
    role = "plain"
    for position, word in enumerate(keys):
        if word in vocabulary.PAST:
            role = "past"
        elif word in vocabulary.HOME:
            role = "home"
        elif word in vocabulary.AWAY:
            role = "away"
        elif word in vocabulary.NEAR and role == "plain":
            role = "near"
        elif word in vocabulary.NOT and keys[position + 1 :] in (["in"], ["uit"], []):
            return "denied"
    if role == "plain" and behind and "(" in behind[0].opening:
        inside = {w.key for w in behind if w is behind[0] or not set(w.opening) & set("),;")}
        return "home" if inside & vocabulary.HOME else "away" if inside & vocabulary.AWAY else role
    if role in {"plain", "near"} and behind and not set(behind[0].opening) & set(",;.("):
        after = [w.key for w in behind]
        role = "away" if {"school", "werk", "stage"} & set(after[:2]) and after[-1] not in {"in", "te"} else role
    return role
