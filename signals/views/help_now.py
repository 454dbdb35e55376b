"""Somebody who does not want to live any more: help stands there at once, and never in the way."""

from signals import words
from signals.forms.filing_about import HELP_SIGNS, OWN_WORDS
from signals.models import Helpline

# By name: an administrator may change a number.
NAMED = ("113", "Kindertelefoon")


def needs_help(answers: dict) -> bool:
    """Tell whether a sign that was ticked or the own words say it; in memory, nothing is kept of it."""
    given = answers.get("signs", {})
    if set(given.get("signs") or []) & set(HELP_SIGNS):
        return True
    return "wants_to_die" in words.flags("\n".join(given.get(name) or "" for name in OWN_WORDS))


def help_lines() -> list[dict]:
    """Return the helplines to show, as the pages show them."""
    lines = [line for line in Helpline.objects.filter(retired_at=None) if line.name.startswith(NAMED)]
    return [{"number": line.number, "name": line.name, "when": line.for_whom} for line in lines]
