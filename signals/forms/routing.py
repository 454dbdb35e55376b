"""Forms with which a coordinator sends a case to networks, takes it back, or hands it over outside."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from signals.forms.triage import VersionedForm, own_words, preset
from signals.vocabulary import Basis, Urgency
from signals.workflow import PROPOSED_REASON, RECALL_REASONS, ROUTE_REASONS, Reason

OUTSIDE = "outside"
FILLED_IN = "filled_in"
LONGEST_NOTE = 1000
LATEST_ANSWER = datetime.timedelta(days=60)
MOMENT = "%Y-%m-%dT%H:%M"


class RouteForm(VersionedForm):
    """Who leads and who supports, or who outside the networks; on what ground, how soon, why, and a note."""

    prefix = "route"
    team = forms.ChoiceField(
        label=_("Wie krijgt de leiding?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een netwerk.")},
    )
    body = forms.CharField(
        label=_("Welke organisatie buiten de netwerken?"),
        help_text=_("Alleen als je een ander kiest. Noem ook de persoon."),
        required=False,
        max_length=200,
    )
    reason = forms.ChoiceField(
        label=_("Reden"), choices=preset(ROUTE_REASONS), error_messages={"required": _("Kies een reden.")}
    )
    words = own_words()
    # The network for which the reason was filled in; empty as soon as somebody chose the reason (static/js/route.js).
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    support = forms.MultipleChoiceField(
        label=_("Wie steunt?"),
        help_text=_("Wie steunt, leest hetzelfde. Wie de leiding heeft, sluit de zaak af."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.ChoiceField(
        label=_("Op welke grond deel je dit?"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies op welke grond je dit deelt.")},
    )
    urgency = forms.ChoiceField(label=_("Hoe dringend is het voor het netwerk?"), choices=Urgency.choices)
    answer_by = forms.DateTimeField(
        label=_("Antwoord nodig voor"),
        help_text=_("Vul je niets in? Dan geldt de gewone termijn."),
        required=False,
        input_formats=[MOMENT, "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Vul een dag en een tijd in, bijvoorbeeld 27-3-2026 16:00.")},
    )
    note = forms.CharField(
        label=_("Bericht aan de netwerken"),
        help_text=_("Dit lezen zij. Noem geen melder."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, networks, hints=None, support_hints=None, **kwargs):
        """Take the networks to choose from, and small lines ({slug: words}) for who could lead and who could support."""
        super().__init__(*args, **kwargs)
        self.networks = {team.slug: team for team in networks}
        named = [(slug, team.name) for slug, team in self.networks.items()]
        self.fields["team"].choices = [*named, (OUTSIDE, _("Een ander, buiten de netwerken"))]
        self.fields["team"].hints = {OUTSIDE: gettext("Je noemt hieronder wie. De zaak sluit."), **(hints or {})}
        self.fields["support"].choices = named
        self.fields["support"].hints = dict(support_hints or {})
        self["words"].help_text = gettext("Dit blijft bij het meldpunt.")
        if self["proposed"].value():
            self["reason"].help_text = gettext(
                "Ingevuld volgens het voorstel. Kies je een ander netwerk? Kies dan ook zelf de reden."
            )

    @property
    def outside(self) -> bool:
        """Whether the case goes to a body outside the networks."""
        return self.cleaned_data.get("team") == OUTSIDE

    def clean_answer_by(self):
        """Return a moment to come, at most sixty days from now."""
        moment = self.cleaned_data["answer_by"]
        if moment is not None and not timezone.now() < moment <= timezone.now() + LATEST_ANSWER:
            raise ValidationError(gettext("Kies een moment dat nog komt, binnen 60 dagen."), code="moment")
        return moment

    def clean(self):
        """A body outside needs a name and words; who leads does not support as well; another reason needs words.

        A reason that was filled in with the proposal is no reason for another network.
        """
        cleaned = super().clean()
        lead, support = cleaned.get("team"), cleaned.get("support") or []
        if lead == OUTSIDE and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", gettext("Schrijf op aan wie je de zaak overdraagt."))
        if lead == OUTSIDE and support:
            self.add_error("support", gettext("Ga je buiten de netwerken? Dan kan hier niemand steunen."))
        if lead in support:
            self.add_error("support", gettext("Dit netwerk heeft al de leiding. Kies een ander, of niemand."))
        filled_in = cleaned.get("proposed") and cleaned.get("reason") == PROPOSED_REASON
        if filled_in and lead and lead != cleaned["proposed"]:
            self.add_error("reason", ValidationError(gettext("Je volgt het voorstel niet. Kies zelf de reden."), code=FILLED_IN))
        other = cleaned.get("reason") == Reason.OTHER
        if other and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op wat de reden is."))
        return cleaned

    def let_choose_reason(self) -> None:
        """Leave no reason chosen where it only stood there for the network that was proposed."""
        if self.has_error("reason", FILLED_IN):
            self.data = self.data.copy()
            self.data[self.add_prefix("proposed")] = self.data[self.add_prefix("reason")] = ""
            self["reason"].help_text = ""

    def teams(self) -> list:
        """Return the networks of a valid form: who leads first, then who supports."""
        chosen = [self.cleaned_data["team"], *self.cleaned_data["support"]]
        return [self.networks[slug] for slug in chosen if slug in self.networks]

    def chosen(self) -> list[tuple[str, str]]:
        """Return (question, answer) of a valid form in words, for the page that asks to confirm."""
        given, teams = self.cleaned_data, self.teams()
        answers = [(gettext("Buiten de netwerken"), given["body"])] if self.outside else []
        if teams:
            answers.append((gettext("Heeft de leiding"), teams[0].name))
        if teams[1:]:
            answers.append((gettext("Steunt"), ", ".join(team.name for team in teams[1:])))
        answers.append((gettext("Grond"), Basis(given["basis"]).label))
        answers.append((gettext("Hoe dringend"), Urgency(given["urgency"]).label))
        if given["answer_by"]:
            answers.append((gettext("Antwoord nodig voor"), _moment(given["answer_by"])))
        answers.append((gettext("Reden"), Reason(given["reason"]).label))
        if given["words"]:
            answers.append((gettext("Eigen woorden"), given["words"]))
        return answers

    def handed_over(self) -> str:
        """Return the words that are kept with handing over outside: to whom, on what ground, what was agreed."""
        given = self.cleaned_data
        parts = [given["body"], Basis(given["basis"]).label, Reason(given["reason"]).label, given["words"]]
        return "\n".join(str(part) for part in parts if part)


def _moment(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%d-%m-%Y %H:%M")


class AnyLetterField(forms.ChoiceField):
    """A choice that takes a letter that is not there any more too: the view then says what changed."""

    def valid_value(self, value) -> bool:
        return True


class RecallForm(BaseForm):
    """Why a case is taken back from a network that has not accepted yet, and from which: the form always names it."""

    prefix = "recall"
    letter = AnyLetterField(label=_("Van welk netwerk haal je de zaak terug?"), widget=forms.RadioSelect, required=False)
    reason = forms.ChoiceField(
        label=_("Waarom haal je de zaak terug?"),
        choices=preset(RECALL_REASONS),
        error_messages={"required": _("Kies een reden.")},
    )
    words = own_words()

    def __init__(self, *args, letters=(), **kwargs):
        """Take the letters that may be recalled; with fewer than two nobody chooses, and the one goes along unseen."""
        super().__init__(*args, **kwargs)
        self._offer(letters)

    def choose_again(self, letters) -> None:
        """Offer the letters that are there now, none of them chosen: what was meant for another is not meant for these."""
        self.data = self.data.copy()
        self.data[self.add_prefix("letter")] = ""
        self._offer(letters, one_too=True)

    def _offer(self, letters, *, one_too: bool = False) -> None:
        self.letters = {str(letter.pk): letter for letter in letters}
        if len(self.letters) < (1 if one_too else 2):
            self.fields["letter"].widget = forms.HiddenInput()
            self.initial = {**self.initial, "letter": next(iter(self.letters), "")}
            return
        self.fields["letter"].widget = forms.RadioSelect()
        self.fields["letter"].required = True
        self.fields["letter"].choices = [
            (pk, f"{letter.team.name} ({letter.get_part_display()})") for pk, letter in self.letters.items()
        ]

    def chosen(self):
        """Return the letter that a valid form names; None where it cannot be recalled now."""
        return self.letters.get(self.cleaned_data.pop("letter"))


class HandOverForm(VersionedForm):
    """To whom outside the networks a case goes."""

    prefix = "hand_over"
    words = forms.CharField(
        label=_("Aan wie draag je over, en wat is afgesproken?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op aan wie je de zaak overdraagt.")},
    )
