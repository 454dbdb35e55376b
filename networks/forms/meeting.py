"""Forms of a meeting: plan it, the required block of a case, minutes, who is there, closing."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.clocks import AMSTERDAM
from meldpunt.web.forms import BaseForm
from networks.forms.circle import line, text
from networks.forms.plan import OTHERS
from networks.forms.work import chosen, day
from networks.models import MOST_WEEKS, Answer
from signals.forms.triage import VersionedForm

USUAL_TIME = "10:00"
BLOCK = ("youth_care", "youth_care_why", "surroundings", "surroundings_who", "peers")


class PlanMeetingForm(BaseForm):
    """When and where the next meeting is."""

    prefix = "meeting"
    on = day(_("Op welke dag?"), required=True)
    at = forms.TimeField(
        label=_("Hoe laat?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        initial=USUAL_TIME,
        error_messages=dict.fromkeys(("required", "invalid"), _("Vul een tijd in, bijvoorbeeld 10:00.")),
    )
    where = line(_("Waar?"))
    substitute = forms.ChoiceField(
        label=_("Wie vervangt de voorzitter?"),
        help_text=_("Soms zit iemand anders een zaak voor."),
        required=False,
    )

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        names = [(pk, user.name) for pk, user in self.workers.items()]
        self.fields["substitute"].choices = chosen(_("Nog niemand"), names)
        self.fields["substitute"].silent = True

    def clean_substitute(self):
        """The colleague, or None."""
        return self.workers.get(self.cleaned_data["substitute"])

    def clean_on(self):
        """A day from today on, within a year."""
        wanted, today = self.cleaned_data["on"], timezone.localdate()
        if not today <= wanted <= today + datetime.timedelta(days=366):
            raise forms.ValidationError(gettext("Kies een dag vanaf vandaag, binnen een jaar."))
        return wanted

    @property
    def begins_at(self) -> datetime.datetime:
        """When it begins, of a valid form."""
        return datetime.datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], AMSTERDAM)

    def act(self) -> dict:
        """Return what the action needs, of a valid form."""
        return {"begins_at": self.begins_at} | {
            name: self.cleaned_data[name] for name in ("where", "substitute")
        }


class RhythmForm(BaseForm):
    """How many weeks lie between two meetings."""

    prefix = "rhythm"
    weeks = forms.IntegerField(
        label=_("Hoeveel weken zitten er tussen twee overleggen?"),
        min_value=1,
        max_value=MOST_WEEKS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Vul een heel getal in, van 1 tot en met 26."),
        ),
    )


class ChairsForm(VersionedForm):
    """Who chairs a meeting: a lead; who takes over where the chair does not: any of `people` (chairing.workers_of)."""

    prefix = "chairs"
    chair = forms.ChoiceField(label=_("Wie zit voor?"))
    substitute = forms.ChoiceField(
        label=_("Wie vervangt de voorzitter?"),
        help_text=_("Soms zit iemand anders een zaak voor."),
        required=False,
    )

    def __init__(self, *args, people=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        names = [(pk, user.name) for pk, user in self.people.items()]
        self.fields["chair"].choices = [(pk, user.name) for pk, user in self.people.items() if user.leads]
        self.fields["substitute"].choices = chosen(_("Nog niemand"), names)
        self.fields["substitute"].silent = True

    def clean_chair(self):
        """The lead."""
        return self.people[self.cleaned_data["chair"]]

    def clean_substitute(self):
        """Another colleague, or None."""
        wanted = self.people.get(self.cleaned_data["substitute"])
        if wanted is not None and wanted == self.cleaned_data.get("chair"):
            raise forms.ValidationError(gettext("Kies iemand anders dan de voorzitter."))
        return wanted


def seg(label: str, choices) -> forms.ChoiceField:
    """Return short answers in a row."""
    field = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    field.inline = True
    return field


class BlockForm(VersionedForm):
    """What a meeting says of every case: youth care, who coordinates, the surroundings, the peers."""

    prefix = "block"
    youth_care = seg(
        _("Is jeugdzorg nodig?"), [(Answer.YES, _("Ja")), (Answer.NO, _("Nee")), (Answer.LATER, _("Later"))]
    )
    youth_care_why = line(_("Waarom?"), longest=1000)
    coordinator = forms.ChoiceField(label=_("Wie stemt de zorg af?"), required=False)
    coordinator_who = line(_("Is het iemand van buiten? Wie dan?"))
    surroundings = seg(
        _("Is de omgeving betrokken?"),
        [(Answer.YES, _("Ja")), (Answer.PARTLY, _("Deels")), (Answer.NO, _("Nee"))],
    )
    surroundings_who = line(_("Wie, en hoe?"), longest=1000)
    peers = seg(
        _("Is de kring gevraagd?"),
        [(Answer.YES, _("Ja")), (Answer.PARTLY, _("Nog niet iedereen")), (Answer.NO, _("Nee"))],
    )

    def __init__(self, *args, workers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        names = [(pk, user.name) for pk, user in self.workers.items()]
        self.fields["coordinator"].choices = [*chosen(_("Zoals het nu is"), names), *OTHERS]
        self.fields["coordinator"].silent = True

    def clean(self):
        """Somebody from elsewhere is described in words."""
        cleaned = super().clean()
        elsewhere = cleaned.get("coordinator") in dict(OTHERS)
        if elsewhere and not cleaned.get("coordinator_who") and "coordinator_who" not in self.errors:
            self.add_error(
                "coordinator_who", gettext("Schrijf wie het is: een naam, een functie of een organisatie.")
            )
        return cleaned

    def appointed(self) -> dict | None:
        """Return who coordinates from now on, as coordination.appoint takes it; None: as it is now. Of a valid form."""
        chosen_one = self.cleaned_data["coordinator"]
        if not chosen_one:
            return None
        if person := self.workers.get(chosen_one):
            return {"person": person}
        return {"party": chosen_one, "who": self.cleaned_data["coordinator_who"]}

    def answers(self) -> dict[str, str]:
        """Return what is kept of the block, of a valid form."""
        return {name: self.cleaned_data[name] for name in BLOCK}


class MinutesForm(BaseForm):
    """A line for the minutes of a case."""

    prefix = "minutes"
    words = forms.CharField(
        label=_("Verslag van deze zaak"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ThereForm(VersionedForm):
    """Who is there: the members by tick, guests by name and organisation."""

    prefix = "there"
    members = forms.MultipleChoiceField(
        label=_("Wie zijn er?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = text(_("Gasten"), _("Op elke regel: naam of functie, en organisatie."))

    def __init__(self, *args, people=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = [user for user, _there in people]
        self.fields["members"].choices = [(str(user.pk), user.name) for user in self.people]
        self.fields["members"].initial = [str(user.pk) for user, there in people if there]

    def there(self) -> dict:
        """Return {user: whether there}, of a valid form."""
        return {user: str(user.pk) in self.cleaned_data["members"] for user in self.people}


class WordsForm(BaseForm):
    """Own words that may stay empty: at the end of a meeting."""

    prefix = "closing"
    words = text(_("Nog iets voor het verslag?"))


class LaterForm(BaseForm):
    """A line that is added after a meeting."""

    prefix = "later"
    words = forms.CharField(
        label=_("Aanvulling op het verslag"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class TieForm(BaseForm):
    """Which tie somebody has with a case."""

    prefix = "tie"
    words = text(_("Welke band heb je?"), _("Alleen wie deze zaak voorzit, leest dit."))
