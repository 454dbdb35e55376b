"""Two who change one action at once: the second sees both values, field by field, and chooses. Nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from networks.casework.work_page import ShownAction, shown_action
from networks.models import Action, ActionKind
from networks.views.page import page_context
from signals.forms.triage import VersionedForm
from signals.views.clash import Choice


def clash(request: HttpRequest, action: Action, form: VersionedForm) -> HttpResponse:
    """Answer 409 with both values of an open action. Sending the page goes on with the version that is there now."""
    shown = shown_action(request.keyring, action)
    form.renew(action.version)
    choices = choices_of(form, shown)
    chosen = {choice.name for choice in choices}
    context = page_context(request, action.assignment, "work") | {
        "thing": action, "shown": shown, "clashing": form, "choices": choices,
        "rest": [bound for bound in form.visible_fields() if bound.html_name not in chosen],
        "address": request.get_full_path(), "drop": "drop" in request.POST,
    }  # fmt: skip
    return render(request, "networks/clash.html", context, status=409)


def choices_of(form: VersionedForm, shown: ShownAction) -> list[Choice]:
    """Return the fields in which both differ, each with what this person typed and what stands there now."""
    row, now_by_field = shown.row, {}
    if "kind" in form.fields:
        day = row.due_on
        now_by_field = {
            "kind": (row.kind, str(ActionKind(row.kind).label)),
            "words": (shown.said.words, shown.said.words),
            "owner": (str(row.owner_id or ""), row.owner.name if row.owner else _("nog niemand")),
            "due_on": (day.isoformat() if day else "", date_format(day, "l j F Y") if day else _("geen dag")),
        }
    else:
        now_by_field = {"result": (shown.said.result, shown.said.result or _("nog niets"))}
    return [choice_of(form, name, *now) for name, now in now_by_field.items()]


def choice_of(form: VersionedForm, name: str, now: str, now_words: str) -> Choice:
    """Return one field with what this person typed and what stands there now, each in words."""
    bound = form[name]
    mine = str(bound.value() or "").replace("\r\n", "\n")
    words = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    same_words = now_words if mine == now else ""
    mine_words = same_words or words.get(mine) or _in_words(form, name, mine) or _("leeg")
    return Choice(str(bound.label), bound.html_name, mine, mine_words, now, now_words)


def _in_words(form: VersionedForm, name: str, mine: str) -> str:
    value = form.cleaned_data.get(name)
    return date_format(value, "l j F Y") if name == "due_on" and value else mine
