"""Reminding of actions whose day has come. The notice holds nothing; the worker leaves it and holds no key."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.models import Membership, Role, User
from networks.actions.casework import WRITABLE
from networks.models import Action
from signals.models.shield import Shield

AT_ONCE = 500
AGAIN_AFTER = datetime.timedelta(days=7)
INBOX = "/netwerk/"


@transaction.atomic
def remind() -> int:
    """Leave a notice for who owns an action that is due, on its day and every week after; returns for how many actions.

    An action that nobody owns counts for the owner of the case. It goes with the mail of eight in the morning; what
    still waits for somebody is not left again. Two at once skip each other's rows.
    """
    today = timezone.localdate()
    fresh = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN_AFTER)
    found = Action.objects.still_open().filter(fresh, due_on__lte=today, assignment__state__in=WRITABLE)
    rows = list(
        found.annotate(whose=Coalesce("owner", "assignment__owner"))
        .order_by("due_on")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .values_list("pk", "whose", "assignment__team", "assignment__case")[:AT_ONCE]
    )
    if not rows:
        return 0
    leave(_still_at_work(rows), kind="action_due", path=INBOX, digest=True)
    done = [row[0] for row in rows]
    Action.objects.filter(pk__in=done).update(reminded_on=today)
    record("change", source="worker", purpose="reminded", rows=[str(pk) for pk in done])
    return len(rows)


def _still_at_work(rows: list[tuple]) -> list[User]:
    """Return the owners who still work in the network of an action and are not kept away from its case."""
    owners = {whose for _pk, whose, _team, _case in rows}
    members = Membership.objects.filter(ended_at=None, user__is_active=True, role__in=[Role.MEMBER, Role.LEAD])
    here = set(members.filter(user__in=owners).values_list("user", "team"))
    away = set(Shield.objects.holding().filter(user__in=owners).cases().values_list("user", "covers"))
    told = {whose for _pk, whose, team, case in rows if (whose, team) in here and (whose, case) not in away}
    return [User(pk=pk) for pk in told]
