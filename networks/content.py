"""The sealed parts of what a network writes: dataclass ⇄ bytes, as in signals.content. Adding a field needs a default."""

from dataclasses import dataclass

from signals.content import from_bytes, to_bytes

__all__ = ["ActionContent", "ContactContent", "from_bytes", "to_bytes"]


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
