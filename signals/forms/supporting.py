"""The form with which a coordinator asks a second network to support."""

from django import forms
from django.utils.translation import gettext_lazy as _

from signals.forms.triage import VersionedForm
from signals.workflow import Reason

SUPPORT_REASONS = (Reason.KNOWN_THERE, Reason.SLEEPS_THERE, Reason.OTHER)


class AddSupportForm(VersionedForm):
    """Which network, and why. `networks` are those that can be asked."""

    prefix = "support"
    team = forms.ChoiceField(label=_("Welk netwerk?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Waarom?"),
        choices=[(reason.value, reason.label) for reason in SUPPORT_REASONS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, networks=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.networks = {team.slug: team for team in networks}
        self.fields["team"].choices = [(slug, team.name) for slug, team in self.networks.items()]

    def clean_team(self):
        """The network."""
        return self.networks[self.cleaned_data["team"]]
