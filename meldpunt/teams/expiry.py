"""Keys end after a year: who has to hear that in time, on the page of the team and in `manage.py check --deploy`."""

import datetime

from django.core.checks import Warning as Finding
from django.core.checks import register
from django.db import DatabaseError
from django.utils import timezone

from meldpunt.teams.models import Team, User
from meldpunt.vault import keys
from meldpunt.vault.models import Signer, TeamKey

AHEAD = datetime.timedelta(days=60)


def near(day: datetime.date) -> datetime.date | None:
    """Return `day` where a term ends within sixty days or has ended, else None."""
    return day if day <= timezone.localdate() + AHEAD else None


@register(deploy=True)
def terms_of_keys(app_configs, **options) -> list[Finding]:
    """Warn for keys that end within sixty days: without the desk's key nothing can be filed.

    Says nothing where the database cannot be reached or has no tables yet: other checks tell that.
    """
    try:
        return [
            *_findings(_teams(), "teams.W001", "A coordinator or lead renews it on /team/."),
            *_findings(_signers(), "teams.W002", "The holder of the root signs again: found_desk --root FILE --signer."),
            *_findings(_members(), "teams.W003", "A signer of the team signs it again on /team/."),
        ]
    except DatabaseError:
        return []


def _teams():
    for team in Team.objects.filter(pk__in=TeamKey.objects.values("team")):
        yield f"the key of {team}", team.keys.order_by("-version").first().expires_on


def _signers():
    for user in User.objects.filter(is_active=True, memberships__ended_at=None, signers__isnull=False).distinct():
        yield f"the right of {user} to sign", Signer.objects.filter(user=user).order_by("-version").first().expires_on


def _members():
    for user in User.objects.filter(is_active=True, memberships__ended_at=None, keys__signer__isnull=False).distinct():
        if (key := keys.newest_user_key(user)) is not None and key.signer_id:
            yield f"the key of {user}", key.expires_on


def _findings(terms, code: str, hint: str) -> list[Finding]:
    return [Finding(f"On {day} ends {what}.", hint=hint, id=code) for what, day in terms if near(day)]
