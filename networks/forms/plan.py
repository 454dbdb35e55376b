"""Forms of the plan: who coordinates, what the person wants, goals and how they go."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.content import PlanContent
from networks.forms.work import LONGEST_NAME, chosen, day, day_ahead
from networks.models import GoalState, Party, Post
from signals.forms.triage import VersionedForm

LONGEST = 1000
LONGEST_WISH = 4000
OTHERS = [(Party.REFERRER.value, Party.REFERRER.label), (Party.OUTSIDE.value, Party.OUTSIDE.label)]


def text(label, *, longest: int, rows: int, required: bool = False, hint="", missing="") -> forms.CharField:
    """Return a field for own words of a network."""
    said = {"required": missing} if missing else {}
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=required, widget=area, error_messages=said
    )


class AppointForm(BaseForm):
    """Who gets a post: a member by name, or somebody of the referrer's organisation or from outside in own words."""

    whom = forms.ChoiceField(label=_("Wie?"))
    who = forms.CharField(
        label=_("Naam of functie"),
        help_text=_("Alleen voor iemand buiten jullie netwerk."),
        max_length=LONGEST_NAME,
        required=False,
    )
    organisation = forms.CharField(label=_("Organisatie"), max_length=LONGEST_NAME, required=False)
    words = text(_("Waarom deze persoon?"), longest=LONGEST, rows=2)
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *args, post: str, workers=(), **kwargs) -> None:
        self.post = Post(post)
        super().__init__(*args, prefix=f"post_{post}", **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        members = [(pk, user.name) for pk, user in self.workers.items()]
        self.fields["whom"].choices = [*chosen(_("Kies wie"), members), *OTHERS]
        self.fields["who"].silent = self.fields["organisation"].silent = self.fields["words"].silent = True

    def clean(self):
        """Somebody from elsewhere needs a name, a function or an organisation."""
        cleaned = super().clean()
        elsewhere = cleaned.get("whom") in dict(OTHERS)
        if elsewhere and not (cleaned.get("who") or cleaned.get("organisation")) and "who" not in self.errors:
            self.add_error("who", gettext("Schrijf wie het is: een naam, een functie of een organisatie."))
        return cleaned

    def renew(self, current) -> None:
        """Keep what was typed, against who has the post now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("instead_of")] = str(current or "")

    def act(self) -> dict:
        """Return what the action needs, of a valid form."""
        given = dict(self.cleaned_data)
        whom = given.pop("whom")
        person = self.workers.get(whom)
        if person is not None:
            given |= {"who": "", "organisation": ""}
        return given | {"person": person, "party": Party.MEMBER if person else whom, "post": self.post}


class WishForm(VersionedForm):
    """What the person concerned wants, in own words."""

    prefix = "wish"
    wish = text(
        _("Wat wil de persoon zelf?"),
        hint=_("Zoveel mogelijk in eigen woorden."),
        longest=LONGEST_WISH,
        rows=4,
        required=True,
        missing=_("Schrijf op wat de persoon zelf wil. Weet je het niet? Schrijf dat dan."),
    )
    made_with = forms.CharField(
        label=_("Met wie is het plan gemaakt?"),
        help_text=_("Bijvoorbeeld: met de persoon zelf, de moeder en de mentor."),
        max_length=LONGEST_NAME,
        required=False,
    )

    @property
    def said(self) -> PlanContent:
        """What is sealed, of a valid form."""
        return PlanContent(self.cleaned_data["wish"], self.cleaned_data["made_with"])


class GoalForm(BaseForm):
    """A goal: what, who, by when. `workers` are the members who may see to it."""

    prefix = "goal"
    words = text(
        _("Wat is het doel?"),
        hint=_("Bijvoorbeeld: weer vier dagen per week naar school."),
        longest=LONGEST,
        rows=2,
        required=True,
        missing=_("Schrijf op wat het doel is."),
    )
    owner = forms.ChoiceField(label=_("Wie let hierop?"), required=False)
    who = forms.CharField(
        label=_("Wie werkt er nog aan mee?"),
        help_text=_("Bijvoorbeeld: de mentor, of een tante."),
        max_length=LONGEST_NAME,
        required=False,
    )
    due_on = day(_("Wanneer moet het zover zijn?"), required=False)

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        self.fields["owner"].choices = chosen(_("Nog niemand"), [(pk, user.name) for pk, user in self.workers.items()])
        for name in ("owner", "who", "due_on"):
            self.fields[name].silent = True

    def clean_owner(self):
        """The member, or None."""
        return self.workers.get(self.cleaned_data["owner"])

    def clean_due_on(self):
        """A day that a person can mean: neither past nor a slip of the year; a change may keep the day that it had."""
        return day_ahead(self.cleaned_data["due_on"], self.initial.get("due_on"))


class ChangeGoalForm(VersionedForm, GoalForm):
    """What a goal says, changed."""

    prefix = "goal"


class HowForm(VersionedForm):
    """How a goal goes."""

    prefix = "how"
    state = forms.ChoiceField(label=_("Hoe ver is het?"), choices=GoalState.choices, widget=forms.RadioSelect)
    words = text(_("Hoe gaat het?"), longest=LONGEST, rows=3)
