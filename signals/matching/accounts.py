"""Accounts on the internet and e-mail addresses, however they were typed. Pure."""

import re
from pathlib import Path

from signals.matching.letters import plain

WORDS = Path(__file__).parents[1] / "data" / "no_account_words.txt"
PLATFORMS = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|telegram|tg|facebook|fb|twitter|discord|kik|wickr|signal|onlyfans"
    r"|youtube|yt|steam|roblox|account|gebruikersnaam|username|user|handle)"
)
ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram|tiktok|snapchat|facebook|t|twitter|x|telegram|onlyfans|youtube|kik)"
    r"\.(?:com|me|nl|be)/(?:add/|profile/|@)?([a-z0-9._\-]{3,40})"
)
EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9](?:[a-z0-9.\-]{0,80}[a-z0-9])?\.[a-z]{2,24}(?![a-z0-9])"
)
ENDS = r"(?:nl|com|org|net|be|de|eu|uk|me|info)\b"
# An address that was written so that no machine finds it: "ricky (at) example [dot] org".
AT_IN_WORDS = re.compile(r"\s?[(\[{<]\s?(?:at|apenstaart(?:je)?)\s?[)\]}>]\s?|\sapenstaart(?:je)?\s")
DOT_IN_WORDS = re.compile(rf"\s?[(\[{{<]\s?(?:dot|punt)\s?[)\]}}>]\s?|\s(?:dot|punt)\s(?={ENDS})")
AT_APART = re.compile(rf"(?<=[a-z0-9])(?:\s@\s?|@\s)(?=[a-z0-9\-]{{1,60}}\.{ENDS})")
AT = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._\-]{2,39})")
AT_LOOSE = re.compile(r"(?<![\w@.])@\s([a-z0-9][a-z0-9._\-]{2,39})")
TAGGED = re.compile(r"(?<![\w@.])([a-z0-9][a-z0-9._]{1,31}#\d{4})(?!\w)")
NAMED = re.compile(
    rf"\b(?:{PLATFORMS}|sc)(?:naam|account)?\b\s*(?:is|naam|heet|=|:|-|>)*\s*@?([a-z0-9][a-z0-9._\-]{{2,39}})"
)
PLATFORM = re.compile(rf"\b(?:{PLATFORMS}|sc)")
# What follows these is the name of an account, also where it could be an ordinary word.
CALLED = re.compile(
    rf"\b(?:(?:{PLATFORMS}|account|gebruikers|user)naam|username)\b\s*(?:is|heet|:|=)\s*([a-z0-9][a-z0-9._\-]{{3,39}})"
    rf"|\b{PLATFORMS}(?:account)?\s(?:heet|noemt)\s(?:(?:hij|zij|ze|die)\s)?(?:zich(?:zelf)?\s)?([a-z0-9][a-z0-9._\-]{{3,39}})"
    rf"|\b{PLATFORMS}\s(?:onder de naam|bekend als)\s([a-z0-9][a-z0-9._\-]{{3,39}})"
)
# What follows these may be: "snap: rickytje", but also "insta: berichten" and "insta is geblokkeerd".
HINTED = re.compile(
    rf"\b(?:{PLATFORMS}|sc)\s*(?:[:=]|is\b\s*[:=]?)\s*(?!(?:ge|ver)\w+(?:d|t|en)\b)"
    r"([a-z0-9][a-z0-9._\-]{4,39})(?=$|[\s,.;)!?/])"
)
# Where no @ stands before it, only what no ordinary word has makes an account.
MARKED = re.compile(r"[0-9._]")
# 0 looks like o, and on a screen 1, a small l and a capital I are one line.
FOLDED = str.maketrans("01|$", "olls")
SHORT = 7  # in a shorter name one letter says too much: there it is a likeness of the lowest kind, never a match
LOOSE = str.maketrans("il1|3457", "llllEasT".lower())
DOTLESS = ("gmail.com", "googlemail.com")
NO_ACCOUNT = frozenset(WORDS.read_text(encoding="utf-8").split())


def emails(text: str) -> list[str]:
    """Return the e-mail addresses in `text`: small letters, without "+…", and without dots where Google ignores them."""
    return _emails(_addressed(text))


def _emails(text: str) -> list[str]:
    return list(dict.fromkeys(_email(run.group()) for run in EMAIL.finditer(text))) if "@" in text else []


def all_in(text: str) -> tuple[list[str], list[str], list[str]]:
    """Return the addresses, the accounts and what may be one in free words; `text` is made plain once for the three."""
    text = _addressed(text)
    found, text = _emails(text), EMAIL.sub(" ", text)
    known = _handles(text)
    return found, known, _hinted(text)


def _addressed(text: str) -> str:
    """Return `text` in plain letters with "(at)" and "punt" of addresses as signs."""
    text = plain(text)
    if "at" in text or "apen" in text:
        text = DOT_IN_WORDS.sub(".", AT_IN_WORDS.sub("@", text))
    return AT_APART.sub("@", text) if "@" in text else text


def _email(address: str) -> str:
    name, domain = address.rsplit("@", 1)
    name = name.split("+")[0]
    if domain in DOTLESS:
        name, domain = name.replace(".", ""), DOTLESS[0]
    return f"{name}@{domain}"


def handles(text: str, *, alone: bool = False) -> list[str]:
    """Return the accounts in `text`: small letters without @, 0 as o, 1 as l and in long ones i as l, each once.

    `alone`: the text is the answer to "which account?", so that a bare word counts too.
    """
    return _handles(EMAIL.sub(" ", _addressed(text)), alone=alone)


def _handles(text: str, *, alone: bool = False) -> list[str]:
    found = []
    for pattern, sign in ((ADDRESS, "/"), (TAGGED, "#")):
        if sign in text:
            found += [run.group(1) for run in pattern.finditer(text)]
            text = pattern.sub(" ", text)
    if "@" in text:
        found += [run.group(1) for run in AT.finditer(text)]
        found += [run.group(1) for run in AT_LOOSE.finditer(text) if _is_marked(run.group(1))]
    if PLATFORM.search(text):
        found += [run.group(1) for run in NAMED.finditer(text) if _is_marked(run.group(1))]
        found += [next(filter(None, run.groups())) for run in CALLED.finditer(text)]
    if alone:
        found += [word for part in re.split(r"[,;/|:()=>]+|\b(?:of|en)\b", text) for word in _bare(part)]
    return list(dict.fromkeys(filter(None, map(_handle, found))))


def _bare(part: str) -> list[str]:
    """Return what may be an account of a part of an answer: what has a digit, a dot or a line, else the only word."""
    pieces = [re.sub(r"[^a-z0-9._\-]", "", piece) for piece in part.split()]
    pieces = [piece for piece in pieces if len(piece) > 2 and not re.fullmatch(PLATFORMS + "|sc", piece)]
    marked = [piece for piece in pieces if _is_marked(piece)]
    return marked or (pieces if len(pieces) == 1 else [])


def _hinted(text: str) -> list[str]:
    """Return words that may be an account, by what stands before them: for a likeness, never for a match."""
    found = [_handle(run.group(1)) for run in HINTED.finditer(text)] if PLATFORM.search(text) else []
    return list(dict.fromkeys(filter(None, found)))


def _is_marked(word: str) -> bool:
    return MARKED.search(word.strip("._-")) is not None


def _handle(found: str) -> str:
    name = found.strip("._-")
    if re.sub(r"[^a-z]", "", name) in NO_ACCOUNT and not re.search(r"\d", name):
        return ""
    handle = name.translate(FOLDED)
    if len(handle) >= SHORT:
        handle = handle.replace("i", "l")
    return handle if len(handle) > 2 else ""


def loosely(handle: str) -> str:
    """Return what accounts that are easily taken for each other have in common: no signs between, i as l, 3 as e …"""
    return re.sub(r"[^a-z0-9]", "", handle).translate(LOOSE)
