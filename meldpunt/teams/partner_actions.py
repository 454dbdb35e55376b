"""Every write to the register of partners, and to which partner a member belongs.

Each leaves a PartnerChange: who, when, and all values before and after.
"""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from meldpunt.teams.partners import REVIEW_AHEAD, Partner, PartnerAct, PartnerChange, WrongPartner, check_fits

AGAIN_AFTER = datetime.timedelta(days=14)
AT_ONCE = 200


class PartnerChanged(Exception):
    """Somebody else changed this partner since the page was opened."""


class StillMembers(Exception):
    """Members of the network belong to this partner: they get another one first."""


def may_keep(user: User, team: Team) -> bool:
    """Tell whether `user` keeps the partners of `team`: the administrator of all, the lead of the own network."""
    return Role.ADMINISTRATOR in user.roles() or user.role_in(team) == Role.LEAD


@transaction.atomic
def add(*, by: User, team: Team, **values) -> Partner:
    """Write one more partner of a network down; returns it.

    Raises PermissionDenied, WrongPartner (`team` is no network), IntegrityError (the network has one of this name).
    """
    _only_keeper(by, team)
    if team.kind != TeamKind.NETWORK:
        raise WrongPartner
    partner = Partner.objects.create(team=team, **values)
    _remember(partner, PartnerAct.ADD, by=by, old={}, new=values)
    record("create", by=by, obj=partner)
    return partner


@transaction.atomic
def change(partner: Partner, *, by: User, version: int, **values) -> Partner:
    """Set values of a partner; returns the row. What is the same already leaves no trace.

    A later day of review than before counts as looked at again: the reminder starts anew. Raises PermissionDenied,
    PartnerChanged, IntegrityError (the network has one of this name).
    """
    partner = _locked(partner, by=by, version=version)
    old = {name: getattr(partner, name) for name in values}
    changed = {name: value for name, value in values.items() if value != old[name]}
    if not changed:
        return partner
    reviewed = changed.get("review_on", partner.review_on) > partner.review_on
    for name, value in changed.items():
        setattr(partner, name, value)
    partner.version += 1
    if reviewed:
        partner.reminded_on = None
    partner.save(update_fields=[*changed, "version", "reminded_on"])
    act = PartnerAct.REVIEW if reviewed else PartnerAct.CHANGE
    _remember(partner, act, by=by, old={name: old[name] for name in changed}, new=changed)
    record("change", by=by, obj=partner, purpose=act)
    return partner


@transaction.atomic
def end(partner: Partner, *, by: User, version: int) -> Partner:
    """End what was agreed with a partner; the row stays. Raises PermissionDenied, PartnerChanged, StillMembers."""
    partner = _locked(partner, by=by, version=version)
    if partner.memberships.filter(ended_at=None).exists():
        raise StillMembers
    partner.ended_at = timezone.now()
    partner.version += 1
    partner.save(update_fields=["ended_at", "version"])
    _remember(partner, PartnerAct.END, by=by, old={}, new={})
    record("change", by=by, obj=partner, purpose="end")
    return partner


@transaction.atomic
def belong(membership: Membership, *, by: User, partner: Partner) -> Membership:
    """Say from which partner organisation a member of a network comes. Raises PermissionDenied, WrongPartner."""
    membership = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=membership.pk)
    _only_keeper(by, membership.team)
    # Locked, so that it is not ended while somebody is put with it.
    partner = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    check_fits(partner, membership.team)
    membership.partner = partner
    membership.save(update_fields=["partner"])
    record("change", by=by, team=membership.team, obj=membership, purpose="partner")
    return membership


@transaction.atomic
def remind() -> int:
    """Tell who keeps a partner whose review is at hand, sixty days ahead and every fortnight; returns for how many.

    Told are the leads of the network, and the administrators. Two at once skip each other's rows.
    """
    today = timezone.localdate()
    near = Partner.objects.current().filter(review_on__lte=today + REVIEW_AHEAD)
    fresh = near.filter(reminded_on=None) | near.filter(reminded_on__lte=today - AGAIN_AFTER)
    rows = list(
        fresh.order_by("review_on").select_for_update(no_key=True, skip_locked=True).values_list("pk", "team")[:AT_ONCE]
    )
    if not rows:
        return 0
    keepers = Membership.objects.filter(ended_at=None, user__is_active=True)
    leads = keepers.filter(role=Role.LEAD, team__in={team for _pk, team in rows})
    told = User.objects.filter(pk__in=(leads | keepers.filter(role=Role.ADMINISTRATOR)).values("user"))
    leave(told, kind="partner_review", path="/partners/", digest=True)
    done = [pk for pk, _team in rows]
    Partner.objects.filter(pk__in=done).update(reminded_on=today)
    record("change", source="worker", purpose="reminded", obj=("partner", "all"), rows=[str(pk) for pk in done])
    return len(rows)


def _locked(partner: Partner, *, by: User, version: int) -> Partner:
    partner = Partner.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=partner.pk)
    _only_keeper(by, partner.team)
    if partner.version != version or partner.ended_at is not None:
        raise PartnerChanged
    return partner


def _only_keeper(user: User, team: Team) -> None:
    if not may_keep(user, team):
        raise PermissionDenied


def _plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def _remember(partner: Partner, act: str, *, by: User, old: dict, new: dict) -> None:
    PartnerChange.objects.create(
        partner=partner,
        act=act,
        by=by,
        old={name: _plain(value) for name, value in old.items()},
        new={name: _plain(value) for name, value in new.items()},
    )
