"""Letters made alike: capitals, accents, other scripts and signs that only look like a letter. Pure."""

import unicodedata
from functools import lru_cache

from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data

# Scripts whose letters are used to imitate ours; in others a likeness is chance.
IMITATING = ("CYRILLIC", "GREEK", "LATIN", "ARMENIAN", "CHEROKEE", "COPTIC")


def tidy(text: str) -> str:
    """Return `text` in compatibility form (NFKC), small letters, without signs that nobody sees, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(
        "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc", "Cs")).split()
    )


def plain(text: str) -> str:
    """Return `text` in the letters that it looks like: ASCII, small, without accents ("Rісó" with a Cyrillic і → "rico")."""
    return "".join(_looks_like(sign) for sign in tidy(text))


def spoken(text: str) -> str:
    """Return `text` in the letters that it sounds like, where it is in another script ("Рико" → "riko")."""
    return anyascii(tidy(text)).casefold()


@lru_cache(maxsize=4096)
def _looks_like(sign: str) -> str:
    if sign.isascii():
        return sign
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    if base.isascii():
        return base.casefold()
    if unicodedata.name(sign, "").startswith(IMITATING):
        for found in confusables_data.get(sign, ()):
            if len(found["c"]) == 1 and found["c"].isascii() and found["c"].isalnum():
                return found["c"].casefold()
    return anyascii(sign).casefold()
