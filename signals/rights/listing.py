"""Requests in lists, and one opened for who may read it."""

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils.formats import date_format

from meldpunt.vault import sealed
from signals.models import Case, RightRequest

ROWS = 50


@dataclass(frozen=True)
class Page:
    """Requests of one page; `after` asks for the next ones, empty where there are none."""

    rows: list[RightRequest]
    after: str


@dataclass(frozen=True)
class Said:
    """What was asked, and what was answered (empty where nothing was)."""

    asked: str
    answer: str


def page_of(user, after: str) -> Page:
    """Return the requests that `user` may see: to answer first, by their last day; then those that were answered."""
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    found = RightRequest.objects.visible_to(user).order_by(F("decided_at").desc(nulls_first=True), "due_on", "pk")
    found = found.select_related("case", "decider")
    found = found.defer("asked", "answer", "case__shared", "decider__password")
    rows = list(found[start : start + ROWS + 1])
    return Page(rows[:ROWS], str(start + ROWS) if len(rows) > ROWS else "")


def of_case(user, case: Case) -> list[RightRequest]:
    """Return the requests about a case that `user` may see, the last first."""
    rows = RightRequest.objects.visible_to(user).filter(case=case).select_related("case", "decider")
    return list(rows.defer("asked", "answer", "case__shared", "decider__password").order_by("-received_on", "-at"))


def opened(keyring, row: RightRequest) -> Said:
    """Open a request for a person's eyes; one row in the reading log. Raises Locked, CannotOpen."""
    fields = ["asked", "answer"] if row.answer else ["asked"]
    words = [data.decode() for data in sealed.read(keyring, row, *fields)]
    return Said(*words, *[""] * (2 - len(words)))


def day(date: datetime.date) -> str:
    """Return a day in words: 23 november 2026."""
    return date_format(date, "j F Y")

