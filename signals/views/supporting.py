"""The desk asks a second network to support a case that is with another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import role, unlocked
from meldpunt.teams.models import Team, TeamKind
from signals.actions import Clash, moving
from signals.forms.supporting import AddSupportForm
from signals.models import Case
from signals.queue.rail import desk_rail
from signals.views.cases import case_or_404, too_late
from signals.workflow import CaseState, NotAllowed


def free_networks(case: Case) -> list[Team]:
    """Return the networks that hold no letter about a case, by name."""
    held = case.assignments.still_open().values("team")
    return list(Team.objects.filter(kind=TeamKind.NETWORK).exclude(pk__in=held).order_by("name"))


@role("coordinator")
@unlocked
@require_http_methods(["GET", "HEAD", "POST"])
def add_support(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a network that supports, and why; it reads what the leading network reads."""
    found = case_or_404(request, reference)
    if found.rests:
        messages.warning(request, _("Deze zaak mag even niet gebruikt worden. Delen mag nu alleen bij gevaar."))
        return redirect("case", reference)
    if found.state != CaseState.WITH_NETWORK:
        messages.warning(request, _("Deze zaak is nu bij geen enkel netwerk."))
        return redirect("case", reference)
    given = request.POST if request.method == "POST" else None
    form = AddSupportForm(given, networks=free_networks(found), initial={"version": found.version})
    if not form.is_valid():
        context = desk_rail(request.user, "cases") | {"case": found, "form": form}
        return render(request, "signals/desk/add_support.html", context, status=422 if form.is_bound else 200)
    try:
        moving.add_support(found, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (NotAllowed, Clash):
        return too_late(request, reference)
    messages.success(request, _("De vraag om steun is verstuurd."))
    return redirect("case", reference)
