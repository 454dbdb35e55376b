"""After somebody left: every open signal, case and letter of the team gets a new content key, for what is written from then on.

Old keys stay readable for the team (security.md, key 11). In bounded steps, each whole: a step that breaks off loses
nothing, and two people who do it at once share the work.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from meldpunt.audit.log import record
from meldpunt.teams.models import Role, Team
from meldpunt.vault import crypto, escrow, trust
from meldpunt.vault.keys import seal_to_referrer, seal_to_team
from meldpunt.vault.models import ContentKey, ContentSeal, TeamKey
from signals.models import Assignment, Case, Signal
from signals.workflow import OPEN_ASSIGNMENT, CaseState, SignalState

AT_ONCE = 500
MAY_RENEW = (Role.COORDINATOR, Role.LEAD)


@dataclass(frozen=True)
class Step:
    """What one step did: how many content keys were made anew, and how many are left."""

    done: int
    left: int


def to_renew(team: Team) -> QuerySet[ContentKey]:
    """Return the newest content keys of open things, and of meetings, that `team` holds only under an older key of its own."""
    newest = TeamKey.objects.filter(team=team).order_by("-version").values("pk")[:1]
    newer = ContentKey.objects.filter(
        object_id=OuterRef("object_id"), purpose=OuterRef("purpose"), version__gt=OuterRef("version")
    )
    seals = ContentSeal.objects.filter(content_key=OuterRef("pk"), team_key__team=team)
    held = ContentKey.objects.filter(Exists(seals), ~Exists(seals.filter(team_key__in=newest)), ~Exists(newer))
    undecided = Q(case=None) & ~Q(state__in=(SignalState.DECIDED, SignalState.DESTROYED))
    in_open_case = Q(case__state__in=(CaseState.ASSESSED, CaseState.ROUTING, CaseState.WITH_NETWORK))
    open_signals = Signal.objects.filter(undecided | in_open_case)
    open_cases = Case.objects.exclude(state__in=(CaseState.CLOSED, CaseState.DESTROYED))
    open_letters = Assignment.objects.filter(state__in=OPEN_ASSIGNMENT)
    return held.filter(
        Q(object_id__in=open_signals.values("pk"))
        | Q(object_id__in=open_cases.values("pk"))
        | Q(object_id__in=open_letters.values("pk"))
        | Q(kind="meeting")  # also one that is over: lines are added to its report
    )


@transaction.atomic
def renew_step(team: Team, *, by, most: int = AT_ONCE) -> Step:
    """Make the next version of up to `most` content keys, sealed to who holds the present one, under their newest keys.

    Raises PermissionDenied unless `by` is coordinator or lead of `team`, NotTrusted where a key does not count.
    """
    if by.role_in(team) not in MAY_RENEW:
        raise PermissionDenied
    rows = list(to_renew(team).select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:most])
    if rows:
        _make_next(rows)
        record("change", by=by, team=team, obj=("team_key", str(team.pk)), purpose="renew_contents")
    return Step(len(rows), to_renew(team).count())


def _make_next(rows: list[ContentKey]) -> None:
    """Make a next version of each of `rows` and seal it to the same teams and referrers. Four statements."""
    held = ContentSeal.objects.filter(content_key__in=rows).select_related("team_key__team", "referrer_key")
    holders: dict = {}
    for seal in held.defer("sealed", "referrer_key__wrapped_secret"):
        holders.setdefault(seal.content_key_id, []).append(seal)
    team_keys: dict[int, TeamKey] = {}
    made, seals, kept = [], [], []
    for row in rows:
        fresh = ContentKey(kind=row.kind, object_id=row.object_id, purpose=row.purpose, version=row.version + 1)
        key = crypto.new_key()
        made.append(fresh)
        for seal in holders[row.pk]:
            if seal.referrer_key_id:
                seals.append(seal_to_referrer(fresh, key, seal.referrer_key))
                continue
            team = seal.team_key.team
            if team.pk not in team_keys:
                team_keys[team.pk] = trust.newest_team_key(team)
            seals.append(seal_to_team(fresh, key, team_keys[team.pk]))
        if row.kind == "assignment":
            kept.append((fresh, key))
    ContentKey.objects.bulk_create(made)
    ContentSeal.objects.bulk_create(_once_each(seals))
    escrow.keep_many(kept)


def _once_each(seals: list[ContentSeal]) -> list[ContentSeal]:
    """Leave out a second seal of one key to one team: it held the one before under two versions of its own."""
    found = {(seal.content_key_id, seal.team_key_id, seal.referrer_key_id): seal for seal in seals}
    return list(found.values())
