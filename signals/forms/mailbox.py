"""Writing to a referrer, and settling what a referrer asked for."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signals.forms.returning import LONGEST_MESSAGE, OnceForm
from signals.forms.triage import LONGEST_WORDS, VersionedForm
from signals.models import Signal, TextPurpose
from signals.workflow import SignalState

UNDECIDED = {
    TextPurpose.ASK: (_("Een vraag"), _("De melding wacht dan op antwoord.")),
    TextPurpose.ANSWER: (_("Een bericht"), _("Er verandert verder niets.")),
}
DECIDED = {
    TextPurpose.DECIDED: (_("Dat er is besloten"), ""),
    TextPurpose.HANDLED: (_("Dat het is opgepakt of klaar is"), ""),
    TextPurpose.ANSWER: (_("Een bericht"), ""),
}


class ComposeForm(OnceForm, VersionedForm):
    """A message to the referrer; `texts` are the standard texts of `signals.mailbox.standard_texts`."""

    prefix = "message"
    purpose = forms.ChoiceField(
        label=_("Wat stuur je?"), widget=forms.RadioSelect, error_messages={"required": _("Kies wat je stuurt.")}
    )
    text = forms.ChoiceField(label=_("Begin met een standaardtekst"), required=False)
    words = forms.CharField(
        label=_("Bericht"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf eerst een bericht.")},
    )

    def __init__(self, *args, signal: Signal, texts: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        choices = DECIDED if signal.state == SignalState.DECIDED else UNDECIDED
        self.fields["purpose"].choices = [(key, label) for key, (label, _hint) in choices.items()]
        self.fields["purpose"].hints = {key: hint for key, (_label, hint) in choices.items() if hint}
        self.texts = {row["code"]: row for row in texts if row["purpose"] in choices}
        self.fields["text"].choices = [("", _("Geen standaardtekst")), *self._grouped()]

    def _grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        found: dict[str, list] = {}
        for code, row in self.texts.items():
            found.setdefault(str(TextPurpose(row["purpose"]).label), []).append((code, row["name"]))
        return list(found.items())

    def with_text(self) -> None:
        """Put the chosen standard text in the message, and its purpose; errors are not shown yet."""
        chosen = self.texts.get(self.data.get(self.add_prefix("text"), ""))
        self.data = self.data.copy()
        if chosen:
            self.data[self.add_prefix("words")] = chosen["words"]
            self.data[self.add_prefix("purpose")] = chosen["purpose"]
        self.is_bound = False
        self.initial = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}


class RequestForm(VersionedForm):
    """Granting or refusing a request, once it was checked over the way that was agreed before."""

    prefix = "settle"
    checked = forms.BooleanField(
        label=_("Ik heb dit nagegaan via de oude weg"), required=False, widget=forms.CheckboxInput
    )
    words = forms.CharField(
        label=_("Hoe ging je het na?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["checked"].silent = True

    @property
    def grants(self) -> bool:
        """Whether the button to grant was pressed."""
        return "grant" in self.data

    def clean(self):
        """Granting needs the check; refusing does not."""
        cleaned = super().clean()
        if self.grants and not cleaned.get("checked"):
            self.add_error("checked", gettext("Ga het eerst na via de oude weg. Zet dan hier een vinkje."))
        return cleaned
