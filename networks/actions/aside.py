"""Who is involved steps away from a case of the network: out of sight, and what that person had in hand goes on."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.models import Role
from networks.models import OPEN_GOAL, Action, Appointment, Goal, Pulse, PulseStep, Relation
from signals.actions import shielding
from signals.models import Assignment, Shield, StaffDraft
from signals.shielding.people import workers_for

AT_ONCE = 500
# What a draft of a member can be about, beside a letter itself (networks/views/typed.py).
WORK = (Action, Goal, Relation)


@transaction.atomic
def keep_out(assignment: Assignment, user, *, by, keyring, reason: str, words: str = "") -> Shield:
    """Keep the colleague `user` of the same network out of the case, as `by` asks; raises as shielding.keep_out does."""
    _pass_on(_of_one(assignment.case_id, user.pk), but=[user.pk])
    return shielding.keep_out(
        assignment.case, user, by=by, keyring=keyring, reason=reason, words=words, letter=assignment
    )


@transaction.atomic
def step_aside(assignment: Assignment, *, by) -> Shield:
    """Keep oneself out of the case. Raises DoesNotExist where `by` does not see it any more."""
    _pass_on(_of_one(assignment.case_id, by.pk), but=[by.pk])
    return shielding.step_aside(assignment.case, by=by, letter=assignment)


@transaction.atomic
def pass_on_kept() -> int:
    """Let go of all that people hold of cases of a network that they are kept out of; returns of how many rows.

    A shield of the desk or of a referrer knows nothing of a network's own work, so the worker looks after it. Nobody gets a
    notice: it would say that there is a shield. Again changes nothing; two at once skip each other's rows.
    """
    letters = _locked(Assignment.objects.filter(_kept("owner", "case")).select_related("team"))
    done = [_to_a_lead(letter) for letter in letters]
    done += _pass_on(lambda user: _kept(user, "assignment__case"))
    _drop_drafts()
    if done:
        record("change", source="worker", purpose="kept_out", rows=done)
    return len(done)


def _of_one(case, user) -> Callable[[str], Q]:
    """Return the question that finds what `user` holds of `case`, by the name of the column that holds the user."""
    return lambda column: Q(**{"assignment__case": case, column: user})


def _kept(user: str, case: str) -> Q:
    """Tell of a row whether its `user` is kept out of its `case`; few people are, so they are looked for first."""
    holding = Shield.objects.holding().order_by()
    of_this = holding.filter(Q(case=OuterRef(case)) | Q(signal__case=OuterRef(case)), user=OuterRef(user))
    return Q(Exists(of_this), **{f"{user}__in": holding.values("user")})


def _locked(rows: QuerySet) -> QuerySet:
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True)[:AT_ONCE]


def _pass_on(held: Callable[[str], Q], *, but: Iterable[int] = ()) -> list[str]:
    """Pass on what `held` finds, never to one of `but`: open actions, goals and posts fall to the owner of the case, and a
    colleague asks in aftercare. Part of a larger act, which records; returns the keys of the rows.
    """
    done = _change(Action.objects.still_open().filter(held("owner")), owner=None, reminded_on=None)
    done += _change(Goal.objects.filter(held("owner"), state__in=OPEN_GOAL), owner=None)
    done += _change(Appointment.objects.current().filter(held("person")), until=timezone.now())
    pulses = Pulse.objects.waiting().filter(held("owner")).select_related("assignment__team").defer("content")
    return done + [str(pulse.pk) for pulse in _locked(pulses) if _to_a_colleague(pulse, but=but)]


def _change(rows: QuerySet, **values) -> list[str]:
    found = list(_locked(rows).values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=found).update(**values)
    return [str(pk) for pk in found]


def _workers(letter: Assignment, but: Iterable[int] = ()) -> list[int]:
    """Return who of the network of `letter` may see its case: its owner first, then leads, then the others."""
    seats = letter.team.memberships.filter(ended_at=None, user__in=workers_for(letter).values("pk")).exclude(user__in=but)
    rows = seats.order_by("user").values_list("user", "role")
    return [pk for pk, _role in sorted(rows, key=lambda row: (row[0] != letter.owner_id, row[1] != Role.LEAD))]


def _to_a_lead(letter: Assignment) -> str:
    leads = letter.team.memberships.filter(ended_at=None, role=Role.LEAD)
    letter.owner_id = leads.filter(user__in=workers_for(letter).values("pk")).order_by("user").values_list("user", flat=True).first()
    letter.save(update_fields=["owner"])
    return str(letter.pk)


def _to_a_colleague(pulse: Pulse, *, but: Iterable[int]) -> bool:
    """Let somebody else ask; who is told of it begins anew. False where nobody of the network is left."""
    colleagues = _workers(pulse.assignment, but)
    if not colleagues:
        return False
    pulse.owner_id = colleagues[0]
    if pulse.step in (PulseStep.OWNER, PulseStep.AGAIN):
        pulse.step = PulseStep.WAITS
    pulse.save(update_fields=["owner", "step"])
    return True


def _drop_drafts() -> None:
    """Drop what was typed about a letter, or about a piece of its work, by who is kept out of its case since."""
    about = [Assignment.objects.filter(pk=OuterRef("object_id")).values("case")]
    about += [kind.objects.filter(pk=OuterRef("object_id")).order_by().values("assignment__case") for kind in WORK]
    for case in about:
        rows = StaffDraft.objects.annotate(covering=Subquery(case[:1])).filter(_kept("user", "covering"))
        StaffDraft.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
