"""People with a password, an authenticator app and a key, made quickly; and browsers that sign in as them."""

import secrets
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from meldpunt.teams import actions
from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from meldpunt.vault import crypto, keys
from tests.people import one_time_code

KINDS = {
    Role.COORDINATOR: ("desk", TeamKind.DESK),
    Role.LEAD: ("almelo", TeamKind.NETWORK),
    Role.MEMBER: ("almelo", TeamKind.NETWORK),
}


@dataclass
class Colleague:
    """Somebody who works here, with what only they know."""

    user: User
    password: str
    totp_secret: str
    recovery_codes: list[str]
    key: bytes | None


def colleague(role: str = Role.COORDINATOR, *, second_factor: bool = True) -> Colleague:
    """Make somebody with `role`; coordinators, leads and members hold a key."""
    slug, kind = KINDS.get(role, ("province", TeamKind.PROVINCE))
    team, _made = Team.objects.get_or_create(slug=slug, defaults={"kind": kind, "name": slug.title()})
    password = secrets.token_hex(12)
    user = User(email=f"{role}-{secrets.token_hex(4)}@practice.test", name=f"Een {role}")
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, team=team, role=role)
    key = keys.make_user_key(user, password) if role in KINDS else None
    secret, codes = generate_totp_secret(), []
    if second_factor:
        TOTP.activate(user, secret)
        codes = RecoveryCodes.activate(user).generate_codes()
    return Colleague(user, password, secret, codes, key)


def browser() -> Client:
    """Return a browser that knows nothing yet; limits of earlier tests are forgotten."""
    cache.clear()
    return Client(HTTP_HOST="localhost")


def sign_in(person: Colleague, *, code: str | None = None) -> Client:
    """Return a browser in which `person` has signed in, both factors done."""
    client = browser()
    client.post(reverse("account_login"), {"login": person.user.email, "password": person.password})
    client.post(reverse("mfa_authenticate"), {"code": code or one_time_code(person.totp_secret)})
    return client


def make_signer(person: Colleague, settings) -> None:
    """Let `person` sign keys, by a trust root made for this test."""
    root = crypto.new_signing_pair()
    settings.TRUST_ROOT = root.public.hex()
    keys.make_signer(person.user, root.secret, practice=True)


def mark_of(user: User) -> str:
    """Return the fingerprint that a colleague compares before giving this user a key, as the page posts it."""
    key = keys.newest_user_key(user)
    return actions.mark_of(key) if key else ""
