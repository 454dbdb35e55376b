"""What is kept outside the database about keys: begin it anew after its disk was lost, or revoke a signer."""

from django.core.management.base import BaseCommand, CommandError

from meldpunt.vault import trust
from meldpunt.vault.models import Signer, TeamKey, UserKey


class Command(BaseCommand):
    help = (
        "--begin makes TRUST_STATE anew from the keys that the database has now; compare fingerprints afterwards. "
        "--revoke EMAIL: nothing that this signer signed counts any more; says what another signer signs again."
    )

    def add_arguments(self, parser):
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--begin", action="store_true")
        group.add_argument("--revoke", metavar="EMAIL")

    def handle(self, *args, begin, revoke, **options):
        if begin:
            self.begin()
        else:
            self.revoke(revoke)

    def begin(self):
        """Make the file and put in it the newest version of each key that counts now."""
        if not trust.begin():
            raise CommandError("There is a file already; it is never overwritten.")
        count = 0
        for kind in (TeamKey, UserKey):
            for key in kind.objects.exclude(signature=None).select_related("signer").order_by("version"):
                try:
                    trust.check(key)
                except trust.NotTrusted as error:
                    self.stdout.write(f"{key.owner}, version {key.version}: {error}")
                else:
                    count += 1
        self.stdout.write(f"{count} keys are remembered")

    def revoke(self, email):
        """Revoke all that this person signs with, now and before."""
        signers = list(Signer.objects.filter(user__email=email.lower()))
        if not signers:
            raise CommandError(f"{email} is no signer.")
        for signer in signers:
            trust.revoke(signer)
        for kind in (TeamKey, UserKey):
            for key in kind.objects.filter(signer__in=signers).order_by("pk"):
                self.stdout.write(f"no longer counts: {key.owner}, version {key.version}")
        self.stdout.write(f"{email} signs nothing any more")
