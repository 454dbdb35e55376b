"""Letting somebody in again who lost the password or the phone (security.md, key 10). Mail never does this.

The old key goes for good: a colleague admits the member again after comparing the fingerprint of the new one. What the
team could read, the team still reads.
"""

import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams import actions
from meldpunt.teams.models import Invitation, Membership, Role, Team, User
from meldpunt.vault import unlocking
from meldpunt.vault.models import Signer, TeamKey, TeamKeySeal, UserKey


class NobodyToAdmit(Exception):
    """In `team` nobody else could give the key back: renewing would make what the team has sealed unreadable."""

    def __init__(self, team: Team):
        super().__init__(str(team))
        self.team = team


def membership_to_renew(user: User) -> Membership | None:
    """Return the membership that a new invitation is for: one with a key where there is one; None without any."""
    current = user.memberships.filter(ended_at=None).select_related("team").order_by("started_at")
    return next((m for m in current if m.role in actions.KEY_HOLDERS), current.first())


def check_somebody_can_admit(user: User) -> None:
    """Raise NobodyToAdmit where a team whose key `user` holds has no other signer who holds it and may give it."""
    held = TeamKeySeal.objects.filter(user_key__user=user).values("team_key__team")
    for team in Team.objects.filter(pk__in=held):
        newest = TeamKey.objects.filter(team=team).order_by("-version").first()
        signers = Signer.objects.filter(expires_on__gte=datetime.date.today()).values("user")
        others = team.active_users(*actions.KEY_GIVERS).exclude(pk=user.pk).filter(pk__in=signers)
        if not TeamKeySeal.objects.filter(team_key=newest, user_key__user__in=others).exists():
            raise NobodyToAdmit(team)


@transaction.atomic
def renew_access(user: User, *, by: User) -> tuple[Invitation, str, str]:
    """End all that opens the account of `user`, and invite again; returns invitation, token of its link and code by voice.

    Sessions, unlocked keys, seals of team keys, second factor and password go at once; memberships stay. Raises
    PermissionDenied (`by` is no administrator, or this is the own account, or there is no membership), NobodyToAdmit.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    membership = membership_to_renew(user)
    if Role.ADMINISTRATOR not in by.roles() or by.pk == user.pk or membership is None or not user.is_active:
        raise PermissionDenied
    check_somebody_can_admit(user)
    unlocking.lock_everywhere(user)
    TeamKeySeal.objects.filter(user_key__user=user).delete()
    UserKey.objects.filter(user=user).update(signer=None, signature=None)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # with it every session of this account stops to count
    user.save(update_fields=["password"])
    now = timezone.now()
    Invitation.objects.filter(email=user.email, used_at=None, expires_at__gt=now).update(expires_at=now)
    record("change", by=by, obj=user, purpose="renew_access")
    return actions.invite(by=by, email=user.email, name=user.name, team=membership.team, role=membership.role)
