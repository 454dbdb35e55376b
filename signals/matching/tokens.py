"""What of a report can be compared with others: the tokens of its fields and of its free words. Pure."""

from dataclasses import dataclass

from signals.content import Report
from signals.matching import accounts, names, numbers
from signals.models.matching import TokenKind, TokenPart

# The rules of this room; raise it when they change, and the index is made anew (signals/actions/matching.py).
RULES = 3
MOST = 120  # tokens of one report: who types more than that floods


@dataclass(frozen=True)
class Token:
    """One thing to compare: its kind, whose it is, and the normalised value that goes into the tag."""

    kind: str
    part: str
    value: str


def tokens_of(
    report: Report, municipality: str | None, *, about_self: bool = False, more: str = ""
) -> list[Token]:
    """Return the tokens of a report, each once; `more` are words that the referrer sent later.

    `about_self`: the referrer is the person whom it is about.

    Names count only with the code of a municipality. What is the referrer's own is marked so, also in the words.
    """
    found = _of_referrer(report, TokenPart.PERSON if about_self else TokenPart.REFERRER)
    own = {token.value for token in found}
    found += [token for token in _of_fields(report) if token.value not in own]
    taken = {(token.kind, token.value) for token in found}
    words = "\n".join(filter(None, [*_words(report), more]))
    found += [token for token in _plain(words, TokenPart.WORDS) if (token.kind, token.value) not in taken]
    if municipality:
        found += _of_names(report, municipality, words)
    return list(dict.fromkeys(found))[:MOST]


def _words(report: Report) -> list[str]:
    suspect = report.suspect
    texts = [report.words, report.seen, report.heard, report.suspected, report.place, report.happens]
    texts += [
        report.when_words,
        report.pressed,
        report.person_knows,
        suspect.other,
        suspect.name,
        suspect.nickname,
    ]
    return [
        *texts,
        report.person.school,
        report.contact.must_not_know,
        *(peer.name for peer in report.others),
    ]


def _of_referrer(report: Report, part: str) -> list[Token]:
    referrer, contact = report.referrer, report.contact
    found = [Token(TokenKind.PHONE, part, value) for value in numbers.phones(referrer.phone, alone=True)]
    found += [Token(TokenKind.EMAIL, part, value) for value in accounts.emails(referrer.email)]
    return found + _plain("\n".join([contact.when, contact.say, contact.never]), part)


def _of_fields(report: Report) -> list[Token]:
    suspect, part = report.suspect, TokenPart.SUSPECT
    found = [Token(TokenKind.PHONE, part, value) for value in numbers.phones(suspect.phone, alone=True)]
    found += [Token(TokenKind.HANDLE, part, value) for value in accounts.handles(suspect.handle, alone=True)]
    found += [Token(TokenKind.PLATE, part, value) for value in numbers.plates(suspect.plate, alone=True)]
    found += [
        Token(TokenKind.EMAIL, part, value)
        for value in accounts.emails(suspect.handle + "\n" + suspect.phone)
    ]
    found += _plain(
        "\n".join([suspect.name, suspect.nickname, suspect.phone, suspect.handle, suspect.plate]), part
    )
    found += _alike([token.value for token in found if token.kind == TokenKind.HANDLE], part)
    return found + _plain(report.person.contact, TokenPart.PERSON)


def _plain(text: str, part: str) -> list[Token]:
    """Return what stands in free words: only what cannot be an ordinary word or number."""
    if not text.strip():
        return []
    found = [Token(TokenKind.PHONE, part, value) for value in numbers.phones(text)]
    found += [Token(TokenKind.PLATE, part, value) for value in numbers.plates(text)]
    addresses, known, perhaps = accounts.all_in(text)
    found += [Token(TokenKind.EMAIL, part, value) for value in addresses]
    found += [Token(TokenKind.HANDLE, part, value) for value in known]
    return found + _alike([*known, *perhaps], part)


def _alike(handles: list[str], part: str) -> list[Token]:
    """Return what accounts that are easily taken for each other share; short ones look like too much, and two referrers
    who are alike say nothing."""
    if part == TokenPart.REFERRER:
        return []
    loose = dict.fromkeys(accounts.loosely(handle) for handle in handles)
    return [Token(TokenKind.LOOSE, part, value) for value in loose if len(value) > 4]


def _of_names(report: Report, municipality: str, words: str) -> list[Token]:
    suspect = names.nicknames(report.suspect.nickname) + names.nicknames(report.suspect.name)
    person = names.nicknames(report.person.name)
    peers = [name for peer in report.others for name in names.nicknames(peer.name)]
    in_words = [name for name in names.called(words) if name not in {*suspect, *person, *peers}]
    found = []
    for part, several in (
        (TokenPart.SUSPECT, suspect), (TokenPart.PERSON, person), (TokenPart.PEER, peers), (TokenPart.WORDS, in_words),
    ):  # fmt: skip
        found += [Token(TokenKind.NICKNAME, part, f"{municipality}|{name}") for name in several]
        if part in (TokenPart.SUSPECT, TokenPart.PERSON):
            keys = [key for name in several for key in names.alike(name)]
            found += [Token(TokenKind.ALIKE, part, f"{municipality}|{key}") for key in dict.fromkeys(keys)]
    return found
