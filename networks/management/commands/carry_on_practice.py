"""Carry filed practice reports on, so that each practice account has work in each state."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meldpunt.environment import value
from networks.practice import Practice


def lines_of(path: str) -> list[dict]:
    """Return the rows of a file with one JSON object a line."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


class Command(BaseCommand):
    help = "Carries practice reports on by the actions that people use. Refuses in production."

    def add_arguments(self, parser):
        parser.add_argument("reports", help="the file that was filed, one JSON object a line")
        parser.add_argument("results", help="what file_reports wrote")

    def handle(self, *args, reports, results, **options):
        if not settings.PRACTICE:
            raise CommandError("Practice data is never made in production.")
        file = Path(value("PRACTICE_FILE", str(settings.BASE_DIR / ".data" / "practice.json")))
        accounts = json.loads(file.read_text(encoding="utf-8"))
        done = Practice(accounts, lines_of(results), lines_of(reports)).carry_on()
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()))
