"""When many send at once: who sends far more than people do waits, everybody else goes on, and nobody loses a word."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from meldpunt.teams.limits import fair_share
from meldpunt.web.context import site

LONGEST_KEPT = 100_000
ADDRESS, FIELDS = "[[address]]", "[[fields]]"


def one_among_many(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a POST beyond the fair share of its source with a page that keeps what was typed and sends it again.

    It costs no database, no form and hardly a template, so a flood is cheap; a class behind one address taps once more.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST" or fair_share(request):
            return view(request, *args, **kwargs)
        return _wait(request)

    return guarded


def _wait(request: HttpRequest) -> HttpResponse:
    fields = [("csrfmiddlewaretoken", get_token(request))]
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            fields += [(name, value) for value in values if len(value) <= LONGEST_KEPT]
    # A line break right after the tag is swallowed by browsers: one is put there for that.
    typed = "".join(f'<textarea name="{escape(name)}" hidden>\n{escape(value)}</textarea>' for name, value in fields)
    page = _page(get_language()).replace(ADDRESS, escape(request.get_full_path()))
    before, after = page.split(FIELDS)
    return HttpResponse(before + typed + after, status=429, headers={"Retry-After": "10"})


@functools.cache
def _page(language: str) -> str:
    """The page in a language, made once: where it sends to and what was typed are put in for each answer."""
    context = site(None) | {"other_languages": [], "address": ADDRESS, "fields": FIELDS}
    return render_to_string("signals/busy.html", context)
