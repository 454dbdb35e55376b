"""The reading log, for the privacy officer: who did what with which object. The log holds no content."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meldpunt.audit.forms import LogForm
from meldpunt.audit.log import record
from meldpunt.audit.models import Entry
from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from meldpunt.teams.rail import rail

ROWS = 50


@role("privacy_officer")
@require_GET
@transaction.atomic
def reading_log(request: HttpRequest) -> HttpResponse:
    """The newest rows, fifty on a page; looking is written down too (NEN 7513)."""
    form = LogForm(request.GET)
    entries, older = [], ""
    if form.is_valid():
        asked = form.narrow(Entry.objects.visible_to(request.user)).select_related("user", "team")
        entries = list(asked[: ROWS + 1])
        if len(entries) > ROWS:
            entries = entries[:ROWS]
            older = _older(request, entries[-1])
        span = f"{entries[-1].pk}-{entries[0].pk}" if entries else ""
        record("list", by=request.user, obj=("entry", span))
    lines = [(entry, _roles(entry)) for entry in entries]
    context = {"form": form, "lines": lines, "older": older, "filtered": bool(request.GET)}
    return render(request, "audit/reading_log.html", {**context, **rail(request)}, status=422 if form.errors else 200)


def _older(request: HttpRequest, last: Entry) -> str:
    query = request.GET.copy()
    query["voor"] = last.pk
    return query.urlencode()


def _roles(entry: Entry) -> str:
    labels = dict(Role.choices)
    return ", ".join(str(labels.get(name, name)) for name in entry.role.split(",") if name)
