"""Letters made alike: capitals, accents, other scripts and signs that only look like a letter. Pure."""

import unicodedata

from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data

# Scripts whose letters are used to imitate ours; in others a likeness is chance.
IMITATING = ("CYRILLIC", "GREEK", "LATIN", "ARMENIAN", "CHEROKEE", "COPTIC")


class Signs(dict):
    """A table for `str.translate` that works out each sign once."""

    def __init__(self, of):
        super().__init__()
        self.of = of

    def __missing__(self, code: int) -> str:
        self[code] = found = self.of(chr(code))
        return found


def tidy(text: str, *, small: bool = True) -> str:
    """Return `text` in compatibility form (NFKC), digits of any script as ours, without signs that nobody sees, single
    spaces; in small letters but for `small=False`."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join((text.casefold() if small else text).translate(SEEN).split())


def _seen(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " "
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(sign) in ("Cf", "Cc", "Cs") else sign


def plain(text: str) -> str:
    """Return `text` in the letters that it looks like: ASCII, small, without accents ("Rісó" with a Cyrillic і → "rico")."""
    return " ".join(tidy(text).translate(LIKE).split())


def upright(text: str) -> str:
    """Return `text` in the letters that it looks like, capitals as capitals ("ХА-000-В" in Cyrillic → "XA-000-B")."""
    return tidy(text, small=False).translate(LIKE_SIZED)


def spoken(text: str) -> str:
    """Return `text` in the letters that it sounds like, where it is in another script ("Рико" → "riko")."""
    return anyascii(tidy(text)).casefold()


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


def _looks_like_same_size(sign: str) -> str:
    like = _looks_like(sign) if sign.isalpha() else sign
    return like.upper() if sign.isupper() else like


SEEN, LIKE, LIKE_SIZED = Signs(_seen), Signs(_looks_like), Signs(_looks_like_same_size)
