"""Pages without data: texts, health, errors."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from meldpunt.notices.models import Notice
from meldpunt.teams.access import public
from meldpunt.web.context import site

log = logging.getLogger(__name__)


@public
@require_safe
def looking_safely(request: HttpRequest) -> HttpResponse:
    """What the browser remembers, what Snel weg does and what it does not do."""
    return render(request, "web/looking_safely.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


def reachable() -> dict[str, bool]:
    """Return for "database" and "redis" whether they answer now."""
    found = {"database": True, "redis": True}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        found["database"] = False
    try:
        cache.get("health")
    except (RedisError, OSError):
        found["redis"] = False
    return found


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For machines: a line per part, 200 when each answers, 503 when one does not. Mail that is stuck stops nothing."""
    found = reachable()
    lines = "".join(f"{name} {'ok' if answers else 'away'}\n" for name, answers in found.items())
    if found["database"]:
        lines += f"mail {'stuck' if Notice.objects.stuck().exists() else 'ok'}\n"
    return HttpResponse(lines, content_type="text/plain", status=200 if all(found.values()) else 503)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Only the landing page may be found; the other pages say noindex themselves."""
    return HttpResponse("User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n", content_type="text/plain")


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak (RFC 9116); it expires on the last day of next year."""
    expires = f"{timezone.localdate().year + 1}-12-31T23:00:00Z"
    contact = settings.SECURITY_CONTACT
    lines = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: nl, en\n"
    return HttpResponse(lines, content_type="text/plain")


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody who is signed in says "I am still here": being asked for is enough, so the answer is empty."""
    return HttpResponse(status=204)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off: say how to go on, keep quiet about the reason."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without session, user or database: those may be what broke."""
    return HttpResponse(render_to_string("500.html", site(request)), status=500)
