"""Accounts on the internet and e-mail addresses, however they were typed. Pure."""

import re

from signals.matching.letters import plain

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
AT = re.compile(r"(?<![\w@.])@\s?([a-z0-9][a-z0-9._\-]{2,39})")
NAMED = re.compile(rf"\b{PLATFORMS}\b\s*(?:is|naam|heet|=|:|-|>)*\s*@?([a-z0-9][a-z0-9._\-]{{2,39}})")
# Where no @ stands before it, only what no ordinary word has makes an account.
MARKED = re.compile(r"[0-9._]")
FOLDED = str.maketrans("01|$", "olls")
LOOSE = str.maketrans("il1|3457", "llllEasT".lower())
DOTLESS = ("gmail.com", "googlemail.com")
OWN_WORDS = {
    "snap",
    "snapchat",
    "insta",
    "instagram",
    "tiktok",
    "telegram",
    "facebook",
    "account",
    "online",
    "onbekend",
}


def emails(text: str) -> list[str]:
    """Return the e-mail addresses in `text`: small letters, without "+…", and without dots where Google ignores them."""
    return list(dict.fromkeys(_email(run.group()) for run in EMAIL.finditer(plain(text))))


def _email(address: str) -> str:
    name, domain = address.rsplit("@", 1)
    name = name.split("+")[0]
    if domain in DOTLESS:
        name, domain = name.replace(".", ""), DOTLESS[0]
    return f"{name}@{domain}"


def handles(text: str, *, alone: bool = False) -> list[str]:
    """Return the accounts in `text`: small letters without @, 0 as o and 1 as l, each once.

    `alone`: the text is the answer to "which account?", so that a bare word counts too.
    """
    text = EMAIL.sub(" ", plain(text))
    found = [run.group(1) for run in ADDRESS.finditer(text)]
    text = ADDRESS.sub(" ", text)
    found += [run.group(1) for run in AT.finditer(text)]
    found += [
        run.group(1) for run in NAMED.finditer(text) if alone or MARKED.search(run.group(1).strip("._-"))
    ]
    if alone and not found:
        pieces = [re.sub(r"[^a-z0-9._\-]", "", piece) for piece in re.split(r"[\s,;/|:()]+", text)]
        pieces = [piece for piece in pieces if len(piece) > 2 and piece not in OWN_WORDS]
        marked = [piece for piece in pieces if MARKED.search(piece)]
        found = marked or (pieces if len(pieces) == 1 else [])
    return list(dict.fromkeys(filter(None, map(_handle, found))))


def _handle(found: str) -> str:
    handle = found.strip("._-").translate(FOLDED)
    return handle if len(handle) > 2 else ""


def loosely(handle: str) -> str:
    """Return what accounts that are easily taken for each other have in common: no signs between, i as l, 3 as e …"""
    return re.sub(r"[^a-z0-9]", "", handle).translate(LOOSE)
