"""Ten thousand content keys of a team made anew after somebody left, in the steps that the page takes."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.figures import Figure
from bench.matching import make_signals
from meldpunt.teams import actions
from meldpunt.teams.models import Municipality, User
from meldpunt.vault import trust, unlocking
from meldpunt.vault.unlocking import Keyring
from signals.actions import renewing

WANTED = 10_000


def measure(stack) -> list[Figure]:
    """Add signals, renew the team key, and time the steps until nothing is left."""
    account = next(account for account in stack.accounts if account["role"] == "coordinator")
    user = User.objects.get(email=account["email"])
    keyring = Keyring(user, unlocking.open_key(user, account["password"]))
    team = user.teams("coordinator")[0]
    towns = list(Municipality.objects.values_list("pk", flat=True))
    for _ in range(WANTED // 500):
        make_signals(trust.newest_team_key(team), towns, 500)
    actions.renew_key(team, by=user, keyring=keyring)
    number = renewing.to_renew(team).count()
    begun, steps, slowest, left = time.perf_counter(), 0, 0.0, number
    with CaptureQueriesContext(connection) as taken:
        renewing.renew_step(team, by=user)
    while left:
        started = time.perf_counter()
        left = renewing.renew_step(team, by=user).left
        slowest, steps = max(slowest, time.perf_counter() - started), steps + 1
    seconds = time.perf_counter() - begun
    return [
        Figure("new keys after leaving: keys", number, ""),
        Figure("new keys after leaving: 10 000 keys, one process", seconds * WANTED / number, "s", at_most=60),
        Figure("new keys after leaving: slowest step", slowest, "s", at_most=5),
        Figure("new keys after leaving: SQL statements of a step", len(taken), "", at_most=15),
    ]
