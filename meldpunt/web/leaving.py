"""Leaving at once: the session ends, the browser forgets, another site comes up (reference/ux.md §2b, E2)."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def forget(response: HttpResponse) -> None:
    """Tell the browser to drop what it keeps of this site.

    "cache" is left out: it can take seconds, and nothing but static files is stored in it.
    """
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'


def leave_response(request: HttpRequest) -> HttpResponse:
    """End the session, delete every cookie that came along and answer 303 to `settings.LEAVE_TO`.

    It redirects also when the database or Redis is away: somebody who has to leave is not shown an error.
    What is kept outside the session (a draft) the caller deletes first.
    """
    try:
        request.session.flush()
    except (DatabaseError, RedisError, OSError):
        log.exception("the session could not be ended while leaving")
        request.session = type(request.session)()
    response = HttpResponseRedirect(settings.LEAVE_TO)
    response.status_code = 303
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Strict")
    response.headers["Referrer-Policy"] = "no-referrer"
    forget(response)
    return response
