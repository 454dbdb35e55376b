"""What the worker does for the networks. It holds no key."""

from celery import shared_task

from networks.actions import aftercare as pulses
from networks.actions import aside, balance, files, reminding


@shared_task
def count_ended() -> int:
    """Write an anonymous row for each report that has ended; returns how many."""
    return balance.count_ended()


@shared_task
def remind() -> int:
    """Leave notices for actions whose day has come; returns for how many."""
    return reminding.remind()


@shared_task
def forget_files() -> int:
    """Delete files that neither a signal nor a network owns, of drafts that have lapsed; returns how many."""
    return files.sweep_files()


@shared_task
def aftercare() -> int:
    """Tell who is next for every pulse of aftercare whose day has come; returns for how many."""
    return pulses.climb()


@shared_task
def pass_on_kept() -> int:
    """Let others see to what people hold of cases that they are kept out of; returns of how many rows."""
    return aside.pass_on_kept()
