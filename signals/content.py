"""The sealed parts: dataclass ⇄ bytes, versioned. Adding a field needs a default; renaming needs a new version."""

import json
from dataclasses import asdict, dataclass, field, fields, replace

VERSION = 1


@dataclass
class Person:
    """The person whom it is about."""

    name: str = ""
    age_text: str = ""
    school: str = ""
    contact: str = ""
    languages: list[str] = field(default_factory=list)
    interpreter: bool | None = None


@dataclass
class Suspect:
    """Whoever is thought to exploit the person; as typed."""

    name: str = ""
    nickname: str = ""
    phone: str = ""
    handle: str = ""
    plate: str = ""
    other: str = ""


@dataclass
class Peer:
    """Somebody near who may be in danger too."""

    relation: str = ""
    name: str = ""


@dataclass
class Referrer:
    """Who files; all of it may be empty."""

    name: str = ""
    organisation: str = ""
    function: str = ""
    email: str = ""
    phone: str = ""


@dataclass
class SafeContact:
    """The contract about contact: channel, times, whether our number may show, what may be said, never whom.

    `number_shown` is yes, no or empty (not asked or not answered); `code_word` is what we say first.
    """

    allowed: bool = False
    how: str = "none"
    when: str = ""
    say: str = ""
    never: str = ""
    must_not_know: str = ""
    number_shown: str = ""
    code_word: str = ""


@dataclass
class NewContact:
    """Another safe way that a referrer asks for: phone, text, email or code; where, when, and what we may say."""

    how: str = "code"
    reach: str = ""
    when: str = ""
    say: str = ""


@dataclass
class UrgencyNote:
    """Why the urgency is what it is: each reason a text, the rule, the sign it rests on, and the points it gave."""

    level: str = "normal"
    score: int = 0
    version: str = ""
    reasons: list[list] = field(default_factory=list)


@dataclass
class Report:
    """What one referrer filed, whole."""

    signs: list[str] = field(default_factory=list)
    words: str = ""
    seen: str = ""
    heard: str = ""
    suspected: str = ""
    person: Person = field(default_factory=Person)
    suspect: Suspect = field(default_factory=Suspect)
    place: str = ""
    happens: str = ""
    when: str = ""
    when_words: str = ""
    others: list[Peer] = field(default_factory=list)
    referrer: Referrer = field(default_factory=Referrer)
    contact: SafeContact = field(default_factory=SafeContact)
    meldcode_step: int | None = None
    works_here: str = ""
    person_knows: str = ""
    pressed: str = ""
    only_advice: bool = False
    urgency: UrgencyNote = field(default_factory=UrgencyNote)


@dataclass
class Headline:
    """What a row of the queue shows: the strongest reason: its text, its rule and its sign."""

    reason: str = ""
    rule: str = ""
    sign: str = ""


@dataclass
class Shared:
    """What a network may read of a case: never who filed, never the referrer's own words.

    `contact` is what the person asked for about contact (`how` is empty where nothing was asked); of other referrers only
    `never` is in it.
    """

    name: str = ""
    age_text: str = ""
    school: str = ""
    languages: list[str] = field(default_factory=list)
    interpreter: bool | None = None
    signs: list[str] = field(default_factory=list)
    place: str = ""
    happens: str = ""
    suspects: list[Suspect] = field(default_factory=list)
    others: list[Peer] = field(default_factory=list)
    must_not_know: str = ""
    contact: SafeContact = field(default_factory=lambda: SafeContact(how=""))
    note: str = ""

    @property
    def agreed(self) -> bool:
        """Whether anything is said about how contact is safe, besides who must not know."""
        return bool(self.contact.how or self.contact.never)


@dataclass
class FileNote:
    """What is sealed about a file: name, kind (photo, pdf, film), suffix, bytes; and the key (hex) that opens it.

    `scanned` is true only where a scanner looked and found nothing.
    """

    id: str = ""
    key: str = ""
    name: str = ""
    kind: str = ""
    suffix: str = ""
    size: int = 0
    scanned: bool = False


NESTED = {
    (Report, "person"): Person,
    (Report, "suspect"): Suspect,
    (Report, "referrer"): Referrer,
    (Report, "contact"): SafeContact,
    (Report, "urgency"): UrgencyNote,
    (Report, "others"): [Peer],
    (Shared, "contact"): SafeContact,
    (Shared, "suspects"): [Suspect],
    (Shared, "others"): [Peer],
}


def to_bytes(part: Report | Headline | Shared | FileNote) -> bytes:
    """Return `part` as UTF-8 JSON with its version."""
    return json.dumps({"version": VERSION, **asdict(part)}, ensure_ascii=False).encode()


def from_bytes(kind: type, data: bytes):
    """Return the `kind` that `to_bytes` wrote; raises ValueError at a version that this code does not know."""
    values = json.loads(data)
    if values.pop("version") != VERSION:
        raise ValueError("this content was written by a newer version of Meldpunt")
    return _build(kind, values)


def _build(kind: type, values: dict):
    built = {}
    for name in (f.name for f in fields(kind) if f.name in values):
        inner = NESTED.get((kind, name))
        if isinstance(inner, list):
            built[name] = [_build(inner[0], value) for value in values[name]]
        else:
            built[name] = _build(inner, values[name]) if inner else values[name]
    return kind(**built)


def share(reports: list[Report], note: str = "", *, roles: list[str], home: list[bool] | None = None) -> Shared:
    """Return what a network would see of a case with these reports: the one place that decides it.

    `roles` says of each report who filed it (ReferrerRole): how contact is safe goes along where it is about oneself.
    `home` says of each whether its place is in the municipality of the case, which pages name: that place stands first, and
    others that reports name are not lost.
    """
    shared = Shared(note=note, place=_places(reports, home or [True] * len(reports)))
    for report, role in zip(reports, roles, strict=True):
        shared.contact = _agreed(shared.contact, report.contact, by_oneself=role == "self")
        for name in ("name", "age_text", "school"):
            if not getattr(shared, name):
                setattr(shared, name, getattr(report.person, name))
        shared.languages = list(dict.fromkeys([*shared.languages, *report.person.languages]))
        shared.interpreter = shared.interpreter if report.person.interpreter is None else report.person.interpreter
        shared.signs = list(dict.fromkeys([*shared.signs, *report.signs]))
        shared.happens = "\n".join(filter(None, [shared.happens, report.happens]))
        if any(asdict(report.suspect).values()):
            shared.suspects.append(report.suspect)
        shared.others.extend(peer for peer in report.others if peer not in shared.others)
        shared.must_not_know = "\n".join(filter(None, [shared.must_not_know, report.contact.must_not_know, report.works_here]))
    return shared


def _places(reports: list[Report], home: list[bool]) -> str:
    """Return where reports say that the person lives or sleeps, each place once, those at `home` first."""
    at_home = [report.place for report, here in zip(reports, home, strict=True) if here]
    elsewhere = [report.place for report, here in zip(reports, home, strict=True) if not here]
    once: dict[str, str] = {}
    for place in filter(None, [*at_home, *elsewhere]):
        once.setdefault(place.casefold(), place)
    return "; ".join(once.values())


def _agreed(sofar: SafeContact, asked: SafeContact, *, by_oneself: bool) -> SafeContact:
    """Add what one referrer asked: of oneself all of it, of another only what must never be done. The last word counts."""
    never = "\n".join(dict.fromkeys(filter(None, [sofar.never, asked.never])))
    return replace(asked if by_oneself else sofar, never=never, must_not_know="")
