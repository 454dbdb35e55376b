"""Forms with which a coordinator writes down what the person concerned asks, and answers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import User
from meldpunt.web.forms import BaseForm
from signals.forms import days
from signals.forms.triage import VersionedForm
from signals.models.right import AskedBy, RefusalGround, RightKind, RightState
from signals.rights.copy import PARTS, SAFE_PARTS

LONGEST_WORDS = 4000
WITH_GROUND = (RightState.PARTLY, RightState.REFUSED)
# What each right means, for who fills the form in.
MEANS = {
    RightKind.ACCESS: _("Weten wat wij bewaren, en wie keek."),
    RightKind.CORRECTION: _("Iets klopt niet, of er ontbreekt iets."),
    RightKind.ERASURE: _("Weg wat wij niet hoeven te bewaren."),
    RightKind.RESTRICTION: _("Wel bewaren, maar even niet gebruiken."),
}


class RightForm(BaseForm):
    """What is asked, by whom, since when, and who decides; `coordinators` are those who may see the case."""

    prefix = "right"
    kind = forms.ChoiceField(
        label=_("Wat wordt gevraagd?"),
        choices=RightKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat wordt gevraagd.")},
    )
    asked_by = forms.ChoiceField(
        label=_("Wie vraagt het?"),
        help_text=_("Nooit de melder: die gebruikt de eigen code."),
        choices=AskedBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie het vraagt.")},
    )
    received_on = forms.DateField(
        label=_("Op welke dag kwam de vraag binnen?"),
        help_text=_("Een maand later moet er een antwoord zijn."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Vul de dag in."), "invalid": _("Vul een dag in, zoals 23-11-2026.")},
    )
    decider = forms.ModelChoiceField(
        label=_("Wie beslist?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
        error_messages={"required": _("Kies wie beslist."), "invalid_choice": _("Kies wie beslist.")},
    )
    asked = forms.CharField(
        label=_("Wat vraagt deze persoon precies?"),
        help_text=_("Schrijf ook hoe je weet wie het is, en waar het antwoord veilig heen kan."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat wordt gevraagd.")},
    )

    def __init__(self, *args, coordinators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decider"].queryset = coordinators
        self.fields["kind"].hints = {kind.value: hint for kind, hint in MEANS.items()}

    def clean_received_on(self):
        """A day that was."""
        return days.that_was(self.cleaned_data["received_on"])


class AnswerForm(VersionedForm):
    """What is decided, on which ground where it is not (all) done, and what was sent."""

    prefix = "answer"
    state = forms.ChoiceField(
        label=_("Wat besluit je?"),
        choices=[(state.value, state.label) for state in RightState if state != RightState.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je besluit.")},
    )
    ground = forms.ChoiceField(
        label=_("Waarom niet, of niet alles?"),
        help_text=_("Alleen als je niet alles doet."),
        required=False,
        choices=[("", _("Kies een reden")), *RefusalGround.choices],
    )
    answer = forms.CharField(
        label=_("Wat is er gedaan en gestuurd?"),
        help_text=_("Aan wie, langs welke weg, en wat je erbij zei."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat er is gedaan.")},
    )

    def clean(self):
        """A ground belongs to a no, and to nothing else."""
        said = super().clean()
        state, ground = said.get("state"), said.get("ground")
        if state in WITH_GROUND and not ground:
            self.add_error("ground", gettext("Kies waarom niet, of niet alles."))
        if state and state not in WITH_GROUND and ground:
            self.add_error("ground", gettext("Dit hoort alleen bij een weigering. Maak dit veld leeg."))
        return said


class VersionForm(VersionedForm):
    """Only says which version was on the screen."""

    prefix = "longer"


class CopyForm(BaseForm):
    """Which parts go on the copy; what may betray a referrer is not chosen beforehand."""

    prefix = "copy"
    parts = forms.MultipleChoiceField(
        label=_("Wat komt erop?"),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        initial=SAFE_PARTS,
        error_messages={"required": _("Kies wat erop komt.")},
    )
