"""Print the figures of a period."""

import datetime

from django.core.management.base import BaseCommand, CommandError

from networks.balance.counting import BASIS, Period
from networks.balance.exports import FORMATS
from networks.balance.figures import figures


def day(text: str) -> datetime.date:
    """Return the day that `text` (2007-03-31) says; raises CommandError."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a day such as 2007-03-31.") from None


class Command(BaseCommand):
    help = (
        "Prints the figures of a period, nothing hidden: for who draws up the balance, not for the public."
        " Own reports are kept by month: the first of the month is the day that counts."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="begins_on", required=True, help="the first day: 2006-09-01")
        parser.add_argument("--to", dest="ends_on", required=True, help="the last day: 2008-08-31")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--by", choices=BASIS, default="filed", help="which day of a report counts")

    def handle(self, *args, begins_on, ends_on, format, by, **options):
        period = Period(day(begins_on), day(ends_on), basis=by, collection=None)
        if period.ends_on < period.begins_on:
            raise CommandError("--to is before --from.")
        self.stdout.write(FORMATS[format](figures(period)), ending="")
