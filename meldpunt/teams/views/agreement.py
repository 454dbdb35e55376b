"""What each kind of partner gets of a case: keepers of partners read it, an administrator changes it. No case is seen here."""

from itertools import groupby

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams import agreement_actions as actions
from meldpunt.teams.access import role
from meldpunt.teams.agreement import Agreement
from meldpunt.teams.models import Role
from meldpunt.teams.partner_forms import AGREED_ALREADY, AgreementForm
from meldpunt.teams.rail import rail

INVALID = 422


@role("administrator", "lead", "privacy_officer")
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest) -> HttpResponse:
    """List what each kind of partner gets; an administrator adds a row."""
    keeps = Role.ADMINISTRATOR in request.user.roles()
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(by=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("part", AGREED_ALREADY)
        else:
            messages.success(request, _("Toegevoegd. Het geldt nu meteen."))
            return redirect("agreement")
    rows = Agreement.objects.select_related("by", "ended_by").defer("by__password", "ended_by__password")
    current = list(rows.current())
    context = {
        "kinds": [(found[0].get_role_display(), found) for found in _by_role(current)],
        "ended": list(rows.exclude(ended_at=None).order_by("-ended_at")[:50]),
        "keeps": keeps,
        "form": form,
    }
    status = INVALID if form.errors else 200
    return render(request, "teams/agreement.html", {**context, **rail(request)}, status=status)


def _by_role(rows: list[Agreement]) -> list[list[Agreement]]:
    return [list(found) for _role, found in groupby(rows, key=lambda row: row.role)]


@role("administrator")
@require_POST
def end_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a part no longer; it counts at once."""
    actions.end(get_object_or_404(Agreement, pk=pk), by=request.user)
    messages.success(request, _("Deze organisaties krijgen dit deel nu niet meer op deze grond."))
    return redirect("agreement")
