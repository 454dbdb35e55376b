"""The forms of what an administrator keeps. They validate; actions write."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseModelForm
from signals.filing.steps import TOPICS
from signals.models import Helpline, Indicator, StandardText, TextPurpose
from signals.vocabulary import ReferrerRole, Urgency

DAYS = ["%d-%m-%Y", "%Y-%m-%d"]
EXPLOITATION = [
    ("*", _("Elke soort")),
    ("S", _("Seksueel")),
    ("A", _("Arbeid")),
    ("C", _("Crimineel")),
]


def _text(label, rows: int = 2, limit: int = 300, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _line(label, limit: int = 80, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, **options)


class SignForm(BaseModelForm):
    """The words of a sign, how much it weighs, and who is asked. The code stays as it was added."""

    code = _line(
        _("Code"),
        8,
        help_text=_("Twee letters en twee cijfers, bijvoorbeeld SC07. De code blijft altijd zo."),
        validators=[RegexValidator(r"^[A-Za-z]{2}[0-9]{2}$", _("Typ twee letters en twee cijfers, bijvoorbeeld SC07."))],
    )
    topic = forms.ChoiceField(label=_("Onderwerp"), choices=list(TOPICS.items()))
    step = forms.IntegerField(
        label=_("Plek in het onderwerp"), help_text=_("Het laagste getal staat bovenaan."), min_value=1, max_value=99, initial=9
    )
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

    form = forms.ChoiceField(label=_("Soort uitbuiting"), choices=EXPLOITATION, widget=forms.RadioSelect, initial="*")
    group_nl = _line(_("Groep voor medewerkers, Nederlands"))
    group_en = _line(_("Groep voor medewerkers, Engels"))
    source = _line(_("Bron"), 120, help_text=_("Waar dit teken vandaan komt, bijvoorbeeld een richtlijn."))

    class Meta:
        model = Indicator
        fields = (
            *("code", "ask_nl", "ask_en", "self_nl", "self_en", "audience", "topic", "step"),
            *("urgency", "weight", "form", "nl", "en", "group_nl", "group_en", "source"),
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]

    def clean_code(self):
        code = self.cleaned_data["code"].upper()
        if Indicator.objects.filter(pk=code).exists():
            raise ValidationError(_("Deze code is al in gebruik. Kies een andere."))
        return code

    def clean(self):
        words = super().clean()
        if ReferrerRole.SELF in words.get("audience", ()):
            for name in ("self_nl", "self_en"):
                if name not in self.errors and not words.get(name):
                    self.add_error(name, _("Vul deze vraag in: wie over zichzelf meldt, ziet dit teken."))
        return words


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
        label=_("Plek in de lijst"),
        help_text=_("De laagste zeven staan op de eerste bladzijde."),
        min_value=0,
        max_value=999,
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


class TextForm(BaseModelForm):
    """A standard text to referrers, in two languages."""

    purpose = forms.ChoiceField(label=_("Waarvoor"), choices=TextPurpose.choices, widget=forms.RadioSelect)
    name_nl = _line(_("Naam, Nederlands"), help_text=_("Alleen medewerkers zien de naam."))
    name_en = _line(_("Naam, Engels"))
    nl = _text(_("Tekst, Nederlands"), 6, 1500)
    en = _text(_("Tekst, Engels"), 6, 1500)
    position = forms.IntegerField(
        label=_("Plek in de lijst"), help_text=_("Het laagste getal staat bovenaan."), min_value=0, max_value=999, initial=0
    )

    class Meta:
        model = StandardText
        fields = ("purpose", "name_nl", "name_en", "nl", "en", "position")
