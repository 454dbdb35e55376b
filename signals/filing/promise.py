"""What the public pages promise about time: what the clocks of the desk hold, and nothing that they do not hold."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldpunt.clocks import Term, Unit
from meldpunt.teams.duty import on_duty
from signals import deadlines
from signals.vocabulary import Urgency


def in_words(term: Term) -> str:
    """Return a term as the middle of a sentence: "binnen 5 werkdagen"."""
    amount = {"n": term.amount}
    if term.unit == Unit.SAME_WORKING_DAY:
        return _("op dezelfde werkdag")
    if term.unit == Unit.MINUTES:
        return ngettext("binnen %(n)d minuut", "binnen %(n)d minuten", term.amount) % amount
    if term.unit == Unit.WORKING_HOURS:
        return ngettext("binnen %(n)d werkuur", "binnen %(n)d werkuren", term.amount) % amount
    return ngettext("binnen %(n)d werkdag", "binnen %(n)d werkdagen", term.amount) % amount


def sentence(words: str) -> str:
    """Return words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def of_reading() -> str:
    """Say by when a signal is read."""
    normal, urgent = (deadlines.term(urgency, "triage") for urgency in (Urgency.NORMAL, Urgency.URGENT))
    said = sentence(in_words(normal))
    if urgent != normal:
        said += " " + _("Is het dringend? Dan %(term)s.") % {"term": in_words(urgent)}
    return said


def of_each_urgency() -> list[dict]:
    """Return [{said, read, accepted}], the most urgent first: in words by when we read and a network takes it up.

    While nobody is on duty no reading within minutes is promised.
    """
    kinds = (
        (Urgency.ACUTE, _("Er is nu gevaar")),
        (Urgency.URGENT, _("Het is dringend")),
        (Urgency.NORMAL, _("Gewoon")),
    )
    somebody_there = on_duty() is not None
    return [
        {
            "said": said,
            "read": in_words(deadlines.term(urgency, "triage"))
            if somebody_there or urgency != Urgency.ACUTE
            else _("zodra er iemand is"),
            "accepted": in_words(deadlines.term(urgency, "accept")),
        }
        for urgency, said in kinds
    ]
