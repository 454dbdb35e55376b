"""Fill practice: people with their keys. The accounts go to a file that only its owner reads."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from meldpunt.environment import key, value
from meldpunt.teams.practice import make_people


class Command(BaseCommand):
    help = "Makes practice teams, people and keys, once; needs TRUST_ROOT_SECRET. Refuses in production."

    def handle(self, *args, **options):
        if not settings.PRACTICE:
            raise CommandError("Practice data is never made in production.")
        accounts = make_people(key("TRUST_ROOT_SECRET"))
        if accounts is None:
            self.stdout.write("practice: was there already")
            return
        path = Path(value("PRACTICE_FILE", str(settings.BASE_DIR / ".data" / "practice.json")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(accounts, file, indent=1, ensure_ascii=False)
        self.stdout.write(f"practice: {len(accounts)} accounts in {path.name}")
