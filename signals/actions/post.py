"""Calling the postman: a message to the broker after the commit, and no harm where the broker is down."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from meldpunt.celery import app

log = logging.getLogger(__name__)


def call_the_postman(assignment_id, *, after: int = 0) -> None:
    """Ask a worker to deliver a queued letter once this transaction is committed, and `after` so many seconds."""
    transaction.on_commit(lambda: _publish(str(assignment_id), after))


def _publish(assignment_id: str, after: int) -> None:
    # Half a second more than the hold: a postman who comes too early goes home again, and only the sweep would come.
    countdown = after + 0.5 if after else None
    try:
        app.send_task("signals.tasks.route_case", [assignment_id], countdown=countdown, ignore_result=True)
    except (OperationalError, OSError):
        log.warning("the broker is down; the sweep will deliver %s", assignment_id)
