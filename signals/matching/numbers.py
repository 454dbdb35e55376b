"""Telephone numbers and number plates, however they were typed. Pure."""

import re

import phonenumbers

from signals.matching.letters import tidy

COUNTRY = "NL"
MOBILE = re.compile(r"\+316\d{8}")
AS_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
# A run that may be a number: signs and letters that stand for digits, at least seven of them.
RUN = re.compile(r"(?<![\w@./+])(?:\+|\()?[\doli|](?:[\s().\-/–—·•_]*[\doli|]){7,15}(?![\w])")
DIGIT_WORDS = {
    "nul": "0", "een": "1", "één": "1", "twee": "2", "drie": "3", "vier": "4",
    "vijf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9",
}  # fmt: skip
SAID = re.compile(rf"(?:\b(?:{'|'.join(DIGIT_WORDS)}|\d+)\b[\s,\-]*){{4,}}")

PLATE_LETTERS = str.maketrans("OIQ", "010")
# Dutch plates have six signs in three groups, with at least one letter and one digit.
DUTCH_PLATE = re.compile(
    r"(?<![\w@.])(?:[a-z]{1,3}|\d{1,3})([\-\s·.])(?:[a-z]{1,3}|\d{1,3})\1(?:[a-z]{1,3}|\d{1,3})(?![\w.@])"
)
NAMED_PLATE = re.compile(
    r"(?:kenteken|nummerplaat|nummerbord|plate|license|kennzeichen)\w*[\s:=]*(?:is|was|van)?\s*([a-z0-9][a-z0-9\-\s·.]{3,11})"
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
    small = tidy(text).replace("–", "-").replace("—", "-")
    if alone:
        found = re.split(r"[/,;]|\bof\b|\ben\b", small)
    else:
        found = [run.group() for run in DUTCH_PLATE.finditer(small) if _is_dutch(run.group())]
        found += [named for run in NAMED_PLATE.finditer(small) if (named := _first_plate(run.group(1)))]
    return list(dict.fromkeys(filter(None, map(_plate, found))))


def _is_dutch(run: str) -> bool:
    signs = re.sub(r"[^a-z0-9]", "", run)
    return len(signs) == 6 and not signs.isdigit() and not signs.isalpha()


def _first_plate(words: str) -> str:
    """Return the plate with which `words` begin: pieces up to six signs that together hold a letter and a digit."""
    taken = ""
    for piece in re.findall(r"[a-z0-9]+", words):
        if len(taken) + len(piece) > 8 or len(piece) > 6 and taken:
            break
        taken += piece
        if len(taken) >= 6:
            break
    return taken


def _plate(run: str) -> str:
    signs = re.sub(r"[^a-z0-9]", "", run).upper()
    if not 4 <= len(signs) <= 8 or not any(map(str.isdigit, signs)) or signs.isdigit():
        return ""
    return signs.translate(PLATE_LETTERS)
