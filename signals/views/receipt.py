"""The receipt: the number, the code for a while, and what happens now."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import public
from meldpunt.teams.duty import on_duty
from meldpunt.vault import codes
from signals.filing import drafts
from signals.forms.returning import LastFourForm
from signals.models import Helpline


def helplines(*, first: int | None = None) -> list[dict]:
    """Return the helplines as the pages show them: number, name, when, and the day on which it was checked."""
    return [
        {"number": line.number, "checked_on": line.checked_on}
        | (
            {"name": line.for_whom, "when": ""}
            if line.name == line.number
            else {"name": line.name, "when": line.for_whom}
        )
        for line in Helpline.objects.filter(retired_at=None)[:first]
    ]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Show number and code until the page is left, at most half an hour; without them the page says so.

    A POST asks whether the last four symbols were written down well: it stores nothing and stops nobody.
    """
    draft = drafts.open_draft(request)
    if draft is None or not draft.sent:
        return redirect("file_expired")
    due_at = datetime.datetime.fromisoformat(draft.data["due_at"])
    last = LastFourForm(request.POST if request.method == "POST" else None, code=draft.data["code"])
    right = last.is_valid()
    acute = draft.data["urgency"] == "acute"
    context = {
        "reference": draft.sent,
        "groups": codes.grouped(draft.data["code"]),
        "last_form": last,
        "right": right,
        "for_oneself": draft.data["who"] == "self",
        "professional": draft.data["who"] in ("school", "care"),
        "due_at": due_at,
        "due_today": timezone.localdate(due_at) == timezone.localdate(),
        "acute": acute,
        "nobody_there": acute and on_duty() is None,
        "helplines": helplines(first=7),
    }
    page = "signals/advice_receipt.html" if draft.data.get("advice") else "signals/receipt.html"
    return render(request, page, context, status=422 if last.errors else 200)
