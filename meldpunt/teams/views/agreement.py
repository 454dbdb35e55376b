"""What each kind of partner gets of a case: keepers of partners read it, an administrator changes it. No case is seen here."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams import agreement_actions as actions
from meldpunt.teams.access import role
from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.models import Role
from meldpunt.teams.partner_forms import AGREED_ALREADY, AgreementForm
from meldpunt.teams.partners import LegalBasis, PartnerRole
from meldpunt.teams.rail import rail

INVALID = 422
ALL = "alles"
# These bases hold in some cases only: while there is danger, or where somebody consented.
AT_TIMES = {
    frozenset((LegalBasis.VITAL_INTEREST,)): _lazy("Alleen bij gevaar"),
    frozenset((LegalBasis.CONSENT,)): _lazy("Alleen met toestemming"),
    frozenset((LegalBasis.VITAL_INTEREST, LegalBasis.CONSENT)): _lazy("Bij gevaar of met toestemming"),
}


@dataclass(frozen=True)
class Kind:
    """What one kind of partner gets today: its rows, which parts in every case and which in some (when → parts), and whether
    it is unfolded.
    """

    role: PartnerRole
    rows: list[Agreement]
    always: list[str]
    at_times: dict[str, list[str]]
    is_open: bool

    @property
    def sometimes(self) -> int:
        """How many parts it gets in some cases only."""
        return sum(map(len, self.at_times.values()))


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
            return _to_kind(form.cleaned_data["role"])
    rows = Agreement.objects.select_related("by", "ended_by").defer("by__password", "ended_by__password")
    current = list(rows.current())
    context = {
        "kinds": [_kind(role, current, request.GET.get("soort")) for role in PartnerRole],
        "parts": len(Part),
        "all_open": request.GET.get("soort") == ALL,
        "ended": list(rows.exclude(ended_at=None).order_by("-ended_at")[:50]),
        "keeps": keeps,
        "form": form,
    }
    status = INVALID if form.errors else 200
    return render(request, "teams/agreement.html", {**context, **rail(request)}, status=status)


def _kind(role: PartnerRole, current: list[Agreement], unfolded: str | None) -> Kind:
    rows = sorted((row for row in current if row.role == role), key=lambda row: (Part.values.index(row.part), row.basis))
    counting = [row for row in rows if not row.is_over]
    grounds: dict[str, set] = {}
    for row in counting:
        grounds.setdefault(row.part, set()).add(row.basis)
    always = {part for part, bases in grounds.items() if frozenset(bases) not in AT_TIMES}
    at_times = {
        str(when): _in_words(parts)
        for bases, when in AT_TIMES.items()
        if (parts := {part for part, found in grounds.items() if found == bases})
    }
    return Kind(role, rows, _in_words(always), at_times, unfolded in (ALL, role))


def _in_words(parts: set[str]) -> list[str]:
    return [str(part.label) for part in Part if part in parts]


def _to_kind(role: str) -> HttpResponse:
    """Go to what a kind of partner gets, unfolded."""
    return redirect(f"{reverse('agreement')}?soort={role}#{role}")


@role("administrator")
@require_POST
def end_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a part no longer; it counts at once."""
    row = get_object_or_404(Agreement, pk=pk)
    actions.end(row, by=request.user)
    messages.success(request, _("Deze organisaties krijgen dit deel nu niet meer op deze grond."))
    return _to_kind(row.role)
