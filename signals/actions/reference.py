"""Every write to what an administrator keeps: signs, places, clocks, helplines, standard texts, coverage.

Each leaves a ReferenceChange: who, when, and all values before and after. Names of places do not: they keep the row
that they had, and what was done with it stands in the reading log.
"""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.clocks import Term
from meldpunt.teams import actions as teams
from meldpunt.teams.models import Coverage, Municipality, Role, Team, User
from signals.models import ChangeAct, ClockTerm, Place, Postcode, ReferenceChange
from signals.places import gazetteer

ADMINISTRATOR = "administrator"  # the source of a name that was not delivered with the product
WHOLE = "all"  # the object of what is kept as one whole


def _only_administrator(user: User) -> None:
    if Role.ADMINISTRATOR not in user.roles():
        raise PermissionDenied


def _locked(row):
    return type(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def plain(value):
    """Return a value as the history keeps it: days and times as text, rows by their key."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value.pk if isinstance(value, models.Model) else value


def _remember(kind: str, object_id, act: str, *, by: User, old: dict, new: dict) -> None:
    ReferenceChange.objects.create(
        kind=kind,
        object_id=str(object_id),
        act=act,
        by=by,
        old={name: plain(value) for name, value in old.items()},
        new={name: plain(value) for name, value in new.items()},
    )


@transaction.atomic
def add(model: type[models.Model], *, by: User, **values):
    """Make one more sign, helpline or standard text; returns it.

    Raises PermissionDenied where `by` is no administrator, as every function here does.
    """
    _only_administrator(by)
    row = model.objects.create(**values)
    _remember(model._meta.model_name, row.pk, ChangeAct.CREATE, by=by, old={}, new=values)
    record("create", by=by, obj=row)
    return row


@transaction.atomic
def change(row, *, by: User, act: str = ChangeAct.CHANGE, **values):
    """Set values of a sign, helpline, text or postcode; returns the row. What is the same already leaves no trace."""
    _only_administrator(by)
    row = _locked(row)
    old = {name: getattr(row, name) for name in values}
    if {name: plain(value) for name, value in values.items()} == {name: plain(value) for name, value in old.items()}:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _remember(row._meta.model_name, row.pk, act, by=by, old=old, new=values)
    record("change", by=by, obj=row, purpose=act)
    return row


def retire(row, *, by: User) -> None:
    """Use a sign, helpline or text no longer. It stays, for what was written with it."""
    change(row, by=by, act=ChangeAct.RETIRE, retired_at=timezone.now())


def bring_back(row, *, by: User) -> None:
    """Use a retired sign, helpline or text again."""
    change(row, by=by, act=ChangeAct.BRING_BACK, retired_at=None)


@transaction.atomic
def set_clocks(*, terms: dict[tuple[str, str], Term], by: User, act: str = ChangeAct.CHANGE) -> None:
    """Set the term of each (urgency, leg); a clock that runs already keeps its end."""
    _only_administrator(by)
    old = {}
    for row in ClockTerm.objects.select_for_update():
        old |= _named(row.urgency, row.leg, Term(row.amount, row.unit))
    new = {}
    for (urgency, leg), term in terms.items():
        new |= _named(urgency, leg, term)
        ClockTerm.objects.update_or_create(
            urgency=urgency, leg=leg, defaults={"amount": term.amount, "unit": str(term.unit)}
        )
    _remember("clockterm", WHOLE, act, by=by, old={name: old.get(name) for name in new}, new=new)
    record("change", by=by, obj=("clockterm", WHOLE), purpose=act)


def _named(urgency: str, leg: str, term: Term) -> dict:
    return {f"{urgency}_{leg}_amount": term.amount or None, f"{urgency}_{leg}_unit": str(term.unit)}


@transaction.atomic
def cover(*, networks: dict[str, Team], by: User, act: str = ChangeAct.CHANGE) -> None:
    """Set for each municipality (by code) the one network that works its cases. Cases that lie somewhere stay there."""
    _only_administrator(by)
    old = dict(Coverage.objects.filter(municipality__in=networks).values_list("municipality_id", "team_id"))
    _remember("coverage", WHOLE, act, by=by, old={code: old.get(code) for code in networks}, new=networks)
    gazetteer.forget()
    teams.cover(by=by, networks=networks)


@transaction.atomic
def add_place(*, name: str, kind: str, municipality: Municipality, by: User) -> Place:
    """Let a name lead to a municipality; a name that was removed comes back."""
    _only_administrator(by)
    place = _put_place(name=name, kind=kind, municipality=municipality)
    record("create", by=by, obj=place)
    return place


@transaction.atomic
def move_place(*, place: Place, municipality: Municipality, by: User) -> Place:
    """Let a name lead to another municipality; returns the row that holds from now on.

    The old row stays as removed, so that loading the delivered names does not bring it back. What else bears the
    name stays known, unless that was the new municipality.
    """
    _only_administrator(by)
    place = _locked(place)
    if place.municipality_id == municipality.pk:
        return place
    others = "" if municipality.pk in place.ambiguous_with else place.ambiguous_with
    moved = _put_place(name=place.name, kind=place.kind, municipality=municipality, ambiguous_with=others)
    place.removed_at = timezone.now()
    place.save(update_fields=["removed_at"])
    record("change", by=by, obj=moved, purpose="move")
    return moved


@transaction.atomic
def remove_place(*, place: Place, by: User) -> None:
    """Read a name no longer as a place. The row stays, so that loading the delivered names does not bring it back."""
    _set_time(place, "removed_at", timezone.now(), by=by, purpose="remove")


@transaction.atomic
def bring_back_place(*, place: Place, by: User) -> None:
    """Read a removed name as a place again."""
    _set_time(place, "removed_at", None, by=by, purpose="bring_back")


@transaction.atomic
def move_postcode(*, postcode: Postcode, municipality: Municipality, by: User) -> Postcode:
    """Let a postcode lead to another municipality."""
    gazetteer.forget()
    return change(postcode, by=by, municipality=municipality)


def _set_time(row, field: str, value, *, by: User, purpose: str) -> None:
    _only_administrator(by)
    row = _locked(row)
    setattr(row, field, value)
    row.save(update_fields=[field])
    gazetteer.forget()
    record("change", by=by, obj=row, purpose=purpose)


def _put_place(*, name: str, kind: str, municipality: Municipality, ambiguous_with: str = "") -> Place:
    values = {"ambiguous_with": ambiguous_with, "source": ADMINISTRATOR, "certain": True, "removed_at": None}
    place, _made = Place.objects.update_or_create(name=name, kind=kind, municipality=municipality, defaults=values)
    gazetteer.forget()
    return place
