"""Calling the postman: a message to the broker after the commit, and no harm where the broker is down."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from meldpunt.celery import app

log = logging.getLogger(__name__)


def call_the_postman(assignment_id) -> None:
    """Ask a worker to deliver a queued letter once this transaction is committed."""
    transaction.on_commit(lambda: _publish(str(assignment_id)))


def _publish(assignment_id: str) -> None:
    try:
        app.send_task("signals.tasks.route_case", [assignment_id], ignore_result=True)
    except (OperationalError, OSError):
        log.warning("the broker is down; the sweep will deliver %s", assignment_id)
