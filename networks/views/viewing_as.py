"""What a colleague of another partner reads of a case, for the lead: by the very code that serves that colleague."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meldpunt.teams.access import role, unlocked
from networks import reading
from networks.views.page import page_context
from signals.sharing.door import partners_of, parts_for, shared_as
from signals.views.viewing_as import chosen_of
from signals.workflow import AssignmentState


@role("lead")
@unlocked
@require_safe
def view_as(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the desk shares of a case as one of the network's partners reads it, never more than the lead reads."""
    letter = reading.held_or_404(request.user, reference)
    if letter.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    partners = partners_of([letter.team])
    chosen = chosen_of(request, partners)
    own = parts_for(request.user, letter.team_id, letter.case)
    shared = shared_as(request.keyring, letter.case, chosen, within=own) if chosen else None
    context = page_context(request, letter) | {
        "partners": partners, "chosen": chosen, "shared": shared, "back_to": request.get_full_path(),
        "letter": {"signs": reading.sign_texts(shared.signs) if shared else []},
    }  # fmt: skip
    return render(request, "networks/view_as.html", context)
