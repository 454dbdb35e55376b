"""What the first page of a case shows: what is shared, what waits, the next step in words, and what happened."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldpunt.audit.log import record
from networks import reading
from networks.casework import contract, timeline
from networks.casework.work_page import ShownAction, actions_of
from networks.models import ActionState
from signals.content import Shared
from signals.desk.timeline import Moment
from signals.models import Assignment
from signals.sharing.door import shared_for
from signals.workflow import AssignmentState


@dataclass(frozen=True)
class Step:
    """The next step: a sentence, what the button says, and to which page of the case and place on it that leads."""

    sentence: str
    label: str = ""
    place: str = ""
    page: str = "network_work"


@dataclass(frozen=True)
class Overview:
    """A letter for its first page; `late` are the open actions whose day has passed."""

    shared: Shared
    signs: list[str]
    open_actions: list[ShownAction]
    late: list[ShownAction]
    moments: list[Moment]
    sharings: list[Moment]
    step: Step | None
    open_peers: int

    @property
    def has_contract(self) -> bool:
        """Whether anything was agreed about contact."""
        return contract.is_there(self.shared)


def overview_of(keyring, assignment: Assignment) -> Overview:
    """Open a letter (as reading.held_or_404 gives it) for its first page; one row in the reading log. Raises Locked, CannotOpen."""
    keyring.load([assignment.case_id, assignment.pk])
    shared = shared_for(keyring, assignment)
    actions = actions_of(keyring, assignment)
    waiting = [shown for shown in actions if shown.row.state == ActionState.OPEN]
    late = [shown for shown in waiting if shown.row.is_late]
    moments = timeline.moments_of(keyring.user, assignment)
    rows = [f"action:{shown.row.pk}" for shown in waiting]
    peers = assignment.open_peers
    has_contract = contract.is_there(shared)
    overview = Overview(
        shared=shared,
        signs=reading.sign_texts(shared.signs),
        open_actions=waiting,
        late=late,
        moments=moments,
        sharings=timeline.shared_by(moments),
        step=None
        if assignment.case.rests
        else next_step(assignment, waiting, late, planned=bool(actions), has_contract=has_contract, peers=peers),
        open_peers=peers,
    )
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="casework", rows=rows)
    return overview


def next_step(
    assignment: Assignment,
    waiting: list[ShownAction],
    late: list[ShownAction],
    *,
    planned: bool,
    has_contract: bool,
    peers: int = 0,
) -> Step | None:
    """Return what a member does next with an accepted case, or None where another part of the page says so."""
    if assignment.state != AssignmentState.ACCEPTED:
        return None
    if late:
        said = ngettext("%(n)d actie is te laat. Doe die eerst.", "%(n)d acties zijn te laat. Doe die eerst.", len(late))
        return Step(said % {"n": len(late)}, _("Naar de acties"), "acties")
    if has_contract and not assignment.contract_read:
        return Step(_("Lees wat is afgesproken over contact. Daarna kun je een contact opschrijven."))
    if not planned:
        return Step(_("Plan de eerste actie: wie doet wat, en wanneer?"), _("Plan een actie"), "nieuwe-actie")
    if not waiting and peers:
        said = ngettext(
            "Vraag nog van %(n)d persoon in de kring: ook benaderd?",
            "Vraag nog van %(n)d mensen in de kring: ook benaderd?",
            peers,
        )
        return Step(said % {"n": peers}, _("Naar de kring"), page="network_circle")
    if not waiting:
        said = _("Alle acties zijn klaar. Plan een nieuwe, of kijk of de zaak dicht kan.")
        return Step(said, _("Plan een actie"), "nieuwe-actie")
    return _up_next(waiting[0])


def _up_next(shown: ShownAction) -> Step:
    action = shown.row
    words = {"what": action.get_kind_display(), "who": action.owner.name if action.owner else _("nog niemand")}
    if action.due_on is None:
        return Step(_("Nu aan de beurt: %(what)s (%(who)s). Kies nog een dag.") % words, _("Naar de acties"), "acties")
    words["when"] = date_format(action.due_on, "l j F")
    return Step(_("Nu aan de beurt: %(what)s (%(who)s), vóór %(when)s.") % words, _("Naar de acties"), "acties")
