"""Somebody who does not want to live any more: help stands there at once, and never in the way."""

from signals.forms.filing_about import HELP_SIGNS, OWN_WORDS
from signals.models import Helpline
from signals.weighing import words

# By name: an administrator may change a number. The first is for everybody, the second for who it is about.
NAMED = ("113", "Kindertelefoon")


def needs_help(answers: dict) -> bool:
    """Tell whether a sign that was ticked or the own words say it; in memory, nothing is kept of it."""
    given = answers.get("signs", {})
    if set(given.get("signs") or []) & set(HELP_SIGNS):
        return True
    return "wants_to_die" in words.flags("\n".join(given.get(name) or "" for name in OWN_WORDS))


def help_lines(who: str) -> list[dict]:
    """Return [{number, name}] of the helplines to show to a kind of referrer."""
    named = NAMED if who == "self" else NAMED[:1]
    lines = list(Helpline.objects.filter(retired_at=None))
    return [
        {"number": line.number, "name": line.name.removeprefix(line.number).strip()}
        for start in named
        for line in lines
        if line.name.startswith(start)
    ]
