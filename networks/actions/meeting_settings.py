"""What a lead settles about meetings: who chairs, who takes that over, and how often the network meets."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.audit.log import record
from meldpunt.teams.models import Membership, Role, Team, User
from networks.models import MOST_WEEKS, Meeting, Rhythm
from signals.actions import Clash
from signals.actions.history import locked
from signals.workflow import NotAllowed


@transaction.atomic
def name_chairs(meeting: Meeting, *, by, chair: User, substitute: User | None, version: int) -> Meeting:
    """Say who chairs a meeting that lies ahead (a lead), and who does where the chair does not (anybody of the network).

    Raises PermissionDenied (no lead), Clash, NotAllowed where one does not work here, is twice the same, or it is over.
    """
    meeting = locked(Meeting.objects.visible_to(by).select_related("team"), meeting.pk)
    if by.role_in(meeting.team) != Role.LEAD:
        raise PermissionDenied
    if meeting.version != version:
        raise Clash
    if meeting.closed_at is not None:
        raise NotAllowed("this meeting is over")
    fits_seats(meeting.team, chair=chair, substitute=substitute)
    meeting.chair, meeting.substitute = chair, substitute
    meeting.version += 1
    meeting.save(update_fields=["chair", "substitute", "version"])
    record("change", by=by, team=meeting.team, obj=meeting, purpose="chair")
    return meeting


def fits_seats(team: Team, *, chair: User, substitute: User | None) -> None:
    """Raise NotAllowed unless `chair` leads the network now, and `substitute` is another who works in it."""
    here = Membership.objects.filter(team=team, ended_at=None, user__is_active=True)
    if not here.filter(user=chair, role=Role.LEAD).exists():
        raise NotAllowed("a lead chairs")
    if substitute is None:
        return
    if (
        substitute.pk == chair.pk
        or not here.filter(user=substitute, role__in=[Role.MEMBER, Role.LEAD]).exists()
    ):
        raise NotAllowed("another of the network substitutes")


@transaction.atomic
def set_rhythm(team: Team, *, by, weeks: int) -> Rhythm:
    """Say how many weeks (1 to MOST_WEEKS) lie between two meetings. Raises PermissionDenied (no lead), NotAllowed."""
    if by.role_in(team) != Role.LEAD:
        raise PermissionDenied
    if not 1 <= weeks <= MOST_WEEKS:
        raise NotAllowed("a rhythm of weeks")
    rhythm, _made = Rhythm.objects.update_or_create(team=team, defaults={"weeks": weeks})
    record("change", by=by, team=team, obj=rhythm, purpose="rhythm")
    return rhythm
