"""What the beat does for the reading log."""

import logging

from celery import shared_task
from django.conf import settings

from meldpunt.audit.heads import append_head

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def write_head() -> None:
    """Keep head and count of the log outside the database, every hour (settings.AUDIT_HEADS)."""
    if not settings.AUDIT_HEADS:
        log.warning("AUDIT_HEADS is not set: a cut tail of the reading log would not be seen.")
        return
    head = append_head(settings.AUDIT_HEADS)
    log.info("The reading log has %d rows; its head is kept.", head.count)
