"""Everything once more before it is sent, and sending it: once, whatever the browser does."""

import time

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import public
from meldpunt.teams.limits import allow
from meldpunt.web.forms import first_control
from signals.actions.filing import Filed, file
from signals.files import listing as files
from signals.filing import drafts, steps
from signals.forms.files import FilesForm
from signals.forms.filing import StepForm
from signals.forms.filing_about import PEERS, SignsForm
from signals.views.crowds import one_among_many
from signals.views.filing import FROM_CHECK, address_of, form_for, go_to, see_other
from signals.views.help_now import help_lines, needs_help
from signals.views.leaving import gone

ALWAYS = ("danger", "age_band", "allowed", "signs")
# A field that nobody sees. Who fills it in, or is faster than anybody reads, is asked once more and then believed.
LEFT_EMPTY = "nadere_info"


@public
@require_http_methods(["GET", "HEAD", "POST"])
@one_among_many
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, and send it."""
    if request.method == "POST":
        return _send(request)
    draft = drafts.open_draft(request)
    if draft is None or draft.sent:
        return go_to(f"{reverse('file_receipt')}?al=1") if draft else gone(request)
    who, first = draft.data["who"], steps.missing(draft.data)
    if first:
        return redirect(address_of(who, first))
    return _check_page(request, draft.data)


def _check_page(request: HttpRequest, data: dict, *, say: str = "", status: int = 200) -> HttpResponse:
    """Show the answers; `say` is "" or why they were not sent: busy, again."""
    who = data["who"]
    help_now = needs_help(data["answers"])
    context = {
        "sections": [
            {
                "title": steps.title(who, name),
                "address": f"{address_of(who, name)}?{FROM_CHECK}=1",
                "rows": rows_of(form_for(name, data), answered=name in data["done"]),
            }
            for name in steps.order(who)[:-1]
        ],
        "step": len(steps.order(who)),
        "steps": len(steps.order(who)),
        "say": say,
        "begun_anew": data.get("begun_anew", False),
        "who": who,
        "left_empty": LEFT_EMPTY,
        "help_now": help_now,
        "help_lines": help_lines(who) if help_now else [],
        "minutes": settings.DRAFT_SECONDS // 60,
        "track": steps.track(who, "check", data["done"]),
        "back": address_of(who, steps.order(who)[-2]),
    }
    return render(request, "signals/check.html", context, status=status)


@transaction.atomic
def _send(request: HttpRequest) -> HttpResponse:
    """File once: whoever sends twice, or comes back, gets the same receipt."""
    draft = drafts.open_draft(request, lock=True)
    if draft is None or draft.sent:
        return see_other("file_receipt" if draft else "file_expired")
    data = draft.data
    if first := steps.missing(data):
        return redirect(address_of(data["who"], first))
    if _ask_again(request, data):
        response = _check_page(request, data, say="again", status=422)
        drafts.save(request, response, data | {"asked_again": True})
        return response
    if not allow(request, "file", settings.FILINGS_PER_SOURCE):
        return _check_page(request, data, say="busy", status=429)
    response = see_other("file_receipt")

    def keep(filed: Filed) -> None:
        receipt = receipt_of(filed, data["who"])
        drafts.save(request, response, receipt, sent_reference=filed.signal.reference)

    notes = [shown.note for shown in files.in_draft(data)]
    file(data["answers"], who=data["who"], language=get_language() or "nl", once=draft.once, files=notes, keep=keep)
    return response


def receipt_of(filed: Filed, who: str) -> dict:
    """Return what the receipt shows, until it is left."""
    signal = filed.signal
    return {"code": filed.code, "who": who, "due_at": signal.due_at.isoformat(), "urgency": signal.urgency}


def _ask_again(request: HttpRequest, data: dict) -> bool:
    """Tell whether this looks like a machine; only once, so that nobody stands before a closed door."""
    hasty = time.time() - data.get("begun", 0) < settings.LEAST_FILING_SECONDS
    return not data.get("asked_again") and (hasty or bool(request.POST.get(LEFT_EMPTY)))


def rows_of(form: StepForm, *, answered: bool) -> list[dict]:
    """Return [{label, lines, control}] of a form that was filled; what was left open is out, but for what we need.

    `lines` is empty where nothing was filled in; `control` is the id that "Wijzig" leads to. A step that was
    skipped gives only its needed questions.
    """
    if isinstance(form, FilesForm):
        return form.rows
    rows = []
    for name, field in form.fields.items():
        lines = _lines(field, form.initial.get(name)) if answered else []
        if (lines or name in ALWAYS) and not name.startswith("peer_") and name != "none":
            rows.append({"label": _label(form, name), "lines": lines, "control": first_control(form[name])})
    if isinstance(form, SignsForm) and form.initial.get("none"):
        rows[0]["lines"] = [form.fields["none"].label]
    return rows + (_peers(form) if answered else [])


def _label(form: StepForm, name: str) -> str:
    """The question as it stands here: of a section, such as who does this, with the section's title before it."""
    section = next((part for part in form.sections if name in [field.name for field in part["fields"]]), None)
    label = str(form.fields[name].label)
    return f"{section['title']} – {label}" if name.startswith("suspect_") and section else label


def _lines(field: forms.Field, value) -> list[str]:
    if not value:
        return []
    if isinstance(field, forms.MultipleChoiceField):
        words = {code: text for _topic, options in field.choices for code, text in options}
        return [str(words[code]) for code in value if code in words]
    if isinstance(field, forms.ChoiceField):
        return [str(text) for code, text in field.choices if code == value]
    return [str(value)]


def _peers(form: StepForm) -> list[dict]:
    rows = []
    for n in range(1, PEERS + 1):
        relation, name = form.initial.get(f"peer_{n}_relation"), form.initial.get(f"peer_{n}_name")
        if relation or name:
            bound = form[f"peer_{n}_relation"]
            rows.append(
                {
                    "label": bound.label.split(":")[0],
                    "lines": [", ".join(filter(None, [relation, name]))],
                    "control": first_control(bound),
                }
            )
    return rows
