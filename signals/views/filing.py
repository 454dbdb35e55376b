"""Filing, step by step. Each step is a page with a form; everything waits in the sealed draft until it is sent."""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.teams.access import public
from meldpunt.teams.limits import allow
from signals import drafts, steps
from signals.actions.filing import file
from signals.forms.filing import AboutYou, ContactForm, DangerForm, StepForm
from signals.forms.filing_about import PersonForm, PlaceForm, SignsForm, indicators_for
from signals.views.checking import rows_of

FROM_CHECK = "c"
FORMS = {
    "you": AboutYou,
    "danger": DangerForm,
    "signs": SignsForm,
    "person": PersonForm,
    "place": PlaceForm,
    "contact": ContactForm,
}


def see_other(name: str, *args) -> HttpResponse:
    """Go on with a GET, whatever the browser did before."""
    response = redirect(name, *args)
    response.status_code = 303
    return response


def address_of(who: str, step: str) -> str:
    """Return the address of a step; it says a number, never what is asked."""
    return reverse("file_check") if step == "check" else reverse("file_step", args=[steps.number(who, step)])


def form_for(step: str, data: dict, posted=None) -> StepForm:
    """Return the form of a step, filled with what was answered before."""
    more = {}
    if step == "signs":
        role = data["answers"].get("you", {}).get("role", "")
        more["indicators"] = indicators_for(data["who"], role, all_of_them=bool(data.get("all_signs")))
    return FORMS[step](posted, who=data["who"], initial=data["answers"].get(step), **more)


def step_page(
    request: HttpRequest, step: str, data: dict, form: StepForm, *, started: bool = True
) -> HttpResponse:
    """Show a step, or show it again with what is not right."""
    who, at = data["who"], steps.number(data["who"], step)
    before = address_of(who, steps.order(who)[at - 2]) if at > 1 else reverse("landing")
    return render(
        request,
        "signals/signs.html" if step == "signs" else "signals/step.html",
        {
            "form": form,
            "step": at,
            "steps": len(steps.order(who)),
            "track": steps.track(who, step),
            "back": before,
            "may_send_now": started and at >= steps.number(who, "signs"),
            "may_show_all": step == "signs" and who != "self" and not data.get("all_signs"),
            "minutes": settings.DRAFT_SECONDS // 60,
            "professional": who in ("school", "care"),
        },
        status=422 if form.errors else 200,
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, who: str) -> HttpResponse:
    """Begin: for oneself a word beforehand, for another the first questions. Only the POST makes a draft."""
    if who not in steps.WHO:
        raise Http404
    data = {"who": who, "answers": {}, "done": []}
    if who == "self":
        if request.method != "POST":
            return render(request, "signals/before.html", {"back": reverse("landing")})
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
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Show or answer one step."""
    draft = drafts.open_draft(request)
    if draft is None:
        return see_other("file_expired")
    if draft.sent:
        return see_other("file_receipt")
    name = steps.named(draft.data["who"], number)
    if name is None:
        raise Http404
    if request.method != "POST":
        return step_page(request, name, draft.data, form_for(name, draft.data))
    if name == "signs" and "all" in request.POST:
        return _show_all(request, draft.data)
    form = form_for(name, draft.data, request.POST)
    if not form.is_valid():
        return step_page(request, name, draft.data, form)
    return _go_on(request, draft.data, name, form.cleaned_data)


def _show_all(request: HttpRequest, data: dict) -> HttpResponse:
    """Keep what was ticked and typed, and show every sign."""
    kept = {name: request.POST.get(name, "")[:100_000] for name in ("words", "seen", "heard", "suspected")}
    ticked = request.POST.getlist("signs")[:200]
    data["answers"]["signs"] = {"signs": ticked, "none": "none" in request.POST, **kept}
    data["all_signs"] = True
    response = redirect(f"{address_of(data['who'], 'signs')}#meer")
    response.status_code = 303
    drafts.save(request, response, data)
    return response


def _go_on(request: HttpRequest, data: dict, name: str, answers: dict) -> HttpResponse:
    """Keep the answers and go to the next step; back to the check page where somebody came from there."""
    data["answers"][name] = answers
    data["done"] = [*(done for done in data["done"] if done != name), name]
    order = steps.order(data["who"])
    next_step = order[order.index(name) + 1]
    back_to_check = FROM_CHECK in request.GET
    wants_check = "now" in request.POST or back_to_check
    if name == "danger" and answers["danger"] == "yes":
        response = redirect(reverse("file_danger") + (f"?{FROM_CHECK}=1" if back_to_check else ""))
        response.status_code = 303
    elif wants_check and steps.missing(data) is None:
        response = see_other("file_check")
    else:
        response = redirect(address_of(data["who"], next_step))
        response.status_code = 303
    drafts.save(request, response, data)
    return response


@public
@require_safe
def danger(request: HttpRequest) -> HttpResponse:
    """There is danger now: 112 first; the filing can go on."""
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return see_other("file_receipt" if draft else "file_expired")
    who = draft.data["who"]
    to_check = FROM_CHECK in request.GET and steps.missing(draft.data) is None
    onward = "check" if to_check else steps.order(who)[steps.number(who, "danger")]
    return render(
        request, "signals/danger.html", {"onward": address_of(who, onward), "back": address_of(who, "danger")}
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, and send it."""
    if request.method == "POST":
        return _send(request)
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return see_other("file_receipt" if draft else "file_expired")
    who, first = draft.data["who"], steps.missing(draft.data)
    if first:
        return redirect(address_of(who, first))
    return _check_page(request, draft.data)


def _check_page(request: HttpRequest, data: dict, *, busy: bool = False) -> HttpResponse:
    who = data["who"]
    sections = [
        {
            "title": steps.title(who, name),
            "address": f"{address_of(who, name)}?{FROM_CHECK}=1",
            "rows": rows_of(form_for(name, data), answered=name in data["done"]),
        }
        for name in steps.order(who)[:-1]
    ]
    context = {
        "sections": sections,
        "step": len(steps.order(who)),
        "steps": len(steps.order(who)),
        "busy": busy,
    }
    context |= {"track": steps.track(who, "check"), "back": address_of(who, steps.order(who)[-2])}
    return render(request, "signals/check.html", context, status=429 if busy else 200)


@transaction.atomic
def _send(request: HttpRequest) -> HttpResponse:
    """File once: whoever sends twice, or comes back, gets the same receipt."""
    draft = drafts.open_draft(request, lock=True)
    if draft is None or draft.sent:
        return see_other("file_receipt" if draft else "file_expired")
    data = draft.data
    if first := steps.missing(data):
        return redirect(address_of(data["who"], first))
    if not allow(request, "file", settings.FILINGS_PER_SOURCE):
        return _check_page(request, data, busy=True)
    filed = file(data["answers"], who=data["who"], language=get_language() or "nl", once=draft.once)
    signal, response = filed.signal, see_other("file_receipt")
    receipt = {
        "code": filed.code,
        "who": data["who"],
        "due_at": signal.due_at.isoformat(),
        "urgency": signal.urgency,
    }
    drafts.save(request, response, receipt, sent_reference=signal.reference)
    return response


@public
@require_safe
def expired(request: HttpRequest) -> HttpResponse:
    """What was filled in is wiped, or was never there."""
    return render(request, "signals/expired.html", {"minutes": settings.DRAFT_SECONDS // 60})
