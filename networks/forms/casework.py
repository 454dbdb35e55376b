"""Forms of a member who works a case."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from signals.models import Assignment
from signals.models.assignment import Part
from signals.workflow import RETURN_REASONS, Reason

LONGEST_NOTE = 4000
LONGEST_WORDS = 1000


def reason_choices(reasons) -> list[tuple[str, str]]:
    """Return preset reasons (members of Reason) as choices of a form."""
    return [(reason.value, reason.label) for reason in reasons]


class NoteForm(BaseForm):
    """A note in own words."""

    prefix = "note"
    words = forms.CharField(
        label=_("Nieuwe notitie"),
        help_text=_("Alleen jouw netwerk leest dit. Het meldpunt ziet het niet."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Je notitie is nog leeg. Schrijf eerst iets op.")},
    )


class GiveBackForm(BaseForm):
    """Why the case goes back to the desk."""

    prefix = "return"
    reason = forms.ChoiceField(
        label=_("Waarom geef je deze zaak terug?"),
        choices=reason_choices(RETURN_REASONS),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Uitleg voor het meldpunt"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    with_notes = forms.BooleanField(label=_("Geef onze notities mee aan het meldpunt"), required=False)

    def clean(self):
        """Another reason than the preset ones needs words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op waarom je de zaak teruggeeft."))
        return cleaned


class SayNoForm(GiveBackForm):
    """Why the network does not take a case over from the network that asks; that network reads it."""

    reason = forms.ChoiceField(
        label=_("Waarom nemen jullie deze zaak niet over?"),
        choices=reason_choices(RETURN_REASONS),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Uitleg voor het andere netwerk"),
        help_text=_("Het meldpunt kan dit ook lezen."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    with_notes = None


def return_form(assignment: Assignment, *args, **kwargs) -> GiveBackForm:
    """Return the form with which a network lets go of `assignment`: to the desk, or as a no to the network that asks."""
    kind = SayNoForm if assignment.part == Part.NEXT else GiveBackForm
    return kind(*args, **kwargs)
