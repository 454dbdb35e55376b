"""Taking in: a coordinator fills in one page for who calls, or types over a letter or a mail."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.teams.access import role, to_page, unlocked
from signals.actions.filing import Filed, TakenIn, file
from signals.filing import intake
from signals.forms.intake import IntakeForm
from signals.models import Signal
from signals.queue.rail import desk_rail
from signals.views.filing import see_other

INVALID = 422
LONGEST_KEPT = 200_000


@role("coordinator")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The page, with what was typed before; or file it. Sealing needs no unlocked key, so a call is never lost to a lock.

    What was typed before is shown with open keys only: a screen that was left shows nobody a report.
    """
    if request.method == "POST":
        form = IntakeForm(request.POST)
        return _file(request, form) if form.is_valid() else _again(request, form)
    token = intake.token_of(request)
    kept = intake.open_intake(request, token)
    if kept is None or kept.sent:
        return _page(request, IntakeForm(), intake.new_token())
    if request.keyring is None:
        return to_page(request, "unlock")
    return _page(request, IntakeForm(kept=_as_posted(kept.data)), token, kept=True)


def _page(request: HttpRequest, form: IntakeForm, token: str, *, kept: bool = False) -> HttpResponse:
    context = {"form": form, "token": token, "kept": kept, "today": timezone.localdate()}
    status = INVALID if form.errors else 200
    return render(request, "signals/desk/intake.html", context | desk_rail(request.user, "intake"), status=status)


def _as_posted(data: dict) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in data.items():
        posted.setlist(name, values)
    return posted


def _typed(request: HttpRequest, form: IntakeForm) -> dict | None:
    """Return what was typed, or None where it is more than anybody types."""
    typed = {name: request.POST.getlist(name) for name in form.names & set(request.POST)}
    return typed if sum(len(value) for values in typed.values() for value in values) <= LONGEST_KEPT else None


def _again(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    """Show what is not right, with all that was typed, and keep it."""
    token = intake.token_of(request) or intake.new_token()
    _keep(request, form, token)
    return _page(request, form, token)


@transaction.atomic
def _keep(request: HttpRequest, form: IntakeForm, token: str) -> bool:
    typed = _typed(request, form)
    draft = intake.begin(request, token)
    if typed is None or draft is None or draft.sent:
        return False
    intake.save(request, token, typed)
    return True


@transaction.atomic
def _file(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    """File once: the page that is sent twice leads to the same code, or to the signal where the code was left."""
    token = intake.token_of(request) or intake.new_token()
    draft = intake.begin(request, token)
    if draft is None:
        token = intake.new_token()
        draft = intake.begin(request, token)
    if draft.sent:
        return see_other("intake_done")
    if filed := Signal.objects.visible_to(request.user).filter(filed_once=draft.once).first():
        return see_other("signal", filed.reference)
    received, (who, answers) = form.received.cleaned_data, form.answers()

    def put_by(filed: Filed) -> None:
        intake.save(request, token, {"code": filed.code}, sent=filed.signal.reference)

    file(
        answers,
        who=who,
        channel=received["channel"],
        language=received["language"],
        once=draft.once,
        taken_in=TakenIn(request.user, received["received_on"], with_code=not received["no_code"]),
        keep=put_by,
    )
    return see_other("intake_done")


@role("coordinator")
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed so far; the page sends it by itself. 409 where it is filed already, or far too much."""
    token = intake.token_of(request)
    kept = bool(token) and _keep(request, IntakeForm(), token)
    return HttpResponse(status=204 if kept else 409)


@role("coordinator")
@unlocked
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The reference, and the code to read out: until this page is left, half an hour at most."""
    kept = intake.open_intake(request, intake.token_of(request))
    if kept is None or not kept.sent:
        return redirect("queue")
    # Who took it in reads the code out, also where the caller named that very person.
    signal = Signal.objects.only("reference", "channel").get(reference=kept.sent, taken_in_by=request.user)
    context = {"signal": signal, "spelled": intake.spelled(kept.data["code"])}
    return render(request, "signals/desk/intake_done.html", context | desk_rail(request.user, "intake"))


@role("coordinator")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Wipe what is typed, or the code; then go to the signal, to a new call or to the queue."""
    kept = intake.open_intake(request, intake.token_of(request))
    intake.forget(request)
    if kept and kept.sent and request.POST.get("to") == "signal":
        return see_other("signal", kept.sent)
    return see_other("intake" if request.POST.get("to") == "new" else "queue")
