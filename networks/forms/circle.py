"""Forms of the circle: somebody around the person, whether a peer is approached too, a peer as a signal, a suspect."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.actions.peers import AboutPeer
from networks.content import RelationContent, SuspectContent
from networks.forms.work import chosen
from networks.models import Approached, Certainty, RelationKind, Source
from signals.forms.triage import VersionedForm
from signals.vocabulary import AgeBand, Danger, Gender

LONGEST_NAME = 120
LONGEST_WORDS = 1000


def line(label: str, hint: str = "", longest: int = LONGEST_NAME) -> forms.CharField:
    """Return a field of one line that may stay empty."""
    field = forms.CharField(label=label, help_text=hint, max_length=longest, required=False)
    field.silent = True
    return field


def text(label: str, hint: str = "", rows: int = 2) -> forms.CharField:
    """Return a field of some lines that may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, help_text=hint, max_length=LONGEST_WORDS, required=False, widget=widget)
    field.silent = True
    return field


def one_of(label: str, choices, first: str) -> forms.ChoiceField:
    """Return a choice that may stay open."""
    field = forms.ChoiceField(label=label, choices=chosen(first, choices), required=False)
    field.silent = True
    return field


class RelationForm(BaseForm):
    """Somebody around the person."""

    prefix = "relation"
    kind = forms.ChoiceField(label=_("Wie is het?"), choices=chosen(_("Kies wie het is"), RelationKind.choices))
    name = line(_("Naam of bijnaam"), _("Alleen als je die kent."))
    age = line(_("Hoe oud?"), longest=40)
    school = line(_("School of werk"))
    words = text(_("Wat weten jullie?"))
    source = one_of(_("Van wie weten jullie dit?"), Source.choices, _("Niet gezegd"))
    certainty = one_of(_("Hoe zeker is het?"), Certainty.choices, _("Niet gezegd"))

    @property
    def said(self) -> RelationContent:
        """What is sealed, of a valid form."""
        names = ("name", "age", "school", "words", "source", "certainty")
        return RelationContent(**{name: self.cleaned_data[name] for name in names})


class ChangeRelationForm(VersionedForm, RelationForm):
    """Who somebody is, changed."""

    prefix = "person"


class AnswerForm(VersionedForm):
    """Whether a peer is approached too; who waives the question says why."""

    prefix = "answer"
    approached = forms.ChoiceField(
        label=_("Wordt deze persoon ook benaderd?"), choices=Approached.choices, widget=forms.RadioSelect
    )
    because = line(_("Waarom vragen jullie dit niet na?"), _("Alleen nodig bij ‘Dit vragen we niet na’."), LONGEST_WORDS)

    def clean(self):
        """A waived question needs a reason."""
        said = super().clean()
        if said.get("approached") == Approached.WAIVED and not said.get("because", "").strip():
            self.add_error("because", gettext("Schrijf op waarom jullie dit niet navragen."))
        return said


class PeerForm(VersionedForm):
    """A peer as a signal: what goes along to the desk, and nothing else."""

    prefix = "peer"
    name = line(_("Naam of bijnaam"))
    age_band = forms.ChoiceField(label=_("Hoe oud?"), choices=AgeBand.choices, initial=AgeBand.UNKNOWN)
    gender = forms.ChoiceField(label=_("Meisje, jongen of anders?"), choices=Gender.choices, initial=Gender.UNKNOWN)
    school = line(_("School of werk"))
    place = line(_("Waar woont of slaapt die persoon?"), _("Een dorp, stad of postcode."))
    danger = forms.ChoiceField(
        label=_("Is er nu gevaar?"), choices=Danger.choices, initial=Danger.UNKNOWN, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Waarom maak je je zorgen?"),
        help_text=_("Schrijf alleen wat over deze persoon gaat."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def about(self) -> AboutPeer:
        """What goes along, of a valid form."""
        return AboutPeer(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class SuspectForm(BaseForm):
    """Somebody who may exploit the person. Nothing here is a fact until a judge says so."""

    prefix = "suspect"
    name = line(_("Naam"))
    nickname = line(_("Bijnaam"))
    phone = line(_("Telefoon"), longest=40)
    handle = line(_("Account op sociale media"))
    plate = line(_("Kenteken"), longest=20)
    words = text(_("Wat weten jullie?"), _("Schrijf wat iemand zag of hoorde. Geen oordeel."), rows=3)
    source = one_of(_("Van wie weten jullie dit?"), Source.choices, _("Niet gezegd"))
    certainty = one_of(_("Hoe zeker is het?"), Certainty.choices, _("Niet gezegd"))

    def clean(self):
        """Nothing at all is nobody."""
        said = super().clean()
        if not self.errors and not any(said.get(name, "").strip() for name in KNOWN):
            self.add_error("name", gettext("Vul iets in: een naam, bijnaam, nummer of wat jullie weten."))
        return said

    @property
    def said(self) -> SuspectContent:
        """What is sealed, of a valid form."""
        return SuspectContent(**{name: self.cleaned_data[name] for name in (*KNOWN, "source", "certainty")})


KNOWN = ("name", "nickname", "phone", "handle", "plate", "words")


class ChangeSuspectForm(VersionedForm, SuspectForm):
    """What is known of a suspect, changed."""

    prefix = "known"
