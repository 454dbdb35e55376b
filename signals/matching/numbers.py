"""Telephone numbers and number plates, however they were typed. Pure."""

import re
from pathlib import Path

import phonenumbers

from signals.matching.letters import tidy, upright

DATA = Path(__file__).parents[1] / "data"
COUNTRY = "NL"
MOBILE = re.compile(r"\+316\d{8}")
DASHES = str.maketrans("–—‐‑−", "-----")
AS_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
# A run that may be a number: signs and letters that stand for digits, at least seven of them.
RUN = re.compile(r"(?<![\w@./+])(?:\+|\()?[\doli|](?:[\s().\-/–—·•_*]*[\doli|]){7,15}(?![\w])")
# Two numbers in a row are two: "06-12345678/06-87654321".
NEXT = re.compile(r"(?<=\d{4})\s?[/,&]\s?(?=0\d|\+\d)|(?<=\d{7})\s(?=0[1-9]|\+\d)")
CHAT = re.compile(r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(?=\d)")
ZERO_SIX = re.compile(r"\b06\b[ \-]?(?:nummer)?\s?(?:is|:|=)\s?(?=\d)")
# Helplines and the like belong to nobody.
EVERYBODYS = (
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.VOICEMAIL,
)


def _number_words() -> dict[str, str]:
    """Return the words in which a number is spelled out, in Dutch up to 99, in English and German by digit."""
    ones = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
    tens = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
    teens = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
    found = {word: str(n) for n, word in enumerate(["nul", *ones, *teens])} | {"één": "1", "zero": "0", "null": "0"}
    found |= {ten: f"{n}0" for n, ten in enumerate(tens, 2)}
    found |= {
        one + ("ën" if one.endswith("e") and join == "ën" else "en") + ten: f"{t}{o}"
        for t, ten in enumerate(tens, 2)
        for o, one in enumerate(ones, 1)
        for join in ("en", "ën")
    }
    for words in ("one two three four five six seven eight nine", "eins zwei drei vier fünf sechs sieben acht neun"):
        found |= {word: str(n) for n, word in enumerate(words.split(), 1) if word not in found}
    return found


NUMBER_WORDS = _number_words()
APART = re.compile(r"[\s,\-]+")
SAID = re.compile(rf"(?:\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|\d+)\b[\s,\-]*){{4,}}")

# What an answer about a car says beside its plate: makes, models, colours, countries.
CARS = frozenset((DATA / "car_words.txt").read_text(encoding="utf-8").split())
PLATE_LETTERS = str.maketrans("OIQ", "010")
# The patterns of Dutch plates (sidecodes 1 to 14, RDW): how many letters (X) and digits (9) in each group.
SIDECODES = frozenset(
    ["XX9999", "9999XX", "99XX99", "XX99XX", "XXXX99", "99XXXX", "99XXX9", "9XXX99", "XX999X", "X999XX", "XXX99X", "X99XXX", "9XX999", "999XX9"]
)
# Those that are told without lines between from a postcode, a year ("WK2026") and a class ("MAVO12").
IN_ONE_PIECE = frozenset(["99XX99", "XX99XX", "XX999X", "X999XX", "9XX999", "999XX9"])
ONE_PIECE = re.compile(r"(?<![\w@.#/\-])(?=[A-Za-z0-9]{0,5}\d)(?=\d{0,5}[A-Za-z])([A-Za-z0-9]{6})(?![\w@]|-\w)")
# Three groups; with spaces or dots between only in capitals, for "is 16 en" is none.
DUTCH_PLATE = re.compile(
    r"(?<![\w@.\-])(?=((?:[A-Za-z]{1,3}|\d{1,3})-(?:[A-Za-z]{1,3}|\d{1,3})-(?:[A-Za-z]{1,3}|\d{1,3})(?![\w@])"
    r"|(?:[A-Z]{1,3}|\d{1,3})([ .·])(?:[A-Z]{1,3}|\d{1,3})\2(?:[A-Z]{1,3}|\d{1,3})(?![\w@])))"
)
NAMED_PLATE = re.compile(
    r"(?:kenteken|kent\.|nummerplaat|nummerbord|number plate|license plate|kennzeichen)[a-z]{0,3}\s{0,3}[:=]?\s{0,3}(?:is |was |van )?"
    r"((?=[A-Za-z0-9 .·\-]{0,11}\d)[A-Za-z0-9][A-Za-z0-9\-\s·.]{3,11})",
    re.IGNORECASE,
)


def phones(text: str, *, alone: bool = False) -> list[str]:
    """Return the telephone numbers in `text` in E.164 ("+31612345678"), each once.

    `alone`: the text is the answer to "which number?", so also a number without a zero before it counts.
    """
    text = tidy(text)
    text = ZERO_SIX.sub("06 ", CHAT.sub(" +", text) if "wa.me" in text or "whatsapp" in text else text)
    if not NUMBER_WORDS.keys().isdisjoint(APART.split(text)):
        text = SAID.sub(_in_digits, text)
    text = NEXT.sub(" ; ", text.replace("(0)", " "))
    found = [_number(run.group(), alone=alone) for run in RUN.finditer(text)]
    return list(dict.fromkeys(filter(None, found)))


def _in_digits(said: re.Match) -> str:
    words = re.findall(r"[^\W\d]+|\d+", said.group())
    if all(map(str.isdigit, words)):
        return said.group()
    return "".join(NUMBER_WORDS.get(word, word) for word in words) + " "


def _number(run: str, *, alone: bool) -> str:
    if sum(sign.isdigit() for sign in run) < (1 if alone else 5):
        return ""
    digits = re.sub(r"[^\d+]", "", run.translate(AS_DIGITS))
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^(\+?31)0", r"\1", digits)
    if re.fullmatch(r"316\d{8}", digits):
        digits = f"+{digits}"
    if not alone and digits[0] not in "+0":
        return ""
    try:
        parsed = phonenumbers.parse(digits, COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.number_type(parsed) in EVERYBODYS or len(set(digits[-8:])) == 1:
        return ""
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    sure = MOBILE.fullmatch(written) or phonenumbers.is_valid_number(parsed)
    return written if sure or (alone or digits[0] == "+") and phonenumbers.is_possible_number(parsed) else ""


def plates(text: str, *, alone: bool = False) -> list[str]:
    """Return the number plates in `text`: capitals and digits, O as 0 and I as 1 ("XA000B"), each once.

    `alone`: the text is the answer to "which plate?", so that also a foreign one counts.
    """
    text = upright(text).translate(DASHES)
    apart = re.sub(r" ?- ?", "-", text)
    found = [run.group(1) for run in DUTCH_PLATE.finditer(apart) if _is_dutch(run.group(1))]
    found += [run.group(1) for run in ONE_PIECE.finditer(text) if _pattern(run.group(1)) in IN_ONE_PIECE]
    if alone and not found:
        found = [part for part in map(_without_car, re.split(r"[/,;()]| of | en ", text)) if len(_signs(part)) > 4]
    elif not alone:
        found += [_first_plate(run.group(1)) for run in NAMED_PLATE.finditer(apart)]
    return list(dict.fromkeys(filter(None, map(_plate, found))))


def _signs(run: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", run.upper())


def _pattern(run: str) -> str:
    return re.sub(r"[A-Z]", "X", re.sub(r"\d", "9", _signs(run)))


def _is_dutch(run: str) -> bool:
    """Tell whether a run has the pattern of a Dutch plate, also where O and I were typed for digits ("XA-OOO-B")."""
    groups = re.split(r"[^A-Za-z0-9]+", run)
    typed = [group.translate(PLATE_LETTERS) if set(group) <= set("OI") else group for group in groups]
    return _pattern(run) in SIDECODES or _pattern("".join(typed)) in SIDECODES


def _without_car(words: str) -> str:
    """Return an answer without what the car looks like: "zwarte BMW X5" → "X5", "K-AB 1234 zwarte golf" → "K-AB 1234"."""
    return " ".join(word for word in words.split() if word.casefold().strip(".:!?") not in CARS)


def _first_plate(words: str) -> str:
    """Return the plate with which `words` begin: groups up to eight signs that together hold a digit."""
    taken = ""
    for piece in re.findall(r"[A-Za-z0-9]+", words):
        if len(taken) + len(piece) > 8 or len(taken) >= 5 and len(piece) > 2:
            break
        taken += piece
        if len(taken) >= 6:
            break
    return taken


def _plate(run: str) -> str:
    signs = _signs(run)
    counted = any(map(str.isdigit, signs)) or len(signs) == 6 and "OO" in signs
    if not 4 <= len(signs) <= 8 or not counted or signs.isdigit():
        return ""
    return signs.translate(PLATE_LETTERS)
