"""Leaving at once."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from meldpunt.teams.access import public
from meldpunt.web.leaving import leave_response
from signals import drafts

log = logging.getLogger(__name__)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Wipe what was filled in and go to another site; also where the database is away."""
    try:
        drafts.forget(request)
    except DatabaseError:
        log.exception("the draft could not be wiped while leaving")
    return leave_response(request)
