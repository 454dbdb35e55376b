"""What the worker does for teams. It holds no key."""

from celery import shared_task

from meldpunt.teams import partner_actions


@shared_task
def remind_of_partners() -> int:
    """Tell who keeps a partner whose review is at hand; returns for how many."""
    return partner_actions.remind()
