"""Live figures for the desk and for a lead, and publishing a quarter or a year by the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import confirmed, role
from meldpunt.teams.models import Role
from meldpunt.teams.rail import rail
from networks.actions.balance import AlreadyPublished, NotOver
from networks.actions.balance import publish as publish_it
from networks.balance import live
from networks.balance.publishing import QuartersFirst
from networks.forms.balance import PeriodForm, PublicationForm
from networks.models import PublishedBalance


@role("coordinator", "lead")
@require_safe
def steering(request: HttpRequest) -> HttpResponse:
    """The figures of the desk, or of the networks that this user leads."""
    form = PeriodForm(request.GET or None)
    period = form.period if form.is_bound and form.is_valid() else live.last_year()
    if request.user.is_coordinator:
        scopes = [(_("Heel het meldpunt"), live.of_desk(request.user, period))]
    else:
        teams = request.user.teams(Role.LEAD)
        scopes = [(team.name, live.of_network(request.user, team, period)) for team in teams]
    record("list", by=request.user, purpose="steering")
    context = rail(request) | {"form": form, "period": period, "scopes": scopes}
    return render(request, "networks/balance/steering.html", context, status=422 if form.errors else 200)


@role("coordinator")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Choose a quarter or a year, see what the public will see, and publish it."""
    form = PublicationForm(request.POST or None)
    context = rail(request) | {"form": form, "published": PublishedBalance.objects.all()}
    if form.is_bound and form.is_valid():
        try:
            context["preview"] = form.preview()
            if "confirmed" in request.POST:
                return _published(request, form)
        except QuartersFirst:
            form.add_error("quarter", _("Publiceer eerst de vier kwartalen van dit jaar."))
        except (NotOver, AlreadyPublished) as error:
            form.add_error(None, SAID[type(error)]())
    return render(request, "networks/balance/publish.html", context, status=422 if form.errors else 200)


SAID = {
    NotOver: lambda: _("Deze periode is nog niet voorbij."),
    AlreadyPublished: lambda: _("Deze periode is al gepubliceerd. Dat verandert niet meer."),
}


def _published(request: HttpRequest, form: PublicationForm) -> HttpResponse:
    balance = publish_it(form.publication, by=request.user)
    messages.success(request, _("De balans is gepubliceerd."))
    return redirect(balance)
