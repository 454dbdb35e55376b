"""Make the offline root: run it on a machine without a network, and keep the file in a safe."""

import os

from django.core.management.base import BaseCommand, CommandError

from meldpunt.vault import crypto


class Command(BaseCommand):
    help = "Writes the secret half of a new root to FILE (only its owner reads it) and prints TRUST_ROOT."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, file, **options):
        pair = crypto.new_signing_pair()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(f"{file} is there already; a root is never overwritten.") from error
        with open(handle, "w") as out:
            out.write(pair.secret.hex())
        self.stdout.write(f"TRUST_ROOT={pair.public.hex()}")
