"""Forms with which a lead asks another network to take a case over, or to support."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.forms.casework import reason_choices
from networks.forms.circle import text
from networks.forms.work import chosen
from signals.workflow import Reason

TRANSFER_REASONS = (Reason.LIVES_THERE, Reason.SLEEPS_THERE, Reason.KNOWN_THERE, Reason.INVOLVED, Reason.OTHER)
SUPPORT_REASONS = (Reason.KNOWN_THERE, Reason.SLEEPS_THERE, Reason.OTHER)
WHAT = [
    ("actions", _("Acties die open staan")),
    ("contacts", _("Contacten")),
    ("goals", _("Doelen die open staan")),
    ("relations", _("De kring")),
    ("suspects", _("Mogelijke verdachten")),
]


class TeamForm(BaseForm):
    """Which network is asked. `teams` are those that can be."""

    team = forms.ChoiceField(label=_("Welk netwerk?"))

    def __init__(self, *args, teams=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        self.fields["team"].choices = chosen(_("Kies een netwerk"), [(slug, team.name) for slug, team in self.teams.items()])

    def clean_team(self):
        """The network."""
        return self.teams[self.cleaned_data["team"]]


class TransferForm(TeamForm):
    """Ask a network to take the case over, and choose what goes along."""

    prefix = "transfer"
    reason = forms.ChoiceField(label=_("Waarom?"), choices=reason_choices(TRANSFER_REASONS), widget=forms.RadioSelect)
    wanted = forms.MultipleChoiceField(
        label=_("Wat gaat er mee?"),
        help_text=_("Wat het meldpunt deelde, kan het andere netwerk al lezen."),
        choices=WHAT,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = text(_("Wat moet het andere netwerk weten?"), rows=3)

    def __init__(self, *args, notes=(), **kwargs) -> None:
        """Take the notes (key, label) that can be chosen one by one."""
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [*notes, *WHAT]

    def clean(self):
        """Another reason than the preset ones needs words."""
        said = super().clean()
        if said.get("reason") == Reason.OTHER and not said.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op waarom jullie de zaak overdragen."))
        return said

    def chosen(self) -> list[tuple[str, str]]:
        """Return (question, answer) of a valid form in words, for the page that asks to confirm."""
        labels = dict(self.fields["wanted"].choices)
        along = "\n".join(str(labels[part]) for part in self.cleaned_data["wanted"]) or gettext("niets van jullie zelf")
        answers = [
            (self.fields["team"].label, self.cleaned_data["team"].name),
            (self.fields["reason"].label, str(Reason(self.cleaned_data["reason"]).label)),
            (self.fields["wanted"].label, along),
        ]
        if self.cleaned_data["words"]:
            answers.append((self.fields["words"].label, self.cleaned_data["words"]))
        return answers


class SupportForm(TeamForm):
    """Ask a network to support."""

    prefix = "support"
    reason = forms.ChoiceField(label=_("Waarom?"), choices=reason_choices(SUPPORT_REASONS), widget=forms.RadioSelect)
