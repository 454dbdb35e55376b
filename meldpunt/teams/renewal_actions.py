"""Letting somebody in again who lost the password or the phone (security.md, key 10). Mail never does this.

The old key goes for good: a colleague admits the member again after comparing the fingerprint of the new one. What the
team could read, the team still reads.
"""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams import actions
from meldpunt.teams.holders import check_somebody_can_admit
from meldpunt.teams.models import Invitation, Membership, Role, User
from meldpunt.vault import keys, unlocking


def membership_to_renew(user: User) -> Membership | None:
    """Return the membership that a new invitation is for: one with a key where there is one; None without any."""
    current = user.memberships.filter(ended_at=None).select_related("team").order_by("started_at")
    return next((m for m in current if m.role in actions.KEY_HOLDERS), current.first())


@transaction.atomic
def renew_access(user: User, *, by: User) -> tuple[Invitation, str, str]:
    """End all that opens the account of `user`, and invite again; returns invitation, token of its link and code by voice.

    Sessions, unlocked keys, seals of team keys, the old secret and what was typed under it, second factor and password
    go at once; memberships stay. Raises PermissionDenied (`by` is no administrator, or this is the own account, or there
    is no membership), NobodyToAdmit.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    membership = membership_to_renew(user)
    if Role.ADMINISTRATOR not in by.roles() or by.pk == user.pk or membership is None or not user.is_active:
        raise PermissionDenied
    check_somebody_can_admit(user, lock=True)
    unlocking.lock_everywhere(user)
    keys.bury(user)
    user.drafts.all().delete()  # sealed to the key that has gone
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # with it every session of this account stops to count
    user.save(update_fields=["password"])
    now = timezone.now()
    Invitation.objects.filter(email=user.email, used_at=None, expires_at__gt=now).update(expires_at=now)
    invited = actions.invite(by=by, email=user.email, name=user.name, team=membership.team, role=membership.role)
    record("change", by=by, obj=user, purpose="renew_access")
    return invited
