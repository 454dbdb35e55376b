"""The sealed parts of what a network writes: dataclass ⇄ bytes, as in signals.content. Adding a field needs a default."""

from dataclasses import dataclass

from signals.content import from_bytes, to_bytes

__all__ = ["ActionContent", "from_bytes", "to_bytes"]


@dataclass
class ActionContent:
    """What is to be done, in own words, and how it went."""

    words: str = ""
    result: str = ""
