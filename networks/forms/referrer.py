"""Writing to a referrer whose contact was handed to the network."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signals.forms.returning import LONGEST_MESSAGE, OnceForm
from signals.models import TextPurpose

OURS = (TextPurpose.ANSWER, TextPurpose.ASK)


class LetterForm(OnceForm):
    """A message to the referrer; `texts` are the standard texts, `first` says that this member has not written yet."""

    prefix = "message"
    text = forms.ChoiceField(label=_("Begin met een standaardtekst"), required=False)
    words = forms.CharField(
        label=_("Bericht"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf eerst een bericht.")},
    )
    read_terms = forms.BooleanField(
        label=_("Ik heb gelezen hoe contact veilig is"), required=False, widget=forms.CheckboxInput
    )

    def __init__(self, *args, texts: list[dict], first: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = {row["code"]: row for row in texts if row["purpose"] in OURS}
        choices = [(code, row["name"]) for code, row in self.texts.items()]
        self.fields["text"].choices = [("", _("Geen standaardtekst")), *choices]
        self.fields["text"].silent = self.fields["read_terms"].silent = True
        self.first = first
        if not first:
            del self.fields["read_terms"]

    def clean(self):
        """Who writes for the first time says to have read the terms."""
        cleaned = super().clean()
        if self.first and not cleaned.get("read_terms"):
            self.add_error("read_terms", gettext("Lees eerst hoe contact veilig is. Zet dan hier een vinkje."))
        return cleaned

    def with_text(self) -> None:
        """Put the chosen standard text in the message; errors are not shown yet."""
        chosen = self.texts.get(self.data.get(self.add_prefix("text"), ""))
        self.data = self.data.copy()
        if chosen:
            self.data[self.add_prefix("words")] = chosen["words"]
        self.is_bound = False
        self.initial = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
