"""What was answered with a choice, in words: a report keeps the code."""

from django import template

from signals.vocabulary import Knows, NumberShown, Pressed, When

register = template.Library()
KINDS = {"when": When, "knows": Knows, "pressed": Pressed, "number_shown": NumberShown}


@register.filter
def answered(code: str, kind: str) -> str:
    """Return the words of a code of `kind` (when, knows, pressed, number_shown); a code that is not known stays."""
    return str(dict(KINDS[kind].choices).get(code, code))
