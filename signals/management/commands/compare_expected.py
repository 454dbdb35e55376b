"""Compare what was stored of practice reports with what their file expects."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from meldpunt.teams.models import Team
from signals.models import Signal
from signals.places.gazetteer import proposal_for

PARTS = ("network", "urgency", "form")


class Command(BaseCommand):
    help = (
        "Print per filed report the proposed network, urgency and form beside what was expected, and totals."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="practice reports, one JSON object a line")
        parser.add_argument("results", type=Path, help="what file_reports wrote")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, file: Path, results: Path, **options):
        try:
            expected = {row["id"]: row["expected"] for row in rows_of(file)}
            filed = {row["id"]: row["reference"] for row in rows_of(results)}
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"cannot be read: {error}") from error
        rows = Signal.objects.filter(reference__in=filed.values()).defer("report", "headline")
        stored = {row.reference: row for row in rows}
        names = dict(Team.objects.values_list("slug", "name"))
        lines = [
            {"id": id, **found_in(stored.get(filed.get(id, "")), names), "expected": wanted}
            for id, wanted in expected.items()
        ]
        totals = {"lines": len(lines), "stored": len(stored)}
        totals |= {part: sum(line[part] == line["expected"][part] for line in lines) for part in PARTS}
        totals["acute_as_normal"] = sum(
            line["expected"]["urgency"] == "acute" and line["urgency"] == "normal" for line in lines
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps({"lines": lines, "totals": totals}, ensure_ascii=False, indent=1))
        else:
            self.in_words(lines, totals)

    def in_words(self, lines: list[dict], totals: dict) -> None:
        """Print a line per report; what differs from the expected is marked."""
        for line in lines:
            cells = [
                f"{line[part]}"
                if line[part] == line["expected"][part]
                else f"{line[part]} (≠ {line['expected'][part]})"
                for part in PARTS
            ]
            self.stdout.write(f"{line['id']}  " + "  ".join(f"{cell:<32}" for cell in cells).rstrip())
        self.stdout.write(", ".join(f"{name} {count}" for name, count in totals.items()))


def rows_of(path: Path) -> list[dict]:
    """Return the objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def found_in(signal: Signal | None, names: dict[str, str]) -> dict:
    """Return network (a name, or "desk"), urgency and form of a stored signal; all None where there is none."""
    if signal is None:
        return dict.fromkeys(PARTS)
    network = proposal_for(signal).network
    return {"network": names.get(network, "desk"), "urgency": signal.urgency, "form": signal.form}
