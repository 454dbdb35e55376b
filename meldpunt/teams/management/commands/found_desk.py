"""Begin in production: the first two invitations, and later the root's signature for the signers."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meldpunt.teams import actions
from meldpunt.teams.models import User
from meldpunt.vault import crypto, keys, trust


class Command(BaseCommand):
    help = (
        "Without --root: makes the desk and invites the first administrator and coordinator. "
        "With --root FILE: lets the people in --signer sign keys for a year; they must have accepted their invitation."
    )

    def add_arguments(self, parser):
        parser.add_argument("--administrator", nargs=2, metavar=("EMAIL", "NAME"))
        parser.add_argument("--coordinator", nargs=2, metavar=("EMAIL", "NAME"))
        parser.add_argument("--root", metavar="FILE")
        parser.add_argument("--signer", action="append", default=[], metavar="EMAIL")

    def handle(self, *args, administrator, coordinator, root, signer, **options):
        if root:
            self.sign(Path(root), signer)
        elif administrator and coordinator:
            self.invite(administrator, coordinator)
        else:
            raise CommandError("Give --administrator and --coordinator, or --root and --signer.")

    def invite(self, administrator, coordinator):
        """Print the link and the code of both; the code goes by voice, never beside the link."""
        if User.objects.exists():
            raise CommandError("There are people already: an administrator invites the others.")
        trust.begin()
        for email, token, code in actions.found(administrator=tuple(administrator), coordinator=tuple(coordinator)):
            self.stdout.write(f"{email}\n  link {settings.SITE_URL}/uitnodiging/{token}/\n  code {code}")

    def sign(self, file: Path, emails):
        """Sign with the root's file, which goes back to the safe afterwards."""
        seed = bytes.fromhex(file.read_text().strip())
        if not crypto.is_signed(trust.root_key(), "v1|root", crypto.sign(seed, "v1|root")):
            raise CommandError("This file is not the secret half of TRUST_ROOT.")
        for email in emails:
            user = User.objects.filter(email=email.lower()).first()
            if user is None or keys.newest_user_key(user) is None:
                raise CommandError(f"{email} has no key yet: first the invitation is accepted.")
            keys.make_signer(user, seed, practice=settings.PRACTICE)
            self.stdout.write(f"{email} signs keys from now on")
