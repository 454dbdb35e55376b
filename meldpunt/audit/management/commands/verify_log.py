from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meldpunt.audit.heads import read_heads, verify


class Command(BaseCommand):
    help = "Compute the chain of the reading log again, and hold it against the heads kept in AUDIT_HEADS."

    def handle(self, **options):
        verdict = verify(self.heads())
        if verdict.problems:
            raise CommandError(" ".join(verdict.problems))
        self.stdout.write(
            f"{verdict.rows} rows hold; {verdict.unsealed} of them came after the last kept head."
        )

    def heads(self):
        if not settings.AUDIT_HEADS:
            self.stderr.write("AUDIT_HEADS is not set: a cut tail cannot be seen.")
            return []
        try:
            return read_heads(settings.AUDIT_HEADS)
        except (OSError, ValueError) as error:
            raise CommandError(
                f"The kept heads cannot be read ({error}). A new log starts with write_log_head."
            ) from error
