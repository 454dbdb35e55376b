"""Leaving a notice and marking it read: every write to the outbox but the sending (tasks.py)."""

import re
from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from meldpunt.clocks import AMSTERDAM, is_working_day, next_working_day
from meldpunt.notices.models import Notice

DIGEST_AT = time(8)


def leave(users: Iterable, *, kind: str, path: str, digest: bool = False) -> None:
    """Leave a notice of `kind` (a code) for each of `users`; `path` is the page where it waits.

    It commits or vanishes with the transaction of the caller; the beat mails it afterwards. With `digest` the
    mail waits until eight in the morning of the next working day. What still waits is not left again.

    Raises ValueError when `kind` holds words or `path` leads outside this site.
    """
    if not re.fullmatch(r"[a-z0-9_]+", kind):
        raise ValueError("The kind of a notice is a code, no words.")
    if not re.match(r"/(?![/\\])", path) or "?" in path or "#" in path:
        raise ValueError("The path of a notice starts with one slash and carries nothing else.")
    now = timezone.now()
    due_at = next_digest(now) if digest else now
    ids = users.values_list("pk", flat=True) if isinstance(users, QuerySet) else [user.pk for user in users]
    left = {"kind": kind, "path": path, "digest": digest, "created_at": now, "due_at": due_at}
    Notice.objects.bulk_create([Notice(user_id=pk, **left) for pk in sorted(set(ids))], ignore_conflicts=True)


def mark_read(user, path: str) -> int:
    """Mark what waits for `user` on page `path` as read; unsent mail is dropped. Returns how many."""
    return Notice.objects.visible_to(user).unread().filter(path=path).update(read_at=timezone.now())


def next_digest(now: datetime) -> datetime:
    """Return when the next daily digest goes: eight in the morning, Dutch time, on a working day."""
    local = now.astimezone(AMSTERDAM)
    day = local.date()
    if not is_working_day(day) or local.time() >= DIGEST_AT:
        day = next_working_day(day)
    return datetime.combine(day, DIGEST_AT, AMSTERDAM)
