"""Forms of the desk that hand contact with a referrer to a network, and open a closed case again."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signals import content
from signals.forms.triage import VersionedForm, own_words, preset
from signals.workflow import REOPEN_CASE_REASONS, Reason

LONGEST_TERM = 1000
AT_DESK = "desk"


def _term(label, hint="") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_TERM, required=False, widget=area)


class HandForm(VersionedForm):
    """To which network contact goes, and what it reads about safe contact; `letters` are those that were accepted."""

    prefix = "hand"
    letter = forms.ChoiceField(
        label=_("Welk netwerk?"), widget=forms.RadioSelect, error_messages={"required": _("Kies een netwerk.")}
    )
    when = _term(_("Wanneer mag het?"))
    say = _term(_("Wat mag het netwerk zeggen?"))
    never = _term(_("Wat mag het nooit doen of zeggen?"))
    must_not_know = _term(_("Wie mag het niet weten?"))

    def __init__(self, *args, letters=(), terms: content.SafeContact | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.letters = {str(letter.pk): letter for letter in letters}
        self.fields["letter"].choices = [(key, letter.team.name) for key, letter in self.letters.items()]
        if len(self.letters) == 1:
            self.initial.setdefault("letter", next(iter(self.letters)))
        for name in ("when", "say", "never", "must_not_know"):
            self.fields[name].silent = True
            if terms is not None:
                self.initial.setdefault(name, getattr(terms, name))

    def terms(self, how: str) -> content.SafeContact:
        """Return what the network reads, of a valid form; `how` is the way that the referrer asked for."""
        given = {name: self.cleaned_data[name] for name in ("when", "say", "never", "must_not_know")}
        return content.SafeContact(allowed=True, how=how, **given)


class ReopenCaseForm(VersionedForm):
    """Whether a closed case opens again, where, and why. `teams` are the networks that had it."""

    prefix = "reopen"
    where = forms.ChoiceField(
        label=_("Waar gaat de zaak verder?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar de zaak verder gaat.")},
    )
    reason = forms.ChoiceField(label=_("Reden"), choices=preset(REOPEN_CASE_REASONS))
    words = own_words()

    def __init__(self, *args, teams=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        again = [(key, _("Terug naar netwerk %s") % team.name) for key, team in self.teams.items()]
        at_desk = (AT_DESK, _("Bij het meldpunt: dan kies je zelf een netwerk"))
        self.fields["where"].choices = [*again, at_desk]
        self.fields["where"].hints = {
            key: _("Wat zij eerder schreven, kunnen zij weer lezen.") for key, _label in again
        } | {AT_DESK: _("Wie de zaak had, ziet haar dan niet meer.")}

    def clean(self):
        """Another reason than the preset ones needs words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf kort op wat de reden is."))
        return cleaned

    def act(self) -> dict:
        """Return what the action needs, of a valid form."""
        given = dict(self.cleaned_data)
        return given | {"team": self.teams.get(given.pop("where"))}


class LeaveClosedForm(VersionedForm):
    """Why a case stays closed."""

    prefix = "stay"
    words = own_words()
