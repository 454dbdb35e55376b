"""What an administrator keeps, every kind in the same way: list, form with preview, history, restore. No report is seen
here. The kinds are in `signals.desk.kept`.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.teams.access import role
from meldpunt.teams.rail import rail
from signals.actions import reference as actions
from signals.desk import kept
from signals.desk.previews import preview
from signals.models import ChangeAct, ReferenceChange

INVALID = 422


def page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    """Render a page of the administrator's; 422 where its form holds errors."""
    form = context.get("form")
    status = INVALID if form is not None and form.errors else 200
    return render(request, f"signals/reference/{name}.html", {**context, **rail(request)}, status=status)


def _row(kind: kept.Rows, pk: str):
    try:
        return get_object_or_404(kind.model, pk=pk)
    except ValueError as error:
        raise Http404 from error


@role("administrator")
@require_GET
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """All rows of a kind, those that are retired too."""
    rows = kept.ROWS[kind]
    return page(request, rows.listing, {"kind": rows, "rows": rows.model.objects.all()})


@role("administrator")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a row; the button "bekijk" shows it first."""
    rows = kept.ROWS[kind]
    form = rows.form(request.POST or None)
    context = {"kind": rows, "form": form}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return page(request, "one", context | {"preview": preview(rows, form.cleaned_data)})
        added = actions.add(rows.model, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": added})
        return redirect(rows.name, added.pk)
    return page(request, "one", context)


@role("administrator")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """One row: its form, how others see it, and what was changed before."""
    rows = kept.ROWS[kind]
    row = _row(rows, pk)
    form = rows.form_of(row, request.POST or None)
    values = rows.values_of(row)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if "preview" not in request.POST:
            actions.change(row, by=request.user, **values)
            messages.success(request, _("%(name)s is bewaard.") % {"name": row})
            return redirect(rows.name, row.pk)
    context = {"kind": rows, "row": row, "form": form, "preview": preview(rows, values)}
    return page(request, "one", context | {"history": kept.history(rows, row.pk), "unsaved": form.is_bound})


@role("administrator")
@require_POST
def state(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """Retire a row, or bring it back."""
    rows = kept.ROWS[kind]
    row = _row(rows, pk)
    if row.retired_at:
        actions.bring_back(row, by=request.user)
        messages.success(request, _("%(name)s is weer in gebruik.") % {"name": row})
    else:
        actions.retire(row, by=request.user)
        messages.success(request, _("%(name)s is uit gebruik.") % {"name": row})
    return redirect(rows.listing)


@role("administrator")
@require_POST
def checked_today(request: HttpRequest, pk: str) -> HttpResponse:
    """Somebody called this helpline today, or looked it up."""
    row = _row(kept.HELPLINE, pk)
    actions.change(row, by=request.user, checked_on=timezone.localdate())
    messages.success(request, _("%(name)s is vandaag gecontroleerd.") % {"name": row})
    return redirect("helplines")


@role("administrator")
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """What is kept as one whole; the button "bekijk" shows what would change."""
    whole = kept.SHEETS[kind]
    form = whole.form(request.POST or None)
    context = {"kind": whole, "form": form, "history": kept.history(whole)}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return page(request, "sheet", context | {"preview": preview(whole, form.cleaned_data), "unsaved": True})
        whole.write(form, by=request.user, act=ChangeAct.CHANGE)
        messages.success(request, _("Het is bewaard."))
        return redirect(whole.name)
    shown = None if form.is_bound else preview(whole, whole.form.now())
    return page(request, "sheet", context | {"preview": shown})


@role("administrator")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was there before a change, where that still is a right answer to the questions of the form."""
    change = get_object_or_404(ReferenceChange, pk=pk, act__in=(ChangeAct.CHANGE, ChangeAct.RESTORE))
    found = next((k for k in (*kept.ROWS.values(), *kept.SHEETS.values()) if k.key == change.kind), None)
    if found is None:
        raise Http404
    if isinstance(found, kept.Sheet):
        target, form = redirect(found.name), found.form(kept.before(change, found.form.now()))
    else:
        row = _row(found, change.object_id)
        target, form = redirect(found.name, row.pk), found.form_of(row, kept.before(change, found.values_of(row)))
    if not form.is_valid():
        messages.error(request, _("Dit kan niet zo terug. Wijzig het hierboven zelf."))
    elif isinstance(found, kept.Sheet):
        found.write(form, by=request.user, act=ChangeAct.RESTORE)
        messages.success(request, _("Het staat weer zoals het was."))
    else:
        actions.change(row, by=request.user, act=ChangeAct.RESTORE, **form.cleaned_data)
        messages.success(request, _("Het staat weer zoals het was."))
    return target
