"""Every write to accounts, memberships and coverage."""

import datetime
import secrets
from contextlib import suppress

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.fingerprints import fingerprint
from meldpunt.teams.holders import KEY_GIVERS, KEY_HOLDERS, check_key_stays
from meldpunt.teams.models import Coverage, Invitation, Membership, Role, Team, TeamKind, User
from meldpunt.teams.partners import Partner, check_fits
from meldpunt.vault import codes, crypto, keys, trust, unlocking
from meldpunt.vault.models import TeamKey, UserKey

INVITATION_TERM = datetime.timedelta(hours=72)
CODE_SYMBOLS = 8


class InvitationClosed(Exception):
    """The link is not (or no longer) good: used, too old, too many tries, or never made."""


class WrongCode(Exception):
    """The code that was given by voice does not fit the link."""


class AnotherKey(Exception):
    """The key that would be signed is not the one whose fingerprint was compared."""


class WrongPassword(Exception):
    """The password that is valid now was not the one typed."""


def _hash_of(token: str) -> bytes:
    return crypto.derive(b"meldpunt-invitation", "invitation", token.encode())


@transaction.atomic
def invite(
    *, by: User, email: str, name: str, team: Team, role: str, partner: Partner | None = None
) -> tuple[Invitation, str, str]:
    """Invite somebody into `team`; returns the invitation, the token of its link and the code to be given by voice.

    `partner` is the organisation of a member of a network. The token and the code are stored as hashes only. Raises
    PermissionDenied where `by` is no administrator, WrongPartner.
    """
    _only_administrator(by)
    check_fits(partner, team)
    token = secrets.token_urlsafe(32)
    code = "".join(secrets.choice(codes.SYMBOLS) for _ in range(CODE_SYMBOLS))
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        team=team,
        role=role,
        partner=partner,
        invited_by=by,
        token_hash=_hash_of(token),
        code_hash=make_password(code),
        expires_at=timezone.now() + INVITATION_TERM,
    )
    record("create", by=by, obj=invitation)
    return invitation, token, f"{code[:4]}-{code[4:]}"


def find_invitation(token: str) -> Invitation:
    """Return the open invitation of a link's token; raises InvitationClosed."""
    invitation = Invitation.objects.select_related("team").filter(token_hash=_hash_of(token)).first()
    if invitation is None or invitation.used_at or invitation.expires_at < timezone.now() or not invitation.tries_left:
        raise InvitationClosed
    return invitation


def accept_invitation(*, token: str, code: str, password: str) -> User:
    """Make the account, its key and its membership; returns the user. The team key is given later, by a colleague.

    Every try counts, five at most. Raises InvitationClosed, WrongCode, TooBusy.
    """
    invitation = find_invitation(token)
    tries = Invitation.objects.filter(pk=invitation.pk, tries_left__gt=0, used_at=None)
    if not tries.update(tries_left=F("tries_left") - 1):
        raise InvitationClosed
    typed = "".join(symbol for symbol in code.upper() if symbol.isalnum()).translate(str.maketrans("OIL", "011"))
    if not check_password(typed, invitation.code_hash):
        record("refused", obj=invitation, result="refused")
        raise WrongCode
    return _become_member(invitation, password)


@transaction.atomic
def _become_member(invitation: Invitation, password: str) -> User:
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise InvitationClosed
    user = User.objects.filter(email=invitation.email).first()
    if user is not None and user.has_usable_password():
        raise InvitationClosed
    user = user or User(email=invitation.email, name=invitation.name)
    user.set_password(password)
    user.save()
    membership, _made = Membership.objects.get_or_create(
        user=user, team=invitation.team, ended_at=None, defaults={"role": invitation.role, "partner": invitation.partner}
    )
    held = list(user.memberships.filter(ended_at=None, role__in=KEY_HOLDERS).select_related("team"))
    if held:
        keys.make_user_key(user, password)
    for one in held:
        leave(one.team.active_users(*KEY_GIVERS).exclude(pk=user.pk), kind="give_key", path="/team/")
    record("create", by=user, team=invitation.team, obj=membership)
    return user


@transaction.atomic
def join(user: User, *, team: Team, role: str, by: User, partner: Partner | None = None) -> Membership:
    """Make somebody who has an account a member of one more team, for `partner` where that is a network.

    Raises PermissionDenied, WrongPartner, IntegrityError (is a member already).
    """
    _only_administrator(by)
    check_fits(partner, team)
    membership = Membership.objects.create(user=user, team=team, role=role, partner=partner)
    if role in KEY_HOLDERS:
        leave(team.active_users(*KEY_GIVERS).exclude(pk=user.pk), kind="give_key", path="/team/")
    record("create", by=by, team=team, obj=membership)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """End a membership at once: the seals go, the keys lock, and the team is asked to renew its key (key 11).

    Raises PermissionDenied where `by` is no administrator, NobodyToAdmit where nobody who stays could pass the team's
    key on, Membership.DoesNotExist where it has ended already.
    """
    _only_administrator(by)
    check_key_stays(membership.user, membership.team, lock=True)
    membership = Membership.objects.select_for_update(of=("self",)).select_related("team", "user").get(
        pk=membership.pk, ended_at=None
    )
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    keys.expel(membership.team, membership.user)
    unlocking.lock_everywhere(membership.user)
    if membership.role in KEY_HOLDERS:
        leave(membership.team.active_users(*KEY_GIVERS), kind="renew_key", path="/team/")
    record("change", by=by, obj=membership, purpose="end")


@transaction.atomic
def cover(*, by: User, networks: dict[str, Team | None]) -> None:
    """Set for each municipality (by code) the network that works its cases, or None. Raises PermissionDenied."""
    _only_administrator(by)
    for code, team in networks.items():
        if team is None:
            Coverage.objects.filter(municipality_id=code).delete()
        else:
            Coverage.objects.update_or_create(municipality_id=code, defaults={"team": team})
    record("change", by=by, obj=("coverage", "all"))


@transaction.atomic
def give_key(user: User, *, team: Team, by: User, keyring: unlocking.Keyring, seen: str) -> None:
    """Sign the key of `user` for a year, after its fingerprint was compared, and seal the team's keys to it.

    `seen` is the fingerprint that was compared (`mark_of`). Done again, it signs for another year. Raises
    PermissionDenied, AnotherKey, NotTrusted (`by` is no signer), CannotOpen (`by` has no team key).
    """
    _only_giver(by, team)
    _locked(team)
    if not team.active_users(*KEY_HOLDERS).filter(pk=user.pk).exists():
        raise PermissionDenied
    key = UserKey.objects.select_for_update().filter(user=user).order_by("-version").first()
    if key is None or not user.has_usable_password():
        raise trust.NotTrusted(f"{user} has no key yet")
    if mark_of(key) != seen:
        raise AnotherKey
    keys.sign_key(keyring, key)
    keys.admit(keyring, team, user)
    record("change", by=by, team=team, obj=("user", str(user.pk)), purpose="give_key")


@transaction.atomic
def renew_key(team: Team, *, by: User, keyring: unlocking.Keyring) -> TeamKey:
    """Make the next version of the team's key, sealed to the members whose key is signed; returns it.

    Raises PermissionDenied, NotTrusted (`by` is no signer, or would not hold the new key: it would be nobody's).
    """
    _only_giver(by, team)
    _locked(team)
    members = [user for user in team.active_users(*KEY_HOLDERS) if is_signed(keys.newest_user_key(user))]
    if by not in members:
        raise trust.NotTrusted("the own key is not signed, or its term is over")
    made = keys.make_team_key(keyring, team, members)
    record("change", by=by, team=team, obj=("team_key", f"{team.pk}:{made.version}"), purpose="renew_key")
    return made


def mark_of(key: UserKey) -> str:
    """Return the fingerprint of a key as a page posts it back: 32 hexadecimal digits."""
    return "".join(fingerprint(key))


def is_signed(key: UserKey | None) -> bool:
    """Tell whether a member's key may be sealed to."""
    with suppress(trust.NotTrusted):
        if key is not None:
            trust.check(key)
            return True
    return False


@transaction.atomic
def unlock(user: User, password: str) -> str:
    """Unlock the user's key and return the unlock cookie; who came to a role with a key later gets one here.

    Raises WrongPassword, PermissionDenied (no role with a key), TooBusy.
    """
    try:
        return unlocking.unlock(user, password)[0]
    except crypto.CannotOpen as error:
        raise WrongPassword from error
    except UserKey.DoesNotExist:
        if not user.roles() & set(KEY_HOLDERS):
            raise PermissionDenied from None
        if not user.check_password(password):
            raise WrongPassword from None
        return unlocking.keep_unlocked(user, keys.make_user_key(user, password))


@transaction.atomic
def change_password(user: User, *, old: str, new: str) -> str:
    """Set a new password, wrap the key under it and lock every other place; returns the unlock cookie, "" without key.

    Raises WrongPassword, TooBusy.
    """
    if not user.check_password(old):
        raise WrongPassword
    cookie = ""
    with suppress(UserKey.DoesNotExist):
        _cookie, secret = unlocking.unlock(user, old)
        unlocking.lock_everywhere(user)
        keys.rewrap(user, secret, new)
        cookie = unlocking.keep_unlocked(user, secret)
    user.set_password(new)
    user.save(update_fields=["password"])
    record("change", by=user, obj=user, purpose="password")
    return cookie


@transaction.atomic
def enrol_second_factor(user: User, *, secret: str) -> None:
    """Store the secret of the user's authenticator app, sealed, and make recovery codes."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    record("change", by=user, obj=user, purpose="second_factor")


@transaction.atomic
def found(*, administrator: tuple[str, str], coordinator: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Make the desk and the province with their first two invitations; returns (e-mail, token, code) of each.

    Both arguments are (e-mail, name). The administrator counts as the one who invites.
    """
    desk, _made = Team.objects.get_or_create(kind=TeamKind.DESK, defaults={"slug": "meldpunt", "name": "Meldpunt"})
    province, _made = Team.objects.get_or_create(
        kind=TeamKind.PROVINCE, defaults={"slug": "provincie", "name": "Provincie Overijssel"}
    )
    email, name = administrator
    founder = User(email=email.lower(), name=name)
    founder.set_unusable_password()
    founder.save()
    Membership.objects.create(user=founder, team=province, role=Role.ADMINISTRATOR)
    first = invite(by=founder, email=email, name=name, team=province, role=Role.ADMINISTRATOR)
    second = invite(by=founder, email=coordinator[0], name=coordinator[1], team=desk, role=Role.COORDINATOR)
    return [(email, *first[1:]), (coordinator[0], *second[1:])]


def _only_administrator(user: User) -> None:
    if Role.ADMINISTRATOR not in user.roles():
        raise PermissionDenied


def _only_giver(user: User, team: Team) -> None:
    if user.role_in(team) not in KEY_GIVERS:
        raise PermissionDenied


def _locked(team: Team) -> None:
    """Let nobody else give, renew or take away a key of this team until the end of the transaction."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
