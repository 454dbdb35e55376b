"""Forms with which a coordinator decides on a signal and corrects what the rules proposed."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Municipality
from meldpunt.web.forms import BaseForm
from signals.models import Case, Signal
from signals.queue.search import references_of
from signals.vocabulary import Form, Urgency
from signals.workflow import (
    DECISION_REASONS,
    JOIN_REASONS,
    REOPEN_REASONS,
    SEPARATE_REASONS,
    TAKE_OVER_REASONS,
    CaseState,
    Decision,
    Reason,
)

LONGEST_WORDS = 1000
LONGEST_TELL = 4000
URGENCY_REASONS = (Reason.DANGER, Reason.NEW_FACTS, Reason.OTHER)
DECISIONS = {
    Decision.NEW_CASE: (_("Maak een nieuwe zaak"), _("Daarna kies je het netwerk.")),
    Decision.JOINED: (
        _("Voeg bij een zaak"),
        _("Gaat het over dezelfde persoon? Vul hieronder het nummer in."),
    ),
    Decision.ADVICE: (_("Geef advies en sluit"), ""),
    Decision.REFERRED: (_("Verwijs naar een ander"), ""),
    Decision.NO_SIGNAL: (_("Geen signaal"), ""),
    Decision.DUPLICATE: (_("Dubbel"), _("Vul hieronder het nummer van de andere melding in.")),
}


# Numbers on the keyboard; 3 is asking the referrer, which has a form of its own.
KEYS = {
    Decision.NEW_CASE: "1",
    Decision.JOINED: "2",
    Decision.ADVICE: "4",
    Decision.REFERRED: "5",
    Decision.NO_SIGNAL: "6",
    Decision.DUPLICATE: "7",
}


def preset(reasons) -> list[tuple[str, str]]:
    """Return preset reasons as choices, with an empty one first."""
    return [("", _("Kies een reden")), *((reason.value, reason.label) for reason in reasons)]


class VersionedForm(BaseForm):
    """A form that says which version of the signal or case was on the screen."""

    # Which fields are kept as they are chosen: field → attribute. Two who change one at once choose between both.
    STORED: dict[str, str] = {}
    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """Keep what was typed, against the version that is there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version


class Keyed(forms.RadioSelect):
    """Radios that a key on the keyboard chooses: `keys` says which, {value: key}."""

    keys: dict[str, str] = {}

    def create_option(self, name, value, *args, **kwargs):
        """Add the key of an option as data-key."""
        option = super().create_option(name, value, *args, **kwargs)
        if key := self.keys.get(str(value)):
            option["attrs"]["data-key"] = key
        return option


def own_words() -> forms.CharField:
    """A field for own words that go with an act; they are sealed."""
    return forms.CharField(
        label=_("Eigen woorden"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )


class DecideForm(VersionedForm):
    """The decision on a signal, with its reason."""

    prefix = "decide"
    STORED = {"decision": "decision"}
    decision = forms.ChoiceField(
        label=_("Besluit"),
        choices=[(key, label) for key, (label, _hint) in DECISIONS.items()],
        widget=Keyed,
        error_messages={"required": _("Kies wat je besluit.")},
    )
    number = forms.CharField(
        label=_("Nummer van de zaak of de andere melding"),
        help_text=_("Alleen bij voegen en dubbel. Bijvoorbeeld ZK-7K3-M4T."),
        required=False,
        max_length=20,
    )
    reason = forms.ChoiceField(
        label=_("Reden"),
        choices=[
            ("", _("Kies een reden")),
            *(
                (DECISIONS[key][0], [(r.value, r.label) for r in reasons])
                for key, reasons in DECISION_REASONS.items()
            ),
        ],
        error_messages={"required": _("Kies een reden.")},
    )
    words = own_words()
    tell = forms.CharField(
        label=_("Bericht aan de melder"),
        help_text=_("Leeg? Dan sturen we de standaardtekst bij dit besluit. Bij advies schrijf je zelf."),
        required=False,
        max_length=LONGEST_TELL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["decision"].widget.keys = KEYS
        self.fields["decision"].hints = {key: hint for key, (_label, hint) in DECISIONS.items() if hint}

    def clean(self):
        """The reason fits the decision, and a number leads to something that this coordinator may see."""
        cleaned = super().clean()
        decision, reason = cleaned.get("decision"), cleaned.get("reason")
        if decision and reason and reason not in DECISION_REASONS[decision]:
            self.add_error("reason", gettext("Kies een reden die bij dit besluit past."))
        if reason == Reason.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op wat de reden is."))
        numbers = references_of(cleaned.get("number") or "")
        cleaned["case"] = self._case(numbers) if decision == Decision.JOINED else None
        cleaned["same_as"] = self._signal(numbers) if decision == Decision.DUPLICATE else None
        return cleaned

    def _case(self, numbers: list[str]) -> Case | None:
        found = Case.objects.for_desk(self.user).exclude(state__in=[CaseState.CLOSED, CaseState.DESTROYED])
        case = found.filter(reference__in=numbers).first()
        if case is None:
            self.add_error("number", gettext("Vul het nummer in van een zaak die nog open is."))
        return case

    def _signal(self, numbers: list[str]) -> Signal | None:
        signal = Signal.objects.visible_to(self.user).filter(reference__in=numbers).first()
        if signal is None:
            self.add_error("number", gettext("Vul het nummer in van de andere melding."))
        return signal

    def act(self) -> dict:
        """What the action takes."""
        names = ("decision", "reason", "version", "words", "case", "same_as", "tell")
        return {name: self.cleaned_data[name] for name in names}


class PlaceForm(VersionedForm):
    """Where the person lives or sleeps, as the coordinator knows it."""

    prefix = "place"
    STORED = {"municipality": "municipality_id"}
    municipality = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=Municipality.objects.all(),
        required=False,
        empty_label=_("Buiten Overijssel, of niet bekend"),
    )

    def __init__(self, *args, municipalities: dict[str, str] | None = None, **kwargs):
        """`municipalities` (code → name), where they are known already, saves asking for them again."""
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        if municipalities is not None:
            known = sorted(municipalities.items(), key=lambda row: row[1])
            field.choices = [("", field.empty_label), *known]


class FormForm(VersionedForm):
    """The form of exploitation, as the coordinator sees it."""

    prefix = "form"
    STORED = {"form": "form"}
    form = forms.ChoiceField(label=_("Vorm"), choices=Form.choices)


class UrgencyForm(VersionedForm):
    """Another urgency than the rules gave."""

    prefix = "urgency"
    STORED = {"urgency": "urgency"}
    urgency = forms.ChoiceField(label=_("Hoe dringend"), choices=Urgency.choices)
    reason = forms.ChoiceField(label=_("Reden"), choices=preset(URGENCY_REASONS))
    words = own_words()


class ReopenForm(VersionedForm):
    """Why a decided signal is looked at again."""

    prefix = "reopen"
    reason = forms.ChoiceField(label=_("Reden"), choices=preset(REOPEN_REASONS))
    words = own_words()


class ReasonedForm(BaseForm):
    """A preset reason, and own words beside it; another reason than the preset ones needs words."""

    reason = forms.ChoiceField(label=_("Reden"), error_messages={"required": _("Kies een reden.")})
    words = own_words()
    REASONS: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = preset(self.REASONS)

    def clean(self):
        """Another reason than the preset ones needs words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op wat de reden is."))
        return cleaned


class TakeOverForm(ReasonedForm):
    """Why a signal is taken over from the colleague who holds it."""

    prefix = "over"
    REASONS = TAKE_OVER_REASONS


class NoteForm(BaseForm):
    """A note of the desk; it is added and never changed."""

    prefix = "note"
    words = forms.CharField(
        label=_("Notitie"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "n"}),
        error_messages={"required": _("Schrijf eerst je notitie.")},
    )


class JoinForm(ReasonedForm, VersionedForm):
    """Which case a signal is joined to: a number that is typed, or one of the cases that are open."""

    prefix = "join"
    REASONS = JOIN_REASONS
    case = forms.ChoiceField(
        label=_("Welke zaak?"), widget=forms.RadioSelect, required=False, error_messages={"required": _("Kies een zaak.")}
    )
    number = forms.CharField(
        label=_("Of vul het nummer in"), help_text=_("Bijvoorbeeld ZK-7K3-M4T."), required=False, max_length=20
    )

    def __init__(self, *args, cases, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["case", "number", "reason", "words"])
        self.fields["case"].choices = [(case.reference, case.reference) for case in cases]
        self.fields["case"].hints = {case.reference: case.in_short for case in cases}
        self.fields["case"].silent = True

    def clean(self):
        """The number counts before the choice, and leads to an open case that this coordinator may see."""
        cleaned = super().clean()
        typed = cleaned.get("number") or ""
        wanted = references_of(typed) if typed.strip() else [cleaned.get("case") or ""]
        open_ones = Case.objects.for_desk(self.user).exclude(state__in=[CaseState.CLOSED, CaseState.DESTROYED])
        found = open_ones.filter(reference__in=wanted).select_related("municipality").first()
        if found is None:
            self.add_error("number", gettext("Vul het nummer in van een zaak die nog open is."))
        cleaned["case"] = found
        return cleaned


class SeparateForm(ReasonedForm, VersionedForm):
    """Why a signal is taken out of its case."""

    prefix = "separate"
    REASONS = SEPARATE_REASONS
