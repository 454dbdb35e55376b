"""`manage.py check --deploy`: are the numbers that the public pages show still right?"""

import datetime

from django.core.checks import Warning as Finding
from django.core.checks import register
from django.db import DatabaseError
from django.utils import timezone

from signals.models import Helpline

HALF_A_YEAR = datetime.timedelta(days=183)


@register(deploy=True)
def helplines_were_checked(app_configs, **options) -> list[Finding]:
    """Warn for helplines that nobody checked, or longer than half a year ago (issue 3).

    Says nothing where the database cannot be reached or has no tables yet: other checks tell that.
    """
    today = timezone.localdate()
    try:
        lines = list(Helpline.objects.filter(retired_at=None).values_list("name", "checked_on"))
    except DatabaseError:
        return []
    never = [name for name, day in lines if day is None]
    long_ago = [name for name, day in lines if day and day < today - HALF_A_YEAR]
    found = []
    if never:
        found.append(
            Finding(
                f"These helplines were never checked: {', '.join(never)}.",
                hint="Call each number, then put the day in Beheer, Hulplijnen.",
                id="signals.W001",
            )
        )
    if long_ago:
        found.append(
            Finding(
                f"These helplines were checked more than half a year ago: {', '.join(long_ago)}.",
                hint="Call each number again, then put the day in Beheer, Hulplijnen.",
                id="signals.W002",
            )
        )
    return found
