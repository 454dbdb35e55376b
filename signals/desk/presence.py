"""Who is looking at what, now: in Redis for less than a minute, and nothing but identifiers.

A page that is open says so every twenty seconds. Without Redis nobody is seen: a page never fails or waits for it.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass

import redis
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import User

log = logging.getLogger(__name__)

SECONDS = 45
PATIENCE = 0.3
PAUSE_AFTER_FAILURE = 15
DOING = {"editing": _("schrijft"), "viewing": _("kijkt mee"), "idle": _("even niet bezig")}
_state: dict = {"client": None, "address": "", "quiet_until": 0.0}


@dataclass(frozen=True)
class Here:
    """Somebody else at the same thing; `doing` is a key of DOING, `words` says it."""

    name: str
    doing: str

    @property
    def words(self) -> str:
        """What this person does, in the language of the reader."""
        return str(DOING[self.doing])


def seen(user, thing, doing: str = "viewing") -> None:
    """Remember for 45 seconds that `user` is at `thing` (a signal or case that the caller found visible to them)."""
    if doing not in DOING:
        return
    key = _key(thing)
    _ask(lambda client: client.pipeline().hset(key, str(user.pk), f"{doing}|{time.time():.0f}").expire(key, SECONDS).execute())


def gone(user, thing) -> None:
    """Forget at once that `user` is at `thing`."""
    _ask(lambda client: client.hdel(_key(thing), str(user.pk)))


def at_once(things: Iterable, viewer) -> dict:
    """Return {pk: [Here]} for those of `things` where others than `viewer` are; one statement where somebody is.

    `things` must be what the viewer may see: presence is for those with access only.
    """
    things = list(things)
    found = _ask(lambda client: _look(client, things)) if things else None
    marks = {}
    for thing, fields in zip(things, found or [], strict=False):
        others = {int(user): mark for user, mark in _fresh(fields).items() if int(user) != viewer.pk}
        if others:
            marks[thing.pk] = others
    if not marks:
        return {}
    names = dict(User.objects.filter(pk__in={pk for others in marks.values() for pk in others}).values_list("pk", "name"))
    return {
        thing: [Here(names[user], doing) for user, doing in sorted(others.items()) if user in names]
        for thing, others in marks.items()
    }


def present(things: Iterable, viewer) -> dict:
    """Return {pk: [names]} of others than `viewer` at each of `things`, for the rows of a list."""
    return {pk: [here.name for here in others] for pk, others in at_once(things, viewer).items()}


def _key(thing) -> str:
    return f"presence:{thing._meta.model_name}:{thing.pk}"


def _look(client, things) -> list:
    pipeline = client.pipeline(transaction=False)
    for thing in things:
        pipeline.hgetall(_key(thing))
    return pipeline.execute()


def _fresh(fields: dict) -> dict[str, str]:
    """Return {user: doing} of the marks that are young enough and say something that is known."""
    kept = {}
    for user, mark in fields.items():
        doing, _bar, at = mark.decode().partition("|")
        if at.isdigit() and time.time() - int(at) <= SECONDS and doing in DOING:
            kept[user.decode()] = doing
    return kept


def _ask(question):
    """Put a question to Redis; None where it does not answer, and then no more questions for a quarter of a minute."""
    if time.monotonic() < _state["quiet_until"]:
        return None
    try:
        if _state["address"] != settings.REDIS_URL:
            options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
            _state.update(client=redis.Redis.from_url(settings.REDIS_URL, **options), address=settings.REDIS_URL)
        return question(_state["client"])
    except (redis.RedisError, OSError):
        _state["quiet_until"] = time.monotonic() + PAUSE_AFTER_FAILURE
        log.warning("presence is not shown: Redis does not answer")
        return None
