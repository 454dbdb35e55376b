"""Practice: teams, people with random passwords, and every key signed by a practice signer. Never in production."""

import base64
import datetime
import secrets
from dataclasses import asdict, dataclass
from itertools import pairwise

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meldpunt.clocks import AMSTERDAM
from meldpunt.teams.models import DutyShift, Membership, Role, Team, TeamKind, User
from meldpunt.teams.practice_partners import make_partners
from meldpunt.teams.roster import monday_of, start_of
from meldpunt.vault import escrow, keys
from meldpunt.vault.unlocking import Keyring

DESK = ("meldpunt", "Meldpunt Overijssel", TeamKind.DESK)
PROVINCE = ("provincie", "Provincie Overijssel", TeamKind.PROVINCE)
PAPERS = ("Papier A", "Papier B", "Papier C")  # practice recovery officers: nobody keeps what is on these
NETWORKS = ("Almelo", "Deventer", "Enschede", "Hengelo", "Zwolle")
PASSWORD_BYTES = 12
WEEKS_PLANNED = 26


@dataclass(frozen=True)
class Account:
    """What somebody needs to sign in to practice."""

    name: str
    email: str
    role: str
    team: str
    password: str
    totp_secret: str
    recovery_code: str


@transaction.atomic
def make_people(root_seed: bytes) -> list[dict] | None:
    """Make the practice teams with their people and keys; returns the accounts, or None where they are there already.

    `root_seed` (32 bytes) is the secret half of the practice root. Raises RuntimeError in production.
    """
    if not settings.PRACTICE:
        raise RuntimeError("Practice accounts are never made in production.")
    if User.objects.filter(is_practice=True).exists():
        return None
    for name in PAPERS:
        escrow.appoint(name, root_seed, practice=True)
    accounts = _make_team(DESK, [("Sanne", "sanne", Role.COORDINATOR), ("Karim", "karim", Role.COORDINATOR)], root_seed)
    for name in NETWORKS:
        slug = name.lower()
        people = [
            (f"Regisseur {name}", f"lead-{slug}", Role.LEAD),
            (f"Lid {name}", f"member-{slug}", Role.MEMBER),
        ]
        accounts += _make_team((slug, name, TeamKind.NETWORK), people, root_seed)
    others = [
        ("Beheerder", "admin", Role.ADMINISTRATOR),
        ("Analist", "analist", Role.ANALYST),
        ("Functionaris gegevensbescherming", "fg", Role.PRIVACY_OFFICER),
    ]
    accounts += _make_team(PROVINCE, others, root_seed)
    make_partners()
    _make_roster()
    return [asdict(account) for account in accounts]


def _make_roster() -> None:
    """Give everybody a number and a deputy in the own team, and let the coordinators be on duty in turn, week by week."""
    for team in Team.objects.filter(is_practice=True).exclude(kind=TeamKind.PROVINCE):
        people = list(team.active_users().order_by("pk"))
        for place, user in enumerate(people):
            user.phone, user.deputy = f"06 000000{user.pk:02}", people[place - 1]
            user.save(update_fields=["phone", "deputy"])
    turns = list(Team.objects.get(kind=TeamKind.DESK).active_users().order_by("pk"))
    monday = monday_of(timezone.now().astimezone(AMSTERDAM).date())
    weeks = [start_of(monday + datetime.timedelta(weeks=number)) for number in range(WEEKS_PLANNED + 1)]
    DutyShift.objects.bulk_create(
        DutyShift(user=turns[number % len(turns)], starts_at=begins, ends_at=ends)
        for number, (begins, ends) in enumerate(pairwise(weeks))
    )


def _make_team(team: tuple[str, str, str], people: list[tuple[str, str, str]], root_seed: bytes) -> list[Account]:
    slug, name, kind = team
    row, _made = Team.objects.update_or_create(
        slug=slug, defaults={"is_practice": True}, create_defaults={"name": name, "kind": kind, "is_practice": True}
    )
    accounts, keyrings = [], []
    for person, mailbox, role in people:
        account, user = _make_account(person, mailbox, role, row)
        accounts.append(account)
        if kind != TeamKind.PROVINCE:
            keyrings.append(Keyring(user, keys.make_user_key(user, account.password)))
            if role in (Role.COORDINATOR, Role.LEAD):
                keys.make_signer(user, root_seed, practice=True)
    if keyrings:
        for keyring in keyrings:
            keys.sign_key(keyrings[0], keys.newest_user_key(keyring.user))
        keys.make_team_key(keyrings[0], row, [keyring.user for keyring in keyrings])
    return accounts


def _make_account(name: str, mailbox: str, role: str, team: Team) -> tuple[Account, User]:
    password = base64.b32encode(secrets.token_bytes(PASSWORD_BYTES)).decode().rstrip("=").lower()
    user = User(email=f"{mailbox}@practice.test", name=name, is_practice=True)
    user.set_password(password)
    user.save()
    Membership.objects.create(user=user, team=team, role=role)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user)
    codes.mark_as_viewed()
    account = Account(name, user.email, str(role), team.slug, password, secret, codes.generate_codes()[0])
    return account, user
