"""Appoint a recovery officer with the offline root: the key goes on paper, and is stored nowhere."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from meldpunt.audit.log import record
from meldpunt.vault import crypto, escrow, trust
from meldpunt.vault.models import RecoveryOfficer


class Command(BaseCommand):
    help = (
        "Makes the key of a recovery officer, signed with the root's file, and prints it once. Write it down, on paper; "
        "clear the screen. Appoint three: any two of them together are the last resort. Then let each team renew its key."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="a name that the officers know each other by")
        parser.add_argument("--root", required=True, metavar="FILE", help="the secret half of TRUST_ROOT")

    def handle(self, *args, name, root, **options):
        seed = bytes.fromhex(Path(root).read_text().strip())
        if not crypto.is_signed(trust.root_key(), "v1|root", crypto.sign(seed, "v1|root")):
            raise CommandError("This file is not the secret half of TRUST_ROOT.")
        if RecoveryOfficer.objects.filter(name=name).exists():
            raise CommandError("There was an officer of this name already: take another, such as one with the year.")
        with transaction.atomic():
            officer, secret = escrow.appoint(name, seed, practice=settings.PRACTICE)
            record("create", obj=("recovery_officer", str(officer.pk)), source="command")
        groups = secret.hex().upper()
        self.stdout.write("\n".join(groups[at : at + 16] for at in range(0, 64, 16)))
