"""Every write to what an administrator keeps: signs, names of places, terms of clocks, helplines."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.clocks import Term
from meldpunt.teams.models import Municipality, Role, User
from signals.models import ClockTerm, Helpline, Indicator, Place, Postcode

ADMINISTRATOR = "administrator"  # the source of a name that was not delivered with the product


def _only_administrator(user: User) -> None:
    if Role.ADMINISTRATOR not in user.roles():
        raise PermissionDenied


def _locked(row):
    return type(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def _change(row, values: dict, by: User):
    _only_administrator(by)
    row = _locked(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    record("change", by=by, obj=row)
    return row


@transaction.atomic
def change_sign(*, sign: Indicator, by: User, **values) -> Indicator:
    """Set words, urgency, weight or audience of a sign; what was filed before keeps its urgency.

    Raises PermissionDenied where `by` is no administrator, as every function here does.
    """
    return _change(sign, values, by)


@transaction.atomic
def retire_sign(*, sign: Indicator, by: User) -> None:
    """Ask for a sign no longer. It stays, for what was filed with it."""
    _set_time(sign, "retired_at", timezone.now(), by=by, purpose="retire")


@transaction.atomic
def bring_back_sign(*, sign: Indicator, by: User) -> None:
    """Ask for a retired sign again."""
    _set_time(sign, "retired_at", None, by=by, purpose="bring_back")


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
    return _change(postcode, {"municipality": municipality}, by)


@transaction.atomic
def set_clocks(*, terms: dict[tuple[str, str], Term], by: User) -> None:
    """Set the term of each (urgency, leg); a clock that runs already keeps its end."""
    _only_administrator(by)
    for (urgency, leg), term in terms.items():
        ClockTerm.objects.update_or_create(
            urgency=urgency, leg=leg, defaults={"amount": term.amount, "unit": str(term.unit)}
        )
    record("change", by=by, obj=("clockterm", "all"))


@transaction.atomic
def add_helpline(*, by: User, **values) -> Helpline:
    """Show one more helpline on the public pages."""
    _only_administrator(by)
    line = Helpline.objects.create(**values)
    record("create", by=by, obj=line)
    return line


@transaction.atomic
def change_helpline(*, helpline: Helpline, by: User, **values) -> Helpline:
    """Set number, words, place in the list or day of checking of a helpline."""
    return _change(helpline, values, by)


def _set_time(row, field: str, value, *, by: User, purpose: str) -> None:
    _only_administrator(by)
    row = _locked(row)
    setattr(row, field, value)
    row.save(update_fields=[field])
    record("change", by=by, obj=row, purpose=purpose)


def _put_place(*, name: str, kind: str, municipality: Municipality, ambiguous_with: str = "") -> Place:
    values = {"ambiguous_with": ambiguous_with, "source": ADMINISTRATOR, "certain": True, "removed_at": None}
    place, _made = Place.objects.update_or_create(name=name, kind=kind, municipality=municipality, defaults=values)
    return place
