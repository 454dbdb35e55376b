"""What the beat does for the vault: what has lapsed does not lie about until a thief comes."""

from celery import shared_task

from meldpunt.vault import unlocking
from meldpunt.vault.sessions import SessionStore


@shared_task
def forget_lapsed() -> int:
    """Delete unlocked keys and sessions whose time is over; returns how many."""
    return unlocking.forget_lapsed() + SessionStore.clear_expired()
