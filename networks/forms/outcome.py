"""The forms with which a lead closes a case, and with which a member says how it goes after."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.actions.outcome import After
from networks.forms.casework import LONGEST_WORDS
from networks.forms.plan import text
from networks.forms.work import chosen
from signals.vocabulary import Outcome, Safety

EVALUATION = ("helped", "hindered", "stays")
LONGEST_EVALUATION = 4000


class OutcomeForm(BaseForm):
    """How it ended: the fixed list of product.md, youth care, safety, own words; what helped, and who stays in touch."""

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
    words = text(_("Toelichting"), hint=_("Het meldpunt leest dit ook."), longest=LONGEST_WORDS, rows=3)
    helped = text(_("Wat hielp?"), hint=_("Alleen jullie netwerk leest dit."), longest=LONGEST_EVALUATION, rows=3)
    hindered = text(_("Wat hielp niet?"), longest=LONGEST_EVALUATION, rows=3)
    stays = forms.ChoiceField(
        label=_("Wie houdt contact?"),
        help_text=_("Die vraagt daarna nog een paar keer hoe het gaat."),
        required=False,
    )

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        self.fields["stays"].choices = chosen(_("Ik zelf"), [(pk, user.name) for pk, user in self.workers.items()])
        for name in ("words", *EVALUATION):
            self.fields[name].silent = True

    def clean(self):
        """An outcome without youth care goes with a no: the key figure of the balance rests on it."""
        said = super().clean()
        if said.get("outcome") == Outcome.HANDLED_IN_NETWORK and said.get("youth_care_needed"):
            self.add_error("youth_care_needed", gettext("Deze uitkomst is zonder jeugdzorg. Kies nee, of een andere uitkomst."))
        return said

    def clean_stays(self):
        """The member, or None: who closes."""
        return self.workers.get(self.cleaned_data["stays"])

    def act(self) -> dict:
        """Return what the action needs, of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in EVALUATION}
        return given | {"after": After(**{name: self.cleaned_data[name] for name in EVALUATION})}

    def chosen(self) -> list[tuple[str, str]]:
        """Return (question, answer) of a valid form in words, for the page that asks to confirm."""
        answers = []
        for name in ("outcome", "youth_care_needed", "safe_now"):
            labels = dict(self.fields[name].choices)
            answers.append((self.fields[name].label, labels[self[name].value()]))
        for name in ("words", "helped", "hindered"):
            if self.cleaned_data[name]:
                answers.append((self.fields[name].label, self.cleaned_data[name]))
        return answers


class PulseForm(BaseForm):
    """How it goes, and whether the person is safe now."""

    prefix = "pulse"
    safe_now = forms.ChoiceField(
        label=_("Is die persoon nu veilig?"), choices=Safety.choices, widget=forms.RadioSelect
    )
    words = text(
        _("Hoe gaat het?"),
        hint=_("Alleen jullie netwerk leest dit."),
        longest=LONGEST_EVALUATION,
        rows=3,
        required=True,
        missing=_("Schrijf op hoe het gaat. Kreeg je niemand te pakken? Schrijf dat dan."),
    )


class HandPulseForm(BaseForm):
    """Who asks how it goes."""

    prefix = "hand"
    owner = forms.ChoiceField(label=_("Wie doet het?"))

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        self.fields["owner"].choices = [(pk, user.name) for pk, user in self.workers.items()]

    def clean_owner(self):
        """The member."""
        return self.workers[self.cleaned_data["owner"]]
