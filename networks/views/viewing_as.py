"""What a colleague of another partner reads of a case, for the lead: by the very code that serves that colleague."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role, unlocked
from meldpunt.teams.agreement import ALL_PARTS, Part
from meldpunt.teams.partners import Partner
from networks import reading
from networks.casework import viewing
from networks.casework.own_work import Reader
from networks.views.page import page_context
from networks.views.printing import TOGETHER
from signals.models import Assignment
from signals.sharing.door import in_words, opened_as, partners_of, parts_as, parts_for
from signals.views.viewing_as import chosen_of
from signals.workflow import AssignmentState


@role("lead")
@unlocked
@require_safe
def view_as(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case as one of the network's partners reads it, never more than the lead reads."""
    letter = reading.held_or_404(request.user, reference)
    if letter.state == AssignmentState.DELIVERED:
        return redirect("network_case", reference)
    partners = partners_of([letter.team])
    chosen = chosen_of(request, partners)
    context = page_context(request, letter) | {
        "partners": partners, "chosen": chosen, "back_to": request.get_full_path(), "withheld": [],
    }  # fmt: skip
    if chosen:
        context |= _as(request, letter, chosen)
    return render(request, "networks/view_as.html", context)


def _as(request: HttpRequest, letter: Assignment, chosen: Partner) -> dict:
    """Return what a member of `chosen` reads of a letter who wrote nothing and has no task: what is shared and the work, or
    (`deel=samen`) circle, plan and minutes. One row in the reading log."""
    keyring = request.keyring
    keyring.load([letter.case_id, letter.pk])
    own = parts_for(keyring.user, letter.team_id, letter.case)
    reader = Reader(parts_as(letter.case, chosen, within=own))
    letter.has_contact = letter.has_contact and Part.REFERRER in reader.parts
    found = {"is_together": request.GET.get("deel") == TOGETHER, "not_given": in_words(ALL_PARTS - reader.parts)}
    shared = None
    if found["is_together"]:
        together, rows = viewing.together_as(keyring, letter, reader)
        found |= vars(together)
    else:
        shared = opened_as(keyring, letter.case, chosen, within=own)
        work, rows = viewing.work_as(keyring, letter, shared, reader)
        found |= {"work": work, "letter": {"signs": reading.sign_texts(shared.signs)}}
    rows = [f"partner:{chosen.pk}", *rows]
    record("read", by=keyring.user, team=letter.team, obj=letter.case, purpose="view_as", rows=rows)
    return found | {"shared": shared}
