"""Nicknames: what they are, and what sounds or looks like them to a Dutch ear. Pure; a name alone never matches."""

import re
from pathlib import Path

from signals.matching.letters import plain, spoken, tidy

DATA = Path(__file__).parents[1] / "data"
BETWEEN = re.compile(
    r"[/,;|&=]|\((?:.*?)\)|\b(?:of|alias|aka|ook wel|ook|genaamd|bijgenaamd|bijnaam|zegt|noemt zich)\b"
)
# What stands before or in so many names that it says nothing by itself.
EMPTY = frozenset((DATA / "empty_name_words.txt").read_text(encoding="utf-8").split())
CALLED = re.compile(
    r"(?:noemen|noemt|noemde|heet|heette|genaamd|bijgenaamd|bijnaam|alias|aka|bekend als|called|nickname|named)(?:\s*:\s*|\s+)"
    r"(?:hem|haar|zich|ze|zichzelf|is|him|her|himself|herself)?\s*['\"‘“]?(?P<name>[A-ZÀ-Þ][\w'’\-]+(?:\s[A-ZÀ-Þ][\w'’\-]*){0,2})"
)
HEET = re.compile(r"\bdie\s+(?P<name>[\w'’\-]{2,20})\s+(?:heet|heette|genoemd wordt)\b")
NOEMEN = re.compile(
    r"\b(?:ze|we|zij|iedereen|vrienden)\s+(?P<name>[A-ZÀ-Þ][\w'’\-]+(?:\s(?:of\s)?[A-ZÀ-Þ][\w'’\-]*){0,2})\s+noem"
)
# Digits that stand for a letter: "R1cc0", "b3rry".
AMONG_LETTERS = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
AS_LETTERS = str.maketrans("013457", "oieast")
LITTLE = re.compile(r"(?<=[a-z]{2})(?:etje|pje|tje|kje|je|ke|tjes)$")
EAR = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"(?<!a)a(?=[bcdfgklmnprstvz](?:ie$|y$|i$|e[a-z]?$))", "E"), (r"chr", "kr"), (r"oey$", "oe"),
        (r"^ch(?=[aeiou])|sch$|sh|sj|^tsj|^tj|^dj", "S"), (r"sch", "sg"), (r"tch|tsch", "S"), (r"ph", "f"), (r"th", "t"),
        (r"gh|ch", "g"), (r"ck|q(?!u)|kk", "k"), (r"qu", "kw"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"x", "ks"),
        (r"z", "s"), (r"v", "f"), (r"dt$|d$", "t"), (r"b$", "p"), (r"dt", "t"), (r"^y(?=[aeou])", "j"),
        (r"(?:ij|ei|ey|ai|ay|aj|ej)", "E"), (r"(?:ou|au|ouw|auw|ow)", "A"), (r"oe|oo", "o"), (r"eu|ui", "u"),
        (r"ie|ee|ea|y", "i"), (r"aa", "a"), (r"uu", "u"), (r"(?<=.)h", ""), (r"j", "i"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def nicknames(text: str) -> list[str]:
    """Return the names in an answer to "what is he or she called?": each whole, and its first word that says something.

    Letters and digits only. "Rico Tjee" → ricotjee, rico; "Bigg K / Kay" → biggk, kay; "P." → nothing.
    """
    found = []
    for written in (plain(text), spoken(text)):
        for name in BETWEEN.split(written):
            words = [re.sub(r"[^a-z0-9]", "", word) for word in re.split(r"[\s\-_.]+", name or "")]
            words = [word for word in words if word]
            if len(words) > 2 and all(len(word) == 1 for word in words):
                words = ["".join(words)]
            telling = _telling(words)
            if not telling and len(words) > 1 and " " not in name.strip():
                words = ["".join(words)]  # "Big-K" is one name
                telling = _telling(words)
            if not telling or len(words) > 4:
                continue
            found += ["".join(words), next((word for word in telling if len(word) > 2), "")]
    return list(dict.fromkeys(name for name in found if 1 < len(name) <= 40))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in EMPTY and len(word) > 1]


def called(text: str) -> list[str]:
    """Return the nicknames that free words give to somebody ("Klasgenoten noemen hem Rico")."""
    found = [run.group("name") for pattern in (CALLED, HEET, NOEMEN) for run in pattern.finditer(text)]
    return list(
        dict.fromkeys(name for words in found if tidy(words) not in EMPTY for name in nicknames(words))
    )


def sound(name: str) -> str:
    """Return how a nickname of `nicknames` sounds: Riccó, Riko and Rikko are one, and so are Ferry and Ferrie."""
    key = re.sub(r"\d+$", "", name) or name
    key = AMONG_LETTERS.sub(lambda digit: digit.group().translate(AS_LETTERS), key)
    key = LITTLE.sub("", key) if len(key) > 5 else key
    for pattern, letters in EAR:
        key = pattern.sub(letters, key)
    return re.sub(r"(?<=..[^aeiouAE])[aeo]$", "", key)


def alike(name: str) -> list[str]:
    """Return the keys that names share when they sound the same or differ by one letter after the first.

    Two names are alike when they have one of these in common. Short names must sound the same.
    """
    heard = sound(name)
    keys = [f"snd|{heard}"] if len(heard) > 1 else []
    if len(heard) >= 4:
        keys.append(f"del|{heard}")
    if len(heard) >= 5:
        keys += [f"del|{heard[:at]}{heard[at + 1 :]}" for at in range(1, len(heard))]
    return list(dict.fromkeys(keys))
