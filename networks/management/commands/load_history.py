"""Load a history of reports from before this product, and publish its balance."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from networks.actions.balance import load_history
from networks.balance.history import NotHistory, read_history


class Command(BaseCommand):
    help = (
        "Loads a file with one JSON object a line (id, filed_on, closed_on, municipality, network, referrer_role,"
        " age_band, gender, form, outcome) as history, in the place of what was loaded from a file of that name."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file; its name becomes the name of the history")
        parser.add_argument(
            "--because",
            default="Deze cijfers zijn eerder al zo gepubliceerd.",
            help="why small numbers are not hidden; shown beside them",
        )

    def handle(self, *args, file, because, **options):
        path = Path(file)
        try:
            with path.open(encoding="utf-8") as lines:
                rows = read_history(lines, path.stem)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{path} is not text in UTF-8.") from None
        except NotHistory as error:
            raise CommandError(f"{path}: {error}. Nothing was loaded.") from None
        published = load_history(rows, collection=path.stem, because=because)
        self.stdout.write(f"{len(rows)} reports; the balance is at {published.get_absolute_url()}")
