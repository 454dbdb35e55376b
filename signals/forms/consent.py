"""Forms with which somebody writes down what the person concerned was asked to share, and what the answer was."""

import datetime
import uuid

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import Part
from meldpunt.web.forms import BaseForm
from signals.forms import days
from signals.forms.triage import VersionedForm
from signals.models.consent import RECEIVERS, AskingDanger, ConsentState, Giver
from signals.models.copies import CopyAnswer
from signals.sharing.consent import FIRST, NEXT, who_answers
from signals.vocabulary import AgeBand

LONGEST_WORDS = 4000
# What the rule of ages says, for who fills the form in.
RULES = {
    AgeBand.UNDER_12: _("Deze persoon is jonger dan 12: een ouder of voogd beslist."),
    AgeBand.FROM_12: _("Deze persoon is 12 tot en met 15: een ja geven de persoon en een ouder of voogd samen."),
    AgeBand.UNKNOWN: _("Zoek eerst uit hoe oud deze persoon is. Onder de 16 beslist een ouder of voogd mee."),
}
FROM_16 = _("Deze persoon is 16 of ouder en beslist zelf.")
NO_DATE = {"required": _("Vul de dag in."), "invalid": _("Vul een dag in, zoals 23-11-2026.")}


class SaidForm(BaseForm):
    """How it stands, who answered, since when: what both forms below ask. `age_band` is that of the case."""

    states: tuple[str, ...] = FIRST
    state = forms.ChoiceField(
        label=_("Hoe staat het?"), widget=forms.RadioSelect, error_messages={"required": _("Kies hoe het staat.")}
    )
    said_by = forms.ChoiceField(label=_("Wie geeft antwoord?"), required=False, widget=forms.RadioSelect)
    danger = forms.ChoiceField(
        label=_("Waarom is vragen gevaarlijk?"),
        help_text=_("Alleen als je het niet vraagt."),
        required=False,
        choices=[("", _("Kies een reden")), *AskingDanger.choices],
    )
    on = forms.DateField(
        label=_("Op welke dag was dat?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DATE,
    )
    until = forms.DateField(
        label=_("Tot en met welke dag geldt het ja?"),
        help_text=_("Leeg: tot iemand het intrekt."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DATE,
    )
    words = forms.CharField(
        label=_("Wat is er gezegd?"),
        help_text=_("Schrijf ook hoe je het vroeg. Alleen het meldpunt en jouw team lezen dit."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, age_band: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.age_band = age_band
        self.fields["state"].choices = [(code, ConsentState(code).label) for code in self.states]
        may = {who for state in self.states for who in who_answers(age_band, state)}
        self.fields["said_by"].choices = [(who.value, who.label) for who in Giver if who in may]
        self["said_by"].help_text = RULES.get(age_band, FROM_16)
        self.fields["said_by"].silent = True
        if len(may) == 1:
            self.fields["said_by"].initial = next(iter(may))
        if ConsentState.NOT_ASKED not in self.states:
            del self.fields["danger"]
        if ConsentState.GIVEN not in self.states:
            del self.fields["until"]

    def clean_on(self):
        """A day that was."""
        return days.that_was(self.cleaned_data["on"])

    def clean(self):
        """Who answers goes by the age; a reason belongs to not asking, a last day to a yes."""
        said = super().clean()
        state, danger = said.get("state"), said.get("danger", "")
        if state == ConsentState.NOT_ASKED:
            said["said_by"] = ""
            if not danger:
                self.add_error("danger", gettext("Kies waarom vragen gevaarlijk is."))
        elif state:
            self._check_who(said, state)
            if danger:
                self.add_error("danger", gettext("Dit hoort alleen bij: niet gevraagd. Maak dit veld leeg."))
        until = said.get("until")
        if until and state and state != ConsentState.GIVEN:
            self.add_error("until", gettext("Dit hoort alleen bij een ja. Maak dit veld leeg."))
        elif until and until < timezone.localdate():
            self.add_error("until", gettext("Deze dag is al geweest."))
        return said

    def _check_who(self, said: dict, state: str) -> None:
        may = who_answers(self.age_band, state)
        if said.get("said_by") not in may:
            names = gettext(" of ").join(str(who.label) for who in Giver if who in may)
            self.add_error("said_by", gettext("Kies wie antwoord geeft. Bij deze leeftijd: %s.") % names)


class ConsentForm(SaidForm):
    """A question to the person concerned, and how it stands."""

    prefix = "consent"
    field_order = ["receivers", "parts", "state", "said_by", "danger", "on", "until", "words"]
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    receivers = forms.MultipleChoiceField(
        label=_("Met wie wil je delen?"),
        choices=RECEIVERS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies met wie je wilt delen.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Wat wil je delen?"),
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wat je wilt delen.")},
    )


class NextAnswerForm(SaidForm, VersionedForm):
    """What was said since the answer of the day `since`; `state` is how it stands now."""

    prefix = "answered"

    def __init__(self, *args, state: str, since: datetime.date, **kwargs):
        self.states, self.since = tuple(one for one in ConsentState.values if one in NEXT[state]), since
        super().__init__(*args, **kwargs)
        if len(self.states) == 1:
            self.fields["state"].initial = self.states[0]

    def clean_on(self):
        """A day that was, and not before the last answer."""
        on = super().clean_on()
        if on < self.since:
            early = gettext("Dit kan niet vóór %(day)s zijn: op die dag is het vorige antwoord gegeven.")
            raise forms.ValidationError(early % {"day": date_format(self.since, "j F Y")})
        return on


class CopiesForm(BaseForm):
    """What became of copies."""

    answer = forms.ChoiceField(
        label=_("Wat is er met de kopieën gebeurd?"),
        choices=CopyAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er is gebeurd.")},
    )
