"""An empty Celery task: what delivering is compared with."""

from celery import shared_task


@shared_task
def nothing(_assignment_id: str) -> None:
    """Do nothing, with an argument as long as that of a delivery."""
