"""The last resort: two officers open a team's key together, for a member whose colleagues all lost theirs."""

import re
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from meldpunt.audit.log import record
from meldpunt.teams.models import Team, User
from meldpunt.vault import escrow, keys, trust
from meldpunt.vault.models import RecoveryOfficer, TeamKey


class Command(BaseCommand):
    help = (
        "Seals every version of a team's key to MEMBER, whose own key a signer has signed. Asks for the papers of two "
        "officers. Afterwards that member renews the team's key."
    )

    def add_arguments(self, parser):
        parser.add_argument("team", help="the team's short name, such as almelo")
        parser.add_argument("member", help="the e-mail address of a member of that team")
        parser.add_argument("--officer", action="append", required=True, metavar="NAME", help="twice")

    def handle(self, *args, team, member, officer, **options):
        found = Team.objects.filter(slug=team).first()
        user = found and found.active_users().filter(email=member.lower()).first()
        if user is None:
            raise CommandError("No such team, or nobody of that address works in it.")
        if len(set(officer)) != escrow.FEWEST:
            raise CommandError("Two different officers are needed.")
        papers = [(self.officer(name), self.paper(name)) for name in officer]
        number = recover(found, user, papers)
        self.stdout.write(f"{number} versions of the key of {found.name} are sealed to {user.email} again.")

    def officer(self, name: str) -> RecoveryOfficer:
        """Return the officer of this name; raises CommandError."""
        row = RecoveryOfficer.objects.filter(name=name).first()
        if row is None:
            raise CommandError(f"{name} is no recovery officer.")
        return row

    def paper(self, name: str) -> bytes:
        """Ask for the 64 digits on an officer's paper, without showing them."""
        typed = re.sub(r"\s", "", getpass(f"The key on the paper of {name}: "))
        if not re.fullmatch(r"[0-9a-fA-F]{64}", typed):
            raise CommandError("A key has 64 digits, 0 to 9 and A to F.")
        return bytes.fromhex(typed)


@transaction.atomic
def recover(team: Team, user: User, papers: list[tuple[RecoveryOfficer, bytes]]) -> int:
    """Seal what two officers open of a team's keys to a member; returns how many versions. Raises CommandError."""
    number = 0
    for row in TeamKey.objects.filter(team=team):
        try:
            keys.seal_to_member(row, escrow.open_together(row, papers), user)
        except escrow.NotFromEscrow:
            continue
        except trust.NotTrusted as error:
            raise CommandError(f"First a signer signs the key of {user.email}: {error}.") from error
        number += 1
    if not number:
        raise CommandError("These two papers open no version of this key.")
    record("change", obj=("user", str(user.pk)), team=team, purpose="recovered", source="command")
    return number
