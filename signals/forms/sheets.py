"""The forms of what is kept as one whole: the clocks, and which network works for which municipality."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.clocks import TERMS, Term, Unit
from meldpunt.teams.models import Coverage, Municipality, Team, TeamKind
from meldpunt.web.forms import BaseForm
from signals.models import ClockTerm
from signals.vocabulary import Urgency

LEGS = {
    "triage": _("Beoordelen"),
    "deliver": _("Afleveren"),
    "open": _("Openen"),
    "accept": _("Aannemen"),
    "answer": _("Antwoord van de melder"),
    "receipt": _("Ontvangst van een overdracht"),
    "first": _("Eerste moment"),
    "second": _("Tweede moment"),
    "third": _("Derde moment"),
}
GROUPS = {**dict(Urgency.choices), "aftercare": _("Nazorg")}
UNITS = {
    Unit.MINUTES: _("minuten, dag en nacht"),
    Unit.WORKING_HOURS: _("werkuren"),
    Unit.WORKING_DAYS: _("werkdagen"),
    Unit.SAME_WORKING_DAY: _("dezelfde werkdag"),
    Unit.MONTHS: _("maanden"),
}
LONGEST_TERM = 10_000


class ClocksForm(BaseForm):
    """The term of each leg at each urgency: an amount and what it is counted in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = {(row.urgency, row.leg): row for row in ClockTerm.objects.all()}
        for urgency, leg in TERMS:
            self._add(urgency, leg, kept.get((urgency, leg)) or TERMS[(urgency, leg)])
        self.helper.layout = Layout(
            *(
                Fieldset(str(label), *(name for name in self.fields if name.startswith(f"{urgency}_")))
                for urgency, label in GROUPS.items()
            )
        )

    def _add(self, urgency: str, leg: str, now: ClockTerm | Term) -> None:
        about = {"leg": LEGS[leg], "urgency": GROUPS[urgency]}
        fields = {
            "amount": forms.IntegerField(
                label=_("%(leg)s, %(urgency)s: hoeveel") % about,
                min_value=1,
                max_value=LONGEST_TERM,
                required=False,
                initial=now.amount or None,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            ),
            "unit": forms.ChoiceField(
                label=_("%(leg)s, %(urgency)s: geteld in") % about, choices=list(UNITS.items()), initial=now.unit
            ),
        }
        for part, field in fields.items():
            self.fields[f"{urgency}_{leg}_{part}"] = field
            self.speak_plainly(field, str(field.label))
        fields["amount"].silent = True

    def clean(self):
        words = super().clean()
        for urgency, leg in TERMS:
            name = f"{urgency}_{leg}"
            counted = words.get(f"{name}_unit") not in (None, Unit.SAME_WORKING_DAY)
            if counted and f"{name}_amount" not in self.errors and not words.get(f"{name}_amount"):
                self.add_error(f"{name}_amount", _("Vul een getal in van 1 of meer."))
        return words

    def terms(self) -> dict[tuple[str, str], Term]:
        """Return what was filled in as terms."""
        return self.terms_of(self.cleaned_data)

    @staticmethod
    def terms_of(values: dict) -> dict[tuple[str, str], Term]:
        """Return terms from values as the form names them; the same working day has no amount."""
        found = {}
        for urgency, leg in TERMS:
            unit = Unit(values[f"{urgency}_{leg}_unit"])
            amount = 0 if unit == Unit.SAME_WORKING_DAY else values[f"{urgency}_{leg}_amount"]
            found[(urgency, leg)] = Term(amount, unit)
        return found

    @staticmethod
    def now() -> dict:
        """Return what is kept now, as the form names it."""
        form = ClocksForm()
        return {name: form[name].initial for name in form.fields}


class CoverageForm(BaseForm):
    """For each municipality the one network that works its cases."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        networks = {str(team.pk): team for team in Team.objects.filter(kind=TeamKind.NETWORK)}
        choices = [("", _("Kies een netwerk")), *((key, team.name) for key, team in networks.items())]
        now = self.now()
        for municipality in Municipality.objects.filter(tile_row__gte=0).order_by("name"):
            field = forms.TypedChoiceField(
                label=municipality.name,
                choices=choices,
                coerce=networks.get,
                empty_value=None,
                initial=now.get(municipality.pk),
                error_messages={"required": _("Kies een netwerk voor %(name)s.") % {"name": municipality.name}},
            )
            self.fields[municipality.pk] = field
            self.speak_plainly(field, municipality.name)

    @staticmethod
    def now() -> dict:
        """Return what is kept now: the network by the code of the municipality."""
        return dict(Coverage.objects.values_list("municipality_id", "team_id"))
