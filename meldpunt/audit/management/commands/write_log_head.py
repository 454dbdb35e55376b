from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meldpunt.audit.heads import append_head


class Command(BaseCommand):
    help = "Add head and count of the reading log to the file AUDIT_HEADS, outside the database."

    def handle(self, **options):
        if not settings.AUDIT_HEADS:
            raise CommandError("Set AUDIT_HEADS to a file that the owner of the database cannot write.")
        try:
            head = append_head(settings.AUDIT_HEADS)
        except OSError as error:
            raise CommandError(f"AUDIT_HEADS cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{head.count} rows, head {head.hash.hex()}")
