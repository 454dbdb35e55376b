"""Who must not see a signal or case: naming somebody, letting in again, stepping aside; and the deputy outside a team."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.teams.access import role
from meldpunt.teams.duty_actions import appoint_outside
from meldpunt.teams.models import Role, Team
from meldpunt.teams.rail import rail
from signals.actions import keeping, shielding
from signals.forms.shielding import KeepOutForm, LetInForm, OutsideForm, outside_forms
from signals.models import Case, Shield, Signal, Task
from signals.models.task import TaskKind
from signals.queue.rail import desk_rail
from signals.shielding import people
from signals.views.typed import start_with, thing_or_404, unlocked_or_kept
from signals.workflow import NotAllowed


def _page(request: HttpRequest, kind: str, thing, *, status: int = 200, **typed) -> HttpResponse:
    """Show it; `typed` has the `shield_form` or, by the key of a shield, the `let_in` that was sent and came back."""
    drafts = keeping.kept_of(request.keyring, thing)
    sent = typed.get("let_in", {})
    shields = list(people.shields_of(thing).select_related("user", "by").defer("user__password", "by__password"))
    for row in shields:
        row.let_in = sent.get(row.pk) or LetInForm(pk=row.pk, initial=start_with(drafts, "let_in"))
    form = typed.get("shield_form")
    choice = people.to_choose(thing, but=request.user)
    context = {
        "shield_form": form or KeepOutForm(people=choice, initial=start_with(drafts, "shield")),
        "kind": kind, "thing": thing, "shields": shields, "form": form or next(iter(sent.values()), None),
    }  # fmt: skip
    return render(request, "signals/desk/shield.html", desk_rail(request.user, "queue") | context, status=status)


@role("coordinator")
@unlocked_or_kept(here=True)
@require_http_methods(["GET", "HEAD", "POST"])
def shield(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Show who must not see a signal or case; a POST names a colleague."""
    thing = thing_or_404(request, kind, reference)
    if request.method != "POST":
        record("read", by=request.user, obj=thing, purpose="shields")
        return _page(request, kind, thing)
    form = KeepOutForm(request.POST, people=people.to_choose(thing, but=request.user))
    if not form.is_valid():
        return _page(request, kind, thing, status=422, shield_form=form)
    try:
        shielding.keep_out(thing, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except (Signal.DoesNotExist, Case.DoesNotExist) as error:
        raise Http404 from error
    keeping.forget(thing, "shield", by=request.user)
    messages.success(request, _("Deze collega ziet dit niet meer, ook niet in lijsten en berichten."))
    return redirect("shield", kind, reference)


@role("coordinator")
@unlocked_or_kept()
@require_POST
def let_in(request: HttpRequest, kind: str, reference: str, pk) -> HttpResponse:
    """Let a colleague see it again: for a second coordinator."""
    thing = thing_or_404(request, kind, reference)
    row = get_object_or_404(people.shields_of(thing), pk=pk)
    form = LetInForm(request.POST, pk=row.pk)
    if not form.is_valid():
        return _page(request, kind, thing, status=422, let_in={row.pk: form})
    try:
        shielding.let_in(row, by=request.user, **form.cleaned_data)
    except NotAllowed:
        messages.warning(request, _("Jij hebt dit zelf ingesteld. Vraag een andere coördinator."))
        return _page(request, kind, thing, status=409)
    except Shield.DoesNotExist:
        pass  # a colleague was first, and it is as it was wanted
    keeping.forget(thing, "let_in", by=request.user)
    messages.success(request, _("Deze collega ziet dit weer."))
    return redirect("shield", kind, reference)


@role("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Ask whether one wants to step aside; a POST does it, and from then on there is nothing here."""
    thing = thing_or_404(request, kind, reference)
    if request.method == "POST":
        shielding.step_aside(thing, by=request.user)
        return redirect("stepped_aside")
    context = {"name": thing.reference, "back": thing.get_absolute_url(), "sends_to": request.path}
    return render(request, "signals/aside.html", desk_rail(request.user, "queue") | context)


@role("coordinator", "member", "lead")
@require_safe
def stepped_aside(request: HttpRequest) -> HttpResponse:
    """Say that it is gone for who stepped aside, and who takes it; names nothing."""
    desk = request.user.is_coordinator
    menu = desk_rail(request.user, "queue") if desk else rail(request)
    return render(request, "signals/stepped_aside.html", menu | {"onward": reverse("queue" if desk else "inbox")})


@role("coordinator", "member", "lead", "administrator", "analyst", "privacy_officer")
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: HttpRequest) -> HttpResponse:
    """What nobody of a team may see, for the deputy outside it: a reference and what to do, no content."""
    waiting = Task.objects.filter(user=request.user, kind=TaskKind.NOBODY_LEFT, done_at=None)
    if request.method == "POST":
        pk = request.POST.get("task", "")
        task = get_object_or_404(waiting, pk=int(pk) if pk.isdigit() and len(pk) < 10 else 0)
        if shielding.settle_outside(task, by=request.user):
            messages.success(request, _("Iemand van het team kan dit nu zien. Dank je wel."))
            return redirect("outside")
        messages.warning(request, _("Nog niemand van het team mag dit zien. Zorg eerst voor iemand anders."))
    tasks = list(waiting.select_related("signal", "case").defer(*SEALED).order_by("created_at"))
    teams = outside_forms() if Role.ADMINISTRATOR in request.user.roles() else []
    context = rail(request) | {"tasks": tasks, "teams": teams}
    return render(request, "signals/outside.html", context, status=409 if request.method == "POST" else 200)


SEALED = ("signal__report", "signal__headline", "case__shared")


@role("administrator")
@require_POST
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who outside a team is told when nobody of it may see something."""
    form = OutsideForm(request.POST, team=get_object_or_404(Team, slug=slug))
    if form.is_valid():
        appoint_outside(form.team, by=request.user, user=form.cleaned_data["user"])
        messages.success(request, _("Bewaard."))
    else:
        messages.warning(request, _("Kies iemand die niet in het team zit."))
    return redirect("outside")
