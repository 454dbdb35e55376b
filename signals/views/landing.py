"""The first page: what this is, and for whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.teams.access import public
from signals.views.receipt import helplines


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Five ways in, the way back with a code, and the helplines."""
    return render(request, "signals/landing.html", {"helplines": helplines(first=7)})
