"""Signals with tokens for the tests of matching, and filling the index as a coordinator does."""

from signals.actions import indexing
from signals.models import Signal
from tests.worlds import World, a_municipality, a_signal

PHONE = "06-12345678"


def told(world: World, name: str = "Almelo", **suspect) -> Signal:
    """File a signal with what is known of somebody suspected (`phone`, `handle`, `plate`, `nickname`, `words`, `who`)."""
    words = suspect.pop("words", "Een jongen krijgt dure cadeaus van een man.")
    about = {"name": suspect.pop("who", "")} | {f"suspect_{part}": value for part, value in suspect.items()}
    signal = a_signal(world, happens={"words": words}, person=about)
    Signal.objects.filter(pk=signal.pk).update(municipality=a_municipality(name))
    signal.refresh_from_db()
    return signal


def compared(world: World, who: str = "coordinator") -> None:
    """Fill the index until nothing is left."""
    keyring = world.keyring(who)
    while indexing.fill(by=keyring.user, keyring=keyring).left:
        pass
