"""The forms of what an administrator keeps. They validate; actions write."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.clocks import TERMS, Term, Unit
from meldpunt.teams.models import Municipality
from meldpunt.web.forms import BaseForm, BaseModelForm
from signals.models import ClockTerm, Helpline, Indicator, Place
from signals.place_text import key
from signals.vocabulary import ReferrerRole, Urgency

LEGS = {
    "triage": _("Beoordelen"),
    "deliver": _("Afleveren"),
    "open": _("Openen"),
    "accept": _("Aannemen"),
    "answer": _("Antwoord van de melder"),
}
UNITS = {
    Unit.MINUTES: _("minuten, dag en nacht"),
    Unit.WORKING_HOURS: _("werkuren"),
    Unit.WORKING_DAYS: _("werkdagen"),
    Unit.SAME_WORKING_DAY: _("dezelfde werkdag"),
}
KINDS = {
    "spelling": _("Een andere naam of spelling"),
    "woonplaats": _("Een plaats"),
    "buurtschap": _("Een buurtschap"),
    "wijk": _("Een wijk"),
}
LONGEST_TERM = 10_000
DAYS = ["%d-%m-%Y", "%Y-%m-%d"]


def _text(label, rows: int = 2, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": rows}), **options)


class SignForm(BaseModelForm):
    """The words of a sign, how much it weighs, and who is asked."""

    ask_nl = _text(_("Vraag over een ander, Nederlands"))
    ask_en = _text(_("Vraag over een ander, Engels"))
    self_nl = _text(_("Vraag over jezelf, Nederlands"), required=False)
    self_en = _text(_("Vraag over jezelf, Engels"), required=False)
    nl = _text(_("Voor medewerkers, Nederlands"))
    en = _text(_("Voor medewerkers, Engels"))
    urgency = forms.ChoiceField(label=_("Hoe dringend"), choices=Urgency.choices, widget=forms.RadioSelect)
    weight = forms.TypedChoiceField(
        label=_("Hoe zwaar het teken telt"),
        choices=[(1, _("1: zwak")), (2, _("2: gewoon")), (3, _("3: sterk"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    audience = forms.MultipleChoiceField(
        label=_("Wie dit teken ziet"), choices=ReferrerRole.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Indicator
        fields = ["ask_nl", "ask_en", "self_nl", "self_en", "nl", "en", "urgency", "weight", "audience"]

    def clean(self):
        words = super().clean()
        if ReferrerRole.SELF in words.get("audience", ()):
            for name in ("self_nl", "self_en"):
                if name not in self.errors and not words.get(name):
                    self.add_error(name, _("Vul deze vraag in: wie over zichzelf meldt, ziet dit teken."))
        return words


class MunicipalityForm(BaseForm):
    """To which municipality a name or postcode leads."""

    municipality = forms.ModelChoiceField(
        label=_("Gemeente"), queryset=Municipality.objects.none(), empty_label=_("Kies een gemeente")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.all()


class PlaceForm(MunicipalityForm):
    """A name that people type, and where it leads."""

    name = forms.CharField(label=_("Naam zoals mensen hem typen"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Wat is het?"), choices=list(KINDS.items()), widget=forms.RadioSelect, initial="spelling"
    )
    field_order = ["name", "kind", "municipality"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not key(name):
            raise ValidationError(_("Een naam heeft letters. Typ de naam van een plaats."))
        return name

    def clean(self):
        words = super().clean()
        if len(words) == 3 and Place.objects.filter(**words, removed_at=None).exists():
            self.add_error("name", _("Deze naam staat er al voor deze gemeente."))
        return words


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
                for urgency, label in Urgency.choices
            )
        )

    def _add(self, urgency: str, leg: str, now: ClockTerm | Term) -> None:
        about = {"leg": LEGS[leg], "urgency": Urgency(urgency).label}
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
        """Return what was filled in as terms; the same working day has no amount."""
        words = self.cleaned_data
        found = {}
        for urgency, leg in TERMS:
            unit = Unit(words[f"{urgency}_{leg}_unit"])
            amount = 0 if unit == Unit.SAME_WORKING_DAY else words[f"{urgency}_{leg}_amount"]
            found[(urgency, leg)] = Term(amount, unit)
        return found


class HelplineForm(BaseModelForm):
    """A number that the public pages show. The name stays as it was added."""

    name = forms.CharField(label=_("Naam"), max_length=80)
    number = forms.CharField(
        label=_("Nummer"),
        help_text=_("Zoals mensen het lezen, bijvoorbeeld 0800 2000."),
        max_length=20,
        validators=[RegexValidator(r"^\+?[0-9][0-9 -]{1,18}$", _("Typ een nummer met cijfers, bijvoorbeeld 0800 2000."))],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    for_whom_nl = forms.CharField(label=_("Voor wie, Nederlands"), max_length=160)
    for_whom_en = forms.CharField(label=_("Voor wie, Engels"), max_length=160)
    position = forms.IntegerField(
        label=_("Plek in de lijst"), help_text=_("De laagste zeven staan op de eerste bladzijde."), min_value=0, max_value=999
    )
    checked_on = forms.DateField(
        label=_("Gecontroleerd op"),
        help_text=_("De dag waarop iemand het nummer heeft gebeld of nagezocht, bijvoorbeeld 27-3-2026."),
        input_formats=DAYS,
        required=False,
        widget=forms.DateInput(format="%d-%m-%Y"),
    )

    class Meta:
        model = Helpline
        fields = ["name", "number", "for_whom_nl", "for_whom_en", "position", "checked_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["name"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Helpline.objects.filter(name__iexact=name).exists():
            raise ValidationError(_("Deze hulplijn staat er al. Kies hem in de lijst."))
        return name

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Vul een dag in die geweest is."))
        return day
