"""Forms with which a coordinator sends a case to a network, takes it back, or hands it over outside."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from signals.forms.triage import VersionedForm, own_words, preset
from signals.workflow import RECALL_REASONS, ROUTE_REASONS, Reason


class RouteForm(VersionedForm):
    """Which network, and why."""

    prefix = "route"
    team = forms.ChoiceField(
        label=_("Welk netwerk pakt dit op?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een netwerk.")},
    )
    reason = forms.ChoiceField(
        label=_("Reden"), choices=preset(ROUTE_REASONS), error_messages={"required": _("Kies een reden.")}
    )
    words = own_words()

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.networks = {team.slug: team for team in networks}
        self.fields["team"].choices = [(slug, team.name) for slug, team in self.networks.items()]

    def clean_team(self):
        """Return the network itself."""
        return self.networks[self.cleaned_data["team"]]

    def clean(self):
        """Another reason than the preset ones needs words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op wat de reden is."))
        return cleaned

    def chosen(self) -> list[tuple[str, str]]:
        """Return (question, answer) of a valid form in words, for the page that asks to confirm."""
        answers = [
            (gettext("Netwerk"), self.cleaned_data["team"].name),
            (gettext("Reden"), Reason(self.cleaned_data["reason"]).label),
        ]
        if self.cleaned_data["words"]:
            answers.append((gettext("Eigen woorden"), self.cleaned_data["words"]))
        return answers


class RecallForm(BaseForm):
    """Why a case is taken back from a network that has not accepted yet."""

    prefix = "recall"
    reason = forms.ChoiceField(
        label=_("Waarom haal je de zaak terug?"),
        choices=preset(RECALL_REASONS),
        error_messages={"required": _("Kies een reden.")},
    )
    words = own_words()


class HandOverForm(VersionedForm):
    """To whom outside the networks a case goes."""

    prefix = "hand_over"
    words = forms.CharField(
        label=_("Aan wie draag je over, en wat is afgesproken?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op aan wie je de zaak overdraagt.")},
    )
