"""`manage.py check --deploy`: is there a last resort?"""

from django.core.checks import Warning as Finding
from django.core.checks import register
from django.db import DatabaseError

from meldpunt.vault import escrow, trust

WANTED = 3


@register(deploy=True)
def recovery_officers_are_appointed(app_configs, **options) -> list[Finding]:
    """Warn while there are fewer than three recovery officers: with two, losing one paper loses the last resort."""
    try:
        number = len(escrow.officers())
    except (DatabaseError, trust.NotTrusted):
        return []
    if number >= WANTED:
        return []
    return [
        Finding(
            f"There are {number} recovery officers; three are wanted, of whom two together open what nobody else can.",
            hint="python manage.py appoint_officer --help",
            id="vault.W001",
        )
    ]
