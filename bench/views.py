"""What the product is compared with, in the same server behind the same middleware. Never part of the product."""

import datetime
import secrets

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import public
from signals.models import Draft, Signal

COUNT, COUNTED = "X-Bench-Count", "X-Bench-Statements"


@public
@require_POST
def one_row(request: HttpRequest) -> HttpResponse:
    """The control for filing: the middleware checks CSRF, and one row is inserted with what was posted."""
    Draft.objects.create(
        lookup=secrets.token_bytes(32),
        blob=request.POST["words"].encode(),
        expires_at=timezone.now() + datetime.timedelta(minutes=1),
    )
    return HttpResponse(status=303, headers={"Location": "/"})


@require_safe
def fifty_rows(request: HttpRequest) -> HttpResponse:
    """The control for the queue: signed in alike, 50 rows along one index, as bare lines."""
    rows = Signal.objects.filter(state="received").order_by("urgency_rank", "-urgency_score", "filed_at", "id")
    found = rows.values_list("reference", "urgency", "filed_at", "due_at")[:50]
    return HttpResponse("\n".join(" ".join(map(str, row)) for row in found), content_type="text/plain")


class CountStatements:
    """Where the request asks for it, say how many SQL statements it took, BEGIN and COMMIT apart."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if COUNT not in request.headers:
            return self.get_response(request)
        connection.ensure_connection()
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        try:
            response = self.get_response(request)
            statements = [query for query in connection.queries_log if query["sql"] not in ("BEGIN", "COMMIT")]
            response.headers[COUNTED] = str(len(statements))
        finally:
            connection.force_debug_cursor = False
        return response
