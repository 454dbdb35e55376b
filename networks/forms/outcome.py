"""The form with which a lead closes a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.forms.casework import LONGEST_WORDS
from signals.vocabulary import Outcome, Safety


class OutcomeForm(BaseForm):
    """How it ended: the fixed list of product.md, youth care, safety, and own words."""

    prefix = "outcome"
    outcome = forms.ChoiceField(
        label=_("Hoe is het afgelopen?"), choices=[("", _("Kies een uitkomst")), *Outcome.choices]
    )
    youth_care_needed = forms.TypedChoiceField(
        label=_("Is jeugdzorg nodig?"),
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    safe_now = forms.ChoiceField(
        label=_("Is die persoon nu veilig?"), choices=Safety.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Toelichting"),
        help_text=_("Het meldpunt leest dit ook."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def chosen(self) -> list[tuple[str, str]]:
        """Return (question, answer) of a valid form in words, for the page that asks to confirm."""
        answers = []
        for name in ("outcome", "youth_care_needed", "safe_now"):
            labels = dict(self.fields[name].choices)
            answers.append((self.fields[name].label, labels[self[name].value()]))
        if self.cleaned_data["words"]:
            answers.append((self.fields["words"].label, self.cleaned_data["words"]))
        return answers
