"""First asking for advice: a question that reaches the desk and goes no further."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import public
from meldpunt.teams.limits import allow
from signals.actions.filing import Filed, file
from signals.filing import drafts, promise
from signals.forms.advice import AdviceForm
from signals.views.checking import receipt_of, rows_of
from signals.views.filing import see_other
from signals.views.receipt import helplines


def draft_of(request: HttpRequest, *, lock: bool = False) -> drafts.OpenDraft | None:
    """Return the question that this browser has under way, or None; a report under way is none."""
    draft = drafts.open_draft(request, lock=lock)
    return draft if draft and "typed" in draft.data and not draft.sent else None


def form_of(draft: drafts.OpenDraft | None, posted=None) -> AdviceForm:
    """Return the form, filled with what was asked before."""
    return AdviceForm(posted, who="advice", initial=draft.data["typed"] if draft else None)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest) -> HttpResponse:
    """What can be asked and how: by telephone, at a helpline, or here. Only the POST makes a draft."""
    posted = request.POST if request.method == "POST" else None
    form = form_of(draft_of(request), posted)
    if not form.is_valid():
        context = {"form": form, "promise": promise.of_reading(), "helplines": helplines()}
        return render(request, "signals/advice.html", context, status=422 if form.errors else 200)
    response = see_other("advice_check")
    drafts.forget(request)
    drafts.start(
        response,
        {
            "who": form.cleaned_data["kind"],
            "typed": form.cleaned_data,
            "answers": form.answers(),
            "done": ["danger", "signs", "contact"],
        },
    )
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The question once more, and send it."""
    if request.method == "POST":
        return _send(request)
    draft = draft_of(request)
    if draft is None:
        return _elsewhere(request)
    return _page(request, draft)


def _page(request: HttpRequest, draft: drafts.OpenDraft, *, busy: bool = False) -> HttpResponse:
    context = {
        "rows": rows_of(form_of(draft), answered=True),
        "danger": draft.data["typed"]["danger"] == "yes",
        "busy": busy,
    }
    return render(request, "signals/advice_check.html", context, status=429 if busy else 200)


def _elsewhere(request: HttpRequest) -> HttpResponse:
    draft = drafts.open_draft(request)
    return see_other("file_receipt" if draft and draft.sent else "advice")


@transaction.atomic
def _send(request: HttpRequest) -> HttpResponse:
    """Send once: whoever sends twice, or comes back, gets the same receipt."""
    draft = draft_of(request, lock=True)
    if draft is None:
        return _elsewhere(request)
    if not allow(request, "file", settings.FILINGS_PER_SOURCE):
        return _page(request, draft, busy=True)
    who = draft.data["who"]
    response = see_other("file_receipt")

    def keep(filed: Filed) -> None:
        receipt = receipt_of(filed, who) | {"advice": True}
        drafts.save(request, response, receipt, sent_reference=filed.signal.reference)

    file(draft.data["answers"], who=who, language=get_language() or "nl", once=draft.once, keep=keep)
    return response
