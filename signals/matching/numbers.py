"""Telephone numbers and number plates, however they were typed. Pure."""

import re

import phonenumbers

from signals.matching.letters import plain, tidy

COUNTRY = "NL"
MOBILE = re.compile(r"\+316\d{8}")
DASHES = str.maketrans("–—‐‑−", "-----")
AS_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
# A run that may be a number: signs and letters that stand for digits, at least seven of them.
RUN = re.compile(r"(?<![\w@./+])(?:\+|\()?[\doli|](?:[\s().\-/–—·•_]*[\doli|]){7,15}(?![\w])")
DIGIT_WORDS = {
    "nul": "0", "een": "1", "één": "1", "twee": "2", "drie": "3", "vier": "4",
    "vijf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9",
}  # fmt: skip
SAID = re.compile(rf"(?:\b(?:{'|'.join(DIGIT_WORDS)}|\d+)\b[\s,\-]*){{4,}}")

PLATE_LETTERS = str.maketrans("OIQ", "010")
# The patterns of Dutch plates (sidecodes 1 to 14, RDW): how many letters (X) and digits (9) in each group.
SIDECODES = frozenset(
    (
        "XX9999",
        "9999XX",
        "99XX99",
        "XX99XX",
        "XXXX99",
        "99XXXX",
        "99XXX9",
        "9XXX99",
        "XX999X",
        "X999XX",
        "XXX99X",
    )
    + ("X99XXX", "9XX999", "999XX9")
)
# Three groups; with spaces or dots between only in capitals, for "is 16 en" is none.
DUTCH_PLATE = re.compile(
    r"(?<![\w@.\-])(?=((?:[A-Za-z]{1,3}|\d{1,3})-(?:[A-Za-z]{1,3}|\d{1,3})-(?:[A-Za-z]{1,3}|\d{1,3})(?![\w@])"
    r"|(?:[A-Z]{1,3}|\d{1,3})([ .·])(?:[A-Z]{1,3}|\d{1,3})\2(?:[A-Z]{1,3}|\d{1,3})(?![\w@])))"
)
NAMED_PLATE = re.compile(
    r"(?:kenteken|nummerplaat|nummerbord|number plate|license plate|kennzeichen)[a-z]{0,3}\s{0,3}[:=]?\s{0,3}(?:is |was |van )?"
    r"((?=[A-Za-z0-9 .·\-]{0,11}\d)[A-Za-z0-9][A-Za-z0-9\-\s·.]{3,11})",
    re.IGNORECASE,
)


def phones(text: str, *, alone: bool = False) -> list[str]:
    """Return the telephone numbers in `text` in E.164 ("+31612345678"), each once.

    `alone`: the text is the answer to "which number?", so also a number without a zero before it counts.
    """
    text = SAID.sub(_in_digits, tidy(text)).replace("(0)", " ")
    found = [_number(run.group(), alone=alone) for run in RUN.finditer(text)]
    return list(dict.fromkeys(filter(None, found)))


def _in_digits(said: re.Match) -> str:
    words = re.findall(r"[^\W\d]+|\d+", said.group())
    return "".join(DIGIT_WORDS.get(word, word) for word in words) + " "


def _number(run: str, *, alone: bool) -> str:
    if sum(sign.isdigit() for sign in run) < 5:
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
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    sure = MOBILE.fullmatch(written) or phonenumbers.is_valid_number(parsed)
    return written if sure or (alone or digits[0] == "+") and phonenumbers.is_possible_number(parsed) else ""


def plates(text: str, *, alone: bool = False) -> list[str]:
    """Return the number plates in `text`: capitals and digits, O as 0 and I as 1 ("XA000B"), each once.

    `alone`: the text is the answer to "which plate?", so that also a foreign one counts.
    """
    text = tidy(text, small=False).translate(DASHES)
    if alone:
        found = re.split(r"[/,;]| of | en ", plain(text))
    else:
        found = [run.group(1) for run in DUTCH_PLATE.finditer(text) if _is_dutch(run.group(1))]
        found += [_first_plate(run.group(1)) for run in NAMED_PLATE.finditer(text)]
    return list(dict.fromkeys(filter(None, map(_plate, found))))


def _signs(run: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", run.upper())


def _is_dutch(run: str) -> bool:
    """Tell whether a run has the pattern of a Dutch plate."""
    written = re.sub(r"[A-Z]", "X", re.sub(r"\d", "9", _signs(run)))
    return written in SIDECODES


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
