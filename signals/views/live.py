"""What changed since a page was opened, for the pages that ask by themselves. Never work: no clock is extended."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from meldpunt.teams.access import role
from meldpunt.teams.models import User
from meldpunt.vault.unlocking import without_keys
from signals.models import Signal
from signals.queue.tally import Capped
from signals.workflow import SignalState


@without_keys
@role("coordinator")
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Return JSON for a coordinator: `new`, the signals filed since `sinds` (microseconds since 1970) that nobody has
    taken yet; `acute`, those in danger that nobody has decided on; `alarm`, the acute ones that nobody has opened;
    `at`, the time in words. Counts stop at 1000.

    One statement beside session, user and role.
    """
    signals = Signal.objects.visible_to(request.user)
    since = moment(request.GET.get("sinds", ""))
    counts = {
        "new": Capped(signals.filter(state=SignalState.RECEIVED, filed_at__gt=since)),
        "acute": Capped(signals.awaiting_triage().filter(queue_key__lte=0)),
        "alarm": Capped(signals.alarming()),
    }
    found = User.objects.filter(pk=request.user.pk).annotate(**counts).values(*counts).get()
    return JsonResponse({**found, "at": date_format(timezone.localtime(), "H.i")})


def moment(micros: str) -> datetime:
    """Read the moment at which a page was made; now where it says nothing."""
    try:
        seconds, rest = divmod(int(micros), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
    except (ValueError, OverflowError, OSError):
        return timezone.now()
