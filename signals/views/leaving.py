"""Leaving at once."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import public
from meldpunt.web.leaving import leave_response
from signals.filing import drafts
from signals.mailbox import visits

log = logging.getLogger(__name__)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Wipe what was filled in and go to another site; also where the database is away."""
    try:
        drafts.forget(request)
        visits.end(request)
    except DatabaseError:
        log.exception("the draft could not be wiped while leaving")
    return leave_response(request)


def gone(request: HttpRequest) -> HttpResponse:
    """Answer who comes to a page of a filing that is not there (reference/ux.md §2b, E4).

    Whoever left has no cookie any more: Back leads to the other site again. Whose half hour is over reads so.
    """
    if drafts.COOKIE in request.COOKIES or request.method == "POST":
        response = redirect("file_expired")
    else:
        response = HttpResponseRedirect(settings.LEAVE_TO)
        response.headers["Referrer-Policy"] = "no-referrer"
    response.status_code = 303
    return response
