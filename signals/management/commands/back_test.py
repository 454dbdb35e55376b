"""Tests the rules of urgency against outcomes, with the keys of a coordinator who is at the keyboard."""

import json
import sys
from getpass import getpass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management.base import BaseCommand, CommandError

from meldpunt.audit.log import record
from meldpunt.teams.models import User
from meldpunt.vault import unlocking
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.models import UserKey
from meldpunt.vault.unlocking import Keyring
from signals.weighing.back_test import examine
from signals.weighing.back_test_reading import lines_for

REFUSED = "This account, password and code do not go together, or this is no coordinator."


class Command(BaseCommand):
    help = (
        "Which factor of the urgency predicted, which gave false alarms, and what another threshold would have done. "
        "Signs are sealed, so a coordinator unlocks with password and second factor; each reading is in the log. "
        "Prints counts only, never content."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the coordinator's e-mail address")
        parser.add_argument("--stdin", action="store_true", help="read password and code, a line each, from standard input")
        parser.add_argument("--json", action="store_true", help="print JSON in place of the table")

    def handle(self, *args, **options):
        keyring = self.unlock(options["email"], *self.secrets(options["stdin"]))
        found = examine(lines_for(keyring))
        self.stdout.write(json.dumps(found, indent=1) if options["json"] else table(found))

    def secrets(self, from_stdin: bool) -> tuple[str, str]:
        """Ask for the password and the code of the app; neither is shown nor kept."""
        if from_stdin:
            return sys.stdin.readline().rstrip("\n"), sys.stdin.readline().strip()
        return getpass("Password: "), getpass("Code of the app: ").strip()

    def unlock(self, email: str, password: str, code: str) -> Keyring:
        """Return the keyring of a coordinator who gave both factors; raises CommandError."""
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first() if user else None
        right = user is not None and user.check_password(password) and app is not None
        if not right or not TOTP(app).validate_code(code) or not user.is_coordinator:
            record("refused", by=user, purpose="back_test", source="command", result="refused")
            raise CommandError(REFUSED)
        try:
            cookie, secret = unlocking.unlock(user, password)
        except (CannotOpen, UserKey.DoesNotExist) as error:
            raise CommandError(REFUSED) from error
        unlocking.lock(cookie)
        record("sign_in", by=user, purpose="back_test", source="command")
        return Keyring(user, secret)


def table(found: dict) -> str:
    """Return the figures as lines of text."""
    rows = [f"rules {found['version']}: {found['examined']} signals with a known end, {found['real']} of them real", ""]
    rows += [f"{'factor':<20}{'seen':>6}{'real':>6}{'share':>8}{'lift':>7}"]
    rows += [
        f"{row['rule']:<20}{row['seen']:>6}{row['real']:>6}{_or(row['share']):>8}{_or(row['lift']):>7}"
        for row in sorted(found["factors"], key=lambda row: -(row["lift"] or 0))
    ]
    rows += ["", f"{'level':<20}{'seen':>6}{'real':>6}{'share':>8}"]
    rows += [f"{row['level']:<20}{row['signals']:>6}{row['real']:>6}{_or(row['share']):>8}" for row in found["levels"]]
    rows += ["", f"false alarms: {found['false_alarms']}"]
    rows += [f"  {rule}: {number}" for rule, number in found["false_alarms_by_rule"].items()]
    rows += [f"serious, and yet normal: {found['serious_but_normal']}", ""]
    rows += [f"{'urgent from score':<20}{'raised':>8}{'real':>6}{'false':>7}{'serious missed':>16}"]
    rows += [
        f"{row['score']:<20}{row['raised']:>8}{row['real']:>6}{row['false_alarms']:>7}{row['serious_missed']:>16}"
        for row in found["thresholds"]
    ]
    return "\n".join(rows)


def _or(value) -> str:
    return "-" if value is None else f"{value:.2f}"
