"""The sealed parts of what a network writes: dataclass ⇄ bytes, as in signals.content. Adding a field needs a default."""

from dataclasses import dataclass, field

from signals.content import from_bytes, to_bytes

__all__ = [
    "ActionContent",
    "AppointmentContent",
    "ContactContent",
    "EvaluationContent",
    "GoalContent",
    "Parcel",
    "ItemContent",
    "MeetingContent",
    "PlanContent",
    "PulseContent",
    "RelationContent",
    "SuspectContent",
    "TieContent",
    "from_bytes",
    "to_bytes",
]


@dataclass
class ActionContent:
    """What is to be done, in own words, and how it went."""

    words: str = ""
    result: str = ""


@dataclass
class ContactContent:
    """A contact: with whom (WithWhom) and who that was, how (Way), what came of it (Reached), and own words.

    `anyway` says why the member went on where it did not fit what was agreed.
    """

    with_whom: str = ""
    who: str = ""
    how: str = ""
    reached: str = ""
    words: str = ""
    anyway: str = ""


@dataclass
class AppointmentContent:
    """Who has a post where that is no member (name or function, organisation), and why: own words."""

    who: str = ""
    organisation: str = ""
    words: str = ""


@dataclass
class PlanContent:
    """What the person concerned wants, in own words, and whom the plan was made with."""

    wish: str = ""
    made_with: str = ""


@dataclass
class GoalContent:
    """A goal in words, who else works on it, and how it went: each step a dict of at (ISO), by (name), state, words."""

    words: str = ""
    who: str = ""
    steps: list[dict] = field(default_factory=list)


@dataclass
class EvaluationContent:
    """What helped, and what did not."""

    helped: str = ""
    hindered: str = ""


@dataclass
class PulseContent:
    """How it goes, in own words."""

    words: str = ""


@dataclass
class RelationContent:
    """Who somebody is: name, age and school as known; from whom (Source), how sure (Certainty), own words.

    `named` is [relation, name] as a report had it; `because` says why the question is not asked.
    """

    name: str = ""
    age: str = ""
    school: str = ""
    words: str = ""
    source: str = ""
    certainty: str = ""
    because: str = ""
    named: list[str] = field(default_factory=list)


@dataclass
class SuspectContent:
    """Who a suspect may be; from whom, how sure. `named` is what a report had, as its values in their order."""

    name: str = ""
    nickname: str = ""
    phone: str = ""
    handle: str = ""
    plate: str = ""
    words: str = ""
    source: str = ""
    certainty: str = ""
    named: list[str] = field(default_factory=list)


@dataclass
class Parcel:
    """What one network hands another with a case: own words, and of each kind what was chosen, as it was written.

    notes: at (ISO), by (name), words. actions: kind, due_on (ISO or ""), and ActionContent. contacts: held_at (ISO), by,
    and ContactContent. relations: kind, approached, and RelationContent. suspects: SuspectContent. goals: due_on (ISO or ""),
    words, who.
    """

    words: str = ""
    notes: list[dict] = field(default_factory=list)
    actions: list[dict] = field(default_factory=list)
    contacts: list[dict] = field(default_factory=list)
    relations: list[dict] = field(default_factory=list)
    suspects: list[dict] = field(default_factory=list)
    goals: list[dict] = field(default_factory=list)


@dataclass
class MeetingContent:
    """Where, which guests (name or function, organisation: a line each), and words at the end. `later` was added after."""

    where: str = ""
    guests: str = ""
    closing: str = ""
    later: list[dict] = field(default_factory=list)


@dataclass
class ItemContent:
    """The required block of a case (Answer), why and who; and the minutes: each a dict of at (ISO), by (name), words."""

    youth_care: str = ""
    youth_care_why: str = ""
    surroundings: str = ""
    surroundings_who: str = ""
    peers: str = ""
    minutes: list[dict] = field(default_factory=list)


@dataclass
class TieContent:
    """Which tie a member has with a case, in own words."""

    words: str = ""
