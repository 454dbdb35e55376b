"""File practice reports through the public forms over HTTP, as so many referrers would."""

import json
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import requests
from django.core.management.base import BaseCommand, CommandError

from signals.filing.practice_reports import answers_of
from signals.filing.robot import CannotFile, Referrer


class Command(BaseCommand):
    help = (
        "File each line of FILE.jsonl through the forms of the site; writes id, reference and code per line."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="practice reports, one JSON object a line")
        parser.add_argument("--url", required=True, help="address of the site, such as http://localhost:8000")
        parser.add_argument("--results", type=Path, required=True, help="file to write")
        parser.add_argument("--concurrency", type=int, default=8, help="how many at a time")

    def handle(self, *args, file: Path, url: str, results: Path, concurrency: int, **options):
        try:
            lines = [
                json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
            ]
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        begun, failed = time.monotonic(), []
        with results.open("w", encoding="utf-8") as out, ThreadPoolExecutor(concurrency) as pool:
            waiting = {pool.submit(file_one, url, line): line for line in lines}
            for done, future in enumerate(as_completed(waiting), start=1):
                line = waiting[future]
                try:
                    reference, code = future.result()
                except (CannotFile, requests.RequestException, KeyError) as error:
                    failed.append(line.get("id"))
                    self.stderr.write(f"{line.get('id')}: {type(error).__name__}: {error}")
                    continue
                out.write(json.dumps({"id": line["id"], "reference": reference, "code": code}) + "\n")
                out.flush()
                self.stdout.write(f"{done}/{len(lines)} {line['id']} {reference}")
        self.stdout.write(f"{len(lines) - len(failed)} filed in {time.monotonic() - begun:.1f} s")
        if failed:
            raise CommandError(f"not filed: {', '.join(map(str, failed))}")


def file_one(url: str, line: dict) -> tuple[str, str]:
    """File one report with a browser of its own; returns reference and code."""
    who, answers = answers_of(line)
    return Referrer(url).file(who, answers)
