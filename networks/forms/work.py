"""Forms of the work about a case: plan an action, change it, say how it went, write down a contact."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.clocks import AMSTERDAM
from meldpunt.web.forms import BaseForm
from networks.content import ContactContent
from networks.models import ActionKind, Reached, Way, WithWhom
from signals.forms.files import file_field
from signals.forms.triage import VersionedForm

LONGEST_ACTION = 1000
LONGEST_CONTACT = 4000
LONGEST_NAME = 120
FURTHEST = datetime.timedelta(days=366 * 2)


def chosen(first: str, choices) -> list[tuple[str, str]]:
    """Return choices with an empty one first."""
    return [("", first), *choices]


def day(label: str, *, required: bool, hint: str = "") -> forms.DateField:
    """Return a field for one day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


def day_ahead(wanted: datetime.date | None, before: datetime.date | None = None) -> datetime.date | None:
    """Return the day `wanted` where a person can mean it for something to be done: not past, unless it was so `before`.

    Raises ValidationError with a sentence that says what to do.
    """
    today = timezone.localdate()
    if wanted is None or wanted == before:
        return wanted
    if wanted < today:
        raise forms.ValidationError(gettext("Deze dag is al voorbij. Kies vandaag of een dag die nog komt."))
    if wanted - today > FURTHEST:
        raise forms.ValidationError(gettext("Kies een dag die niet zo ver weg ligt."))
    return wanted


class ActionForm(BaseForm):
    """What is to be done, by whom, before when. `workers` are the colleagues who may own it."""

    prefix = "action"
    kind = forms.ChoiceField(label=_("Wat voor actie is het?"), choices=chosen(_("Kies een soort"), ActionKind.choices))
    words = forms.CharField(
        label=_("Wat gaan jullie doen?"),
        help_text=_("Bijvoorbeeld: met de mentor praten over het verzuim."),
        max_length=LONGEST_ACTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=_("Wie doet het?"), required=False)
    due_on = day(_("Wanneer is het klaar?"), required=False)

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        self.fields["owner"].choices = chosen(_("Nog niemand"), [(pk, user.name) for pk, user in self.workers.items()])
        self.fields["owner"].silent = self.fields["due_on"].silent = True

    def clean_owner(self):
        """The colleague, or None."""
        return self.workers.get(self.cleaned_data["owner"])

    def clean_due_on(self):
        """A day that a person can mean: neither past nor a slip of the year; a change may keep the day that it had."""
        return day_ahead(self.cleaned_data["due_on"], self.initial.get("due_on"))


class ChangeActionForm(VersionedForm, ActionForm):
    """What an action says, changed. Two who change one at once choose between both."""

    prefix = "change"


class SettleForm(VersionedForm):
    """How an action went, or why it is not needed any more."""

    prefix = "settle"
    result = forms.CharField(
        label=_("Hoe ging het?"),
        help_text=_("Een paar woorden is genoeg. Is de actie niet meer nodig? Schrijf dan waarom."),
        max_length=LONGEST_ACTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ContactForm(BaseForm):
    """A contact: when, with whom, how, what came of it."""

    prefix = "contact"
    with_whom = forms.ChoiceField(label=_("Met wie?"), choices=chosen(_("Kies met wie"), WithWhom.choices))
    who = forms.CharField(
        label=_("Wie was dat precies?"),
        help_text=_("Bijvoorbeeld: mentor, of een tante. Een naam is niet nodig."),
        max_length=LONGEST_NAME,
        required=False,
    )
    how = forms.ChoiceField(label=_("Hoe?"), choices=chosen(_("Kies hoe"), Way.choices))
    on = day(_("Op welke dag?"), required=True)
    at = forms.TimeField(
        label=_("Hoe laat?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Vul een tijd in, bijvoorbeeld 17:00.")),
    )
    reached = forms.ChoiceField(label=_("Wat kwam eruit?"), choices=chosen(_("Kies wat eruit kwam"), Reached.choices))
    words = forms.CharField(
        label=_("Wat is er gezegd of afgesproken?"),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    anyway = forms.CharField(
        label=_("Waarom toch dit contact?"),
        help_text=_("Alleen nodig als het niet past bij wat is afgesproken."),
        max_length=LONGEST_ACTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.initial = {"on": now.date(), "at": now.strftime("%H:%M")} | self.initial
        if not self["anyway"].value():
            self.fields["anyway"].widget = forms.HiddenInput()

    def clean_on(self):
        """A day that a person can mean, and that has come."""
        wanted = self.cleaned_data["on"]
        if wanted > timezone.localdate():
            raise forms.ValidationError(gettext("Deze dag moet nog komen. Plan voor dit contact een actie."))
        if abs(wanted - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError(gettext("Kies een dag die niet zo ver weg ligt."))
        return wanted

    @property
    def held_at(self) -> datetime.datetime:
        """When it was, of a valid form."""
        return datetime.datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], AMSTERDAM)

    @property
    def said(self) -> ContactContent:
        """What is sealed, of a valid form."""
        names = ("with_whom", "who", "how", "reached", "words", "anyway")
        return ContactContent(**{name: self.cleaned_data[name] for name in names})

    def ask_why(self, breaches) -> None:
        """Show what the contact breaks at its place; where it is only a warning, ask why to go on."""
        self.fields["anyway"].widget = forms.Textarea(attrs={"rows": 2})
        for breach in breaches:
            self.add_error("with_whom" if breach.refused else "anyway", breach.sentence)


class CaseFileForm(BaseForm):
    """One file."""

    prefix = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = file_field()
        self.speak_plainly(self.fields["file"], str(self.fields["file"].label))
