"""What an administrator keeps, each kind in one way: a list, a form, a preview, retired instead of deleted, a history.

Rows (signs, helplines, standard texts) are kept one by one; the clocks and the coverage as one whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import User
from signals.actions import reference as actions
from signals.forms.reference import HelplineForm, SignForm, TextForm
from signals.forms.sheets import ClocksForm, CoverageForm
from signals.models import ChangeAct, Helpline, Indicator, ReferenceChange, StandardText

MOST = 50


@dataclass(frozen=True)
class Words:
    """What the pages of a kind say."""

    all: str
    one: str
    add: str
    retire: str
    bring_back: str
    hint: str


@dataclass(frozen=True)
class Rows:
    """A kind that is kept row by row. `name` is in the names of its addresses, `folder` in the addresses."""

    name: str
    listing: str
    folder: str
    model: type[models.Model]
    form: type[forms.ModelForm]
    words: Words

    @property
    def key(self) -> str:
        """The kind in the history."""
        return self.model._meta.model_name

    def form_of(self, row, data) -> forms.ModelForm:
        """Return the form of a row with `data`; the row itself is not touched by validating."""
        return self.form(data, instance=self.model.objects.get(pk=row.pk))

    def values_of(self, row) -> dict:
        """Return what the form of a row holds, as the history keeps it."""
        return {name: actions.plain(getattr(row, name)) for name in self.form(instance=row).fields}


@dataclass(frozen=True)
class Sheet:
    """A kind that is kept as one whole."""

    name: str
    key: str
    form: type[forms.Form]
    write: Callable
    title: str
    hint: str


SIGN = Rows(
    "sign", "signs", "tekens", Indicator, SignForm,
    Words(
        _("Tekens"), _("Teken"), _("Voeg een teken toe"), _("Vraag dit teken niet meer"), _("Vraag dit teken weer"),
        _("Wat je wijzigt, geldt voor meldingen vanaf nu. Oude meldingen houden hun tekens."),
    ),
)  # fmt: skip
HELPLINE = Rows(
    "helpline", "helplines", "hulplijnen", Helpline, HelplineForm,
    Words(
        _("Hulplijnen"), _("Hulplijn"), _("Voeg een hulplijn toe"), _("Toon deze hulplijn niet meer"),
        _("Toon deze hulplijn weer"), _("Melders zien de hulplijn meteen zoals je hem bewaart."),
    ),
)  # fmt: skip
TEXT = Rows(
    "text", "texts", "teksten", StandardText, TextForm,
    Words(
        _("Standaardteksten"), _("Standaardtekst"), _("Voeg een tekst toe"), _("Gebruik deze tekst niet meer"),
        _("Gebruik deze tekst weer"), _("Coördinatoren kiezen de tekst en mogen hem aanvullen. Wat verstuurd is, blijft."),
    ),
)  # fmt: skip
ROWS = {kind.name: kind for kind in (SIGN, HELPLINE, TEXT)}


def _set_clocks(form: ClocksForm, *, by: User, act: str) -> None:
    actions.set_clocks(terms=form.terms(), by=by, act=act)


def _cover(form: CoverageForm, *, by: User, act: str) -> None:
    actions.cover(networks=form.cleaned_data, by=by, act=act)


CLOCKS = Sheet(
    "clocks", "clockterm", ClocksForm, _set_clocks, _("Hoe lang mag elke stap duren?"),
    _("Wat je bewaart, geldt voor klokken die vanaf nu gaan lopen. Werkuren zijn op werkdagen van 9 tot 17 uur."),
)  # fmt: skip
COVERAGE = Sheet(
    "coverage", "coverage", CoverageForm, _cover, _("Welk netwerk hoort bij welke gemeente?"),
    _("Het meldpunt krijgt dit netwerk als voorstel. Zaken die al ergens zijn, blijven daar."),
)  # fmt: skip
SHEETS = {kind.name: kind for kind in (CLOCKS, COVERAGE)}


@dataclass(frozen=True)
class Line:
    """One change as the page shows it: for each value that differs its label, before and after."""

    change: ReferenceChange
    differences: list[tuple[str, str, str]]

    @property
    def may_restore(self) -> bool:
        """What was before can come back; adding and retiring have buttons of their own."""
        return self.change.act in (ChangeAct.CHANGE, ChangeAct.RESTORE)


def history(kind: Rows | Sheet, object_id: str = actions.WHOLE) -> list[Line]:
    """Return the newest changes of one row or of a whole, newest first."""
    changes = ReferenceChange.objects.filter(kind=kind.key, object_id=str(object_id)).select_related("by")
    fields = kind.form().fields
    return [Line(change, _differences(change, fields)) for change in changes[:MOST]]


def _differences(change: ReferenceChange, fields: dict[str, forms.Field]) -> list[tuple[str, str, str]]:
    return [
        (str(fields[name].label), in_words(fields[name], change.old.get(name)), in_words(fields[name], change.new[name]))
        for name in change.different()
        if name in fields
    ]


def in_words(field: forms.Field, value) -> str:
    """Return a kept value as people read it; "–" where there is none."""
    if value in (None, "", []):
        return "–"
    labels = {}
    if isinstance(field, forms.ModelChoiceField):
        labels = {str(row.pk): str(row) for row in field.queryset}
    elif isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def before(change: ReferenceChange, now: dict) -> dict:
    """Return all values as they were before a change, to be put back: `now` fills in what the change did not hold."""
    return now | {name: value for name, value in change.old.items() if name in now}
