"""What the page of the outcome shows: what still stands open, how a case ended, and how it goes after."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldpunt.audit.log import record
from meldpunt.vault.crypto import CannotOpen
from networks.actions.aftercare import may_answer
from networks.actions.circle import peers_left_out
from networks.casework.own_work import opened, reader_of
from networks.circle.reading import peers_named
from networks.content import EvaluationContent, PulseContent
from networks.models import Action, Evaluation, Goal, Pulse, Relation
from signals import deadlines
from signals.models import Assignment, Handover, ReopenProposal
from signals.models.assignment import Part
from signals.workflow import OPEN_ASSIGNMENT, CaseState


@dataclass(frozen=True)
class StillOpen:
    """What stands open when a case is closed: a sentence, and the page where it is (a name of an address)."""

    sentence: str
    page: str


@dataclass(frozen=True)
class ShownPulse:
    """A pulse with its answer in words; `said` is None where nobody answered, or this key does not open it."""

    row: Pulse
    said: PulseContent | None
    may_answer: bool
    is_late: bool


@dataclass(frozen=True)
class Ending:
    """How a case ended at this network: the evaluation, who wrote it, and the pulses; `maybe_back`: the desk looks again."""

    evaluation: EvaluationContent | None
    by: str
    at: datetime.datetime | None
    pulses: list[ShownPulse]
    maybe_back: bool


def peers_open(keyring, assignment: Assignment) -> int:
    """Return how many peers keep a case from closing: unanswered, or named by a report and not in the circle.

    Counts only, for a page; closing itself looks again (networks.actions.circle). Who does not hold the key yet gets
    what stands in clear. Two statements. Raises Locked.
    """
    keyring.load([assignment.case_id, assignment.pk])
    rows = list(Relation.objects.filter(assignment__case=assignment.case_id, assignment__state__in=OPEN_ASSIGNMENT))
    unanswered = sum(1 for row in rows if row.is_open and row.removed_at is None)
    own = [row for row in rows if row.assignment_id == assignment.pk]
    try:
        return unanswered + peers_left_out(own, keyring=keyring, named=peers_named(keyring, assignment))
    except CannotOpen:
        return unanswered


def still_open(user, assignment: Assignment, peers: int) -> list[StillOpen]:
    """Return in sentences what a case leaves open if it is closed now, `peers` (see `peers_open`) first; three statements."""
    actions = Action.objects.visible_to(user).filter(assignment=assignment, state="open")
    goals = Goal.objects.visible_to(user).filter(assignment=assignment, state__in=["not_begun", "under_way"])
    waiting = Handover.objects.visible_to(user).running().filter(assignment=assignment, due_at__isnull=False)
    counted = peers, actions.aggregate(n=Count("pk"))["n"], goals.count(), waiting.count()
    said = (
        (
            ngettext(
                "Sluiten kan nog niet: %(n)d persoon in de kring is nog niet nagevraagd.",
                "Sluiten kan nog niet: %(n)d personen in de kring zijn nog niet nagevraagd.",
                counted[0],
            ),
            "network_circle",
        ),
        (ngettext("%(n)d actie staat nog open.", "%(n)d acties staan nog open.", counted[1]), "network_work"),
        (ngettext("%(n)d doel is nog niet bereikt.", "%(n)d doelen zijn nog niet bereikt.", counted[2]), "network_plan"),
        (ngettext("%(n)d melder wacht op antwoord.", "%(n)d melders wachten op antwoord.", counted[3]), "network_referrer"),
    )
    return [StillOpen(words % {"n": n}, page) for (words, page), n in zip(said, counted, strict=True) if n]


def consequences(assignment: Assignment, given: dict, now: datetime.datetime) -> list[str]:
    """Return in sentences what closing with `given` (of a valid form) will do."""
    said = [_("De zaak gaat dicht voor jullie netwerk. Jullie kunnen haar nog lezen.")]
    supports = assignment.case.assignments.filter(part=Part.SUPPORT, state__in=OPEN_ASSIGNMENT).select_related("team")
    said += [_("Het netwerk %s steunt dan niet meer.") % one.team for one in supports]
    said += [_("Het meldpunt ziet de uitkomst en de toelichting. De evaluatie blijft bij jullie.")]
    said += [_("Het meldpunt laat elke melder weten dat de zaak klaar is. Contact met de melder gaat terug naar het meldpunt.")]
    if given["outcome"] == "no_trafficking":
        return [*said, _("Er komt geen nazorg.")]
    days = [f"{day:%-d-%-m-%Y}" for day in deadlines.aftercare(now)]
    who = given["stays"].name if given["stays"] else _("jij")
    return [*said, _("%(who)s vraagt daarna hoe het gaat: op %(days)s.") % {"who": who, "days": ", ".join(days)}]


def ending_of(keyring, assignment: Assignment) -> Ending:
    """Open how a case ended, for a page; one row in the reading log. Raises Locked."""
    keyring.load([assignment.pk])
    user = keyring.user
    evaluation = Evaluation.objects.visible_to(user).filter(assignment=assignment).select_related("by").first()
    pulses = pulses_of(keyring, assignment)
    rows = [f"pulse:{shown.row.pk}" for shown in pulses if shown.said]
    rows += [f"evaluation:{evaluation.pk}"] if evaluation else []
    ending = Ending(
        evaluation=opened(keyring, evaluation, EvaluationContent, reader=reader_of(user, assignment)) if evaluation else None,
        by=evaluation.by.name if evaluation else "",
        at=evaluation.at if evaluation else None,
        pulses=pulses,
        maybe_back=ReopenProposal.objects.waiting().filter(case=assignment.case_id).exists(),
    )
    record("read", by=user, team=assignment.team, obj=assignment.case, purpose="outcome", rows=rows)
    return ending


def pulses_of(keyring, assignment: Assignment) -> list[ShownPulse]:
    """Return the pulses of a letter, opened, the first one first; one after the other is answered.

    The caller logs. Raises Locked.
    """
    closed_at = assignment.case.closed_at or assignment.queued_at
    counts = Q(assignment__case__state=CaseState.CLOSED, assignment__ended_at__gte=closed_at)
    rows = Pulse.objects.visible_to(keyring.user).filter(assignment=assignment).annotate(n=Count("pk", filter=counts))
    rows = rows.order_by("number").select_related("owner", "answered_by")
    rows = list(rows.defer("owner__password", "answered_by__password"))
    now = datetime.datetime.now(datetime.UTC)
    waiting = [row for row in rows if row.n and may_answer(row)]
    reader = reader_of(keyring.user, assignment)
    return [
        ShownPulse(
            row,
            opened(keyring, row, PulseContent, reader=reader) if row.content else None,
            may_answer=row in waiting[:1],
            is_late=row.answered_at is None and row.due_at < now,
        )
        for row in rows
        if row.answered_at or row.n
    ]
