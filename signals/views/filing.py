"""Filing, step by step. Each step is a page with a form; everything waits in the sealed draft until it is sent."""

import time

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.teams.access import public
from signals.files import listing as files
from signals.filing import drafts, steps
from signals.forms.files import FilesForm
from signals.forms.filing import AboutYou, ContactForm, DangerForm, StepForm
from signals.forms.filing_about import OWN_WORDS, PersonForm, PlaceForm, SignsForm, indicators_for
from signals.views.crowds import one_among_many
from signals.views.help_now import help_lines, needs_help
from signals.views.leaving import gone

FROM_CHECK = "c"
FORMS = {
    "you": AboutYou,
    "danger": DangerForm,
    "signs": SignsForm,
    "person": PersonForm,
    "place": PlaceForm,
    "contact": ContactForm,
    "files": FilesForm,
}
PAGES = {"signs": "signals/signs.html", "files": "signals/files.html"}


def see_other(name: str, *args) -> HttpResponse:
    """Go on with a GET, whatever the browser did before."""
    return go_to(reverse(name, args=args))


def go_to(address: str) -> HttpResponse:
    """Go on with a GET at an address of ours."""
    response = redirect(address)
    response.status_code = 303
    return response


def address_of(who: str, step: str) -> str:
    """Return the address of a step; it says a number, never what is asked."""
    return reverse("file_check") if step == "check" else reverse("file_step", args=[steps.number(who, step)])


def form_for(step: str, data: dict, posted=None) -> StepForm:
    """Return the form of a step, filled with what was answered before; "Verstuur nu" skips what is still open."""
    more = {"hurry": bool(posted) and "now" in posted and step not in steps.NEEDED}
    if step == "signs":
        role = data["answers"].get("you", {}).get("role", "")
        more["indicators"] = indicators_for(data["who"], role, all_of_them=bool(data.get("all_signs")))
    if step == "files":
        more["chosen"] = files.in_draft(data)
    return FORMS[step](posted, who=data["who"], initial=data["answers"].get(step), **more)


def step_page(
    request: HttpRequest, step: str, data: dict, form: StepForm, *, started: bool = True
) -> HttpResponse:
    """Show a step, or show it again with what is not right."""
    who, at = data["who"], steps.number(data["who"], step)
    signs_at = steps.number(who, "signs")
    before = address_of(who, steps.order(who)[at - 2]) if at > 1 else reverse("landing")
    context = {
        "form": form,
        "who": who,
        "step": at,
        "steps": len(steps.order(who)),
        "track": steps.track(who, step, data["done"]),
        "back": before,
        "started": started,
        "waiting": None if started else _waiting(request),
        "may_send_now": started and at >= signs_at,
        "may_show_all": step == "signs" and who != "self" and not data.get("all_signs"),
        "help_now": at == signs_at + 1 and needs_help(data["answers"]),
        "help_lines": help_lines(who) if at in (signs_at, signs_at + 1) else [],
        "from_check": FROM_CHECK in request.GET,
        "begun_anew": data.get("begun_anew", False),
        "minutes": settings.DRAFT_SECONDS // 60,
    }
    template = PAGES.get(step, "signals/step.html")
    return render(request, template, context, status=422 if form.errors else 200)


def _waiting(request: HttpRequest) -> str | None:
    """Where a filing of this browser that is still under way goes on; None where there is none."""
    draft = drafts.open_draft(request)
    if draft is None or draft.sent or not draft.data.get("begun"):
        return None
    return address_of(draft.data["who"], steps.first_open(draft.data))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@one_among_many
@gzip_page
def start(request: HttpRequest, who: str) -> HttpResponse:
    """Begin: for oneself a word beforehand, for another the first questions. Only the POST makes a draft."""
    if who not in steps.WHO:
        raise Http404
    data = {"who": who, "answers": {}, "done": [], "begun": int(time.time())}
    if who == "self":
        if request.method != "POST":
            context = {"back": reverse("landing"), "waiting": _waiting(request)}
            return render(request, "signals/before.html", context)
    else:
        form = form_for("you", data, request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return step_page(request, "you", data, form, started=False)
        data["answers"]["you"], data["done"] = form.cleaned_data, ["you"]
    response = see_other("file_step", 1 if who == "self" else 2)
    drafts.forget(request)
    drafts.start(response, data)
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
@one_among_many
@gzip_page
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Show or answer one step."""
    if request.method == "POST":
        return _answer(request, number)
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return _sent() if draft else gone(request)
    name = steps.named(draft.data["who"], number)
    if name is None:
        raise Http404
    return step_page(request, name, draft.data, form_for(name, draft.data))


def _sent() -> HttpResponse:
    return go_to(f"{reverse('file_receipt')}?al=1")


@transaction.atomic
def _answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer one step. Whatever else this browser sends meanwhile, a file or the whole report, waits or goes first."""
    draft = drafts.open_draft(request, lock=True)
    if draft and draft.sent:
        return _sent()
    data = draft.data if draft else _typed_too_late(request)
    if data is None:
        return gone(request)
    name = steps.named(data["who"], number)
    if name is None:
        raise Http404
    if name == "signs" and "all" in request.POST:
        return _show_all(request, data)
    if name == "signs" and steps.in_danger(data) and _sends_without_signs(request):
        return see_other("file_check")
    form = form_for(name, data, request.POST)
    if not form.is_valid():
        return step_page(request, name, data, form)
    return _go_on(request, data, name, form.cleaned_data)


def _typed_too_late(request: HttpRequest) -> dict | None:
    """Begin anew with the one page that somebody wrote for longer than a draft lives: that is not lost too.

    The pages that follow say that the earlier answers are gone.
    """
    who = request.POST.get("who")
    data = {"who": who, "answers": {}, "done": [], "begun": int(time.time()), "begun_anew": True}
    return data if who in steps.WHO else None


def _sends_without_signs(request: HttpRequest) -> bool:
    """Tell whether somebody sends at once and has ticked and written nothing here."""
    answered = ("signs", "none", *OWN_WORDS)
    return "now" in request.POST and not any(request.POST.get(name, "").strip() for name in answered)


def _show_all(request: HttpRequest, data: dict) -> HttpResponse:
    """Keep what was ticked and typed, and show every sign."""
    kept = {name: request.POST.get(name, "")[:100_000] for name in ("words", "seen", "heard", "suspected")}
    ticked = request.POST.getlist("signs")[:200]
    data["answers"]["signs"] = {"signs": ticked, "none": "none" in request.POST, **kept}
    data["all_signs"] = True
    from_check = f"?{FROM_CHECK}=1" if FROM_CHECK in request.GET else ""
    response = go_to(f"{address_of(data['who'], 'signs')}{from_check}#meer")
    return response if drafts.save(request, response, data) else _sent()


def _go_on(request: HttpRequest, data: dict, name: str, answers: dict) -> HttpResponse:
    """Keep the answers and go to the next step; back to the check page where somebody came from there."""
    data["answers"][name] = answers
    data["done"] = [*(done for done in data["done"] if done != name), name]
    order = steps.order(data["who"])
    back_to_check = FROM_CHECK in request.GET
    wants_check = "now" in request.POST or back_to_check
    if name == "danger" and answers["danger"] == "yes":
        response = go_to(reverse("file_danger") + (f"?{FROM_CHECK}=1" if back_to_check else ""))
    elif wants_check and steps.missing(data) is None:
        response = see_other("file_check")
    elif wants_check:
        response = go_to(address_of(data["who"], steps.missing(data)))
    else:
        response = go_to(address_of(data["who"], order[order.index(name) + 1]))
    return response if drafts.save(request, response, data) else _sent()


@public
@require_safe
def danger(request: HttpRequest) -> HttpResponse:
    """There is danger now: 112 first; the filing can go on."""
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return see_other("file_receipt") if draft else gone(request)
    who = draft.data["who"]
    to_check = FROM_CHECK in request.GET and steps.missing(draft.data) is None
    onward = "check" if to_check else steps.order(who)[steps.number(who, "danger")]
    context = {
        "onward": address_of(who, onward),
        "back": address_of(who, "danger"),
        "minutes": settings.DRAFT_SECONDS // 60,
    }
    return render(request, "signals/danger.html", context)


@public
@require_safe
def expired(request: HttpRequest) -> HttpResponse:
    """What was filled in is wiped, or was never there."""
    return render(request, "signals/expired.html", {"minutes": settings.DRAFT_SECONDS // 60})


@public
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still there: another half hour for the draft. 410 where it is gone, or was sent."""
    return HttpResponse(status=204 if drafts.touch(request) else 410)
