"""When many send at once: who sends far more than people do waits, everybody else goes on, and nobody loses a word."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldpunt.teams.limits import fair_share

LONGEST_KEPT = 100_000


def one_among_many(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a POST beyond the fair share of its source with a page that keeps what was typed and sends it again.

    It costs no database and no form, so a flood is cheap; a class behind one address taps once more.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST" or fair_share(request):
            return view(request, *args, **kwargs)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and len(value) <= LONGEST_KEPT
        ]
        response = render(request, "signals/busy.html", {"typed": typed}, status=429)
        response.headers["Retry-After"] = "10"
        return response

    return guarded
