"""Ten thousand signals with sealed reports put in the blind index by one process, and lookups in it."""

import random
import secrets
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.figures import Figure
from meldpunt.teams.models import Municipality, User
from meldpunt.vault import codes, keys, sealed, trust, unlocking
from meldpunt.vault.models import Purpose
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.actions import indexing
from signals.matching import index
from signals.matching.found import holders_of, matches_of
from signals.models import BlindTag, Signal

SIGNALS, AT_ONCE = 10_000, 50
NAMES = ["Rico", "Dave", "Milou", "Jayden", "Ferry", "Stan", "Timo", "Prins", "Vince", "Lex", "Sil", "Kevin", "Amin", "Youssef", "Bilal", "Mo", "Sven", "Danny", "Robin", "Sam"]  # noqa: SIM905
WORDS = (
    "Sinds een week of zes is ze een ander kind: op maandag en vrijdag is ze bijna altijd afwezig, haar cijfers zijn gezakt"
    " en ze reageert fel als ik ernaar vraag. In de pauze wordt ze opgewacht door een man in een auto, kenteken {plate}."
    " Klasgenoten noemen hem {name}. Zijn account is {handle} en zijn nummer is {phone}. "
)


def measure(stack) -> list[Figure]:
    """Make the signals, fill the index in batches as the requests of coordinators do, and look numbers up."""
    account = next(account for account in stack.accounts if account["role"] == "coordinator")
    user = User.objects.get(email=account["email"])
    keyring = Keyring(user, unlocking.open_key(user, account["password"]))
    desk_key = trust.newest_team_key(user.teams("coordinator")[0])
    towns = list(Municipality.objects.values_list("pk", flat=True))
    for _ in range(SIGNALS // 500):
        make_signals(desk_key, towns, 500)
    waiting = index.pending(Signal.objects.all()).count()
    seconds = _seconds(lambda: _fill(user, keyring))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE signals_blindtag")
    return [
        Figure("blind index: 10 000 signals, one process", seconds * SIGNALS / waiting, "s", at_most=60),
        Figure("blind index: tags of a signal", BlindTag.objects.count() / waiting, ""),
        *_lookups(user, keyring),
    ]


def make_signals(desk_key, towns: list[str], number: int) -> None:
    """Add signals as filing seals them, in bulk."""
    made, now = [], timezone.now()
    for _ in range(number):
        known = {
            "phone": f"06-{random.randrange(10**8):08}",
            "plate": f"X{random.choice('ABDFGH')}-{random.randrange(1000):03}-{random.choice('BDFGH')}",
            "handle": f"@{random.choice(NAMES).lower()}_{random.randrange(20_000)}",
            "name": random.choice(NAMES) + random.choice(["", "", "tje", " " + secrets.token_hex(2)]),
        }
        suspect = content.Suspect(
            nickname=known["name"], phone=known["phone"], handle=known["handle"], plate=known["plate"]
        )
        person = content.Person(name=random.choice(NAMES))
        report = content.Report(words=WORDS.format(**known) * 3, suspect=suspect, person=person)
        signal = Signal(
            reference=codes.new_reference("OV"), filed_at=now, referrer_role="school", danger_now="no", urgency="normal",
            filed_once=secrets.token_bytes(32), municipality_id=random.choice(towns),
        )  # fmt: skip
        key = keys.first_content_keys("signal", signal.pk, [Purpose.REPORT], desk_key, None)[0]
        sealed.seal(key, signal, "report", content.to_bytes(report))
        sealed.seal(key, signal, "headline", content.to_bytes(content.Headline()))
        made.append(signal)
    Signal.objects.bulk_create(made)


def _fill(user, keyring: Keyring) -> None:
    while indexing.fill(by=user, keyring=keyring, most=AT_ONCE).done:
        pass


def _lookups(user, keyring: Keyring) -> list[Figure]:
    key, took = index.newest_key(keyring), []
    one = Signal.objects.exclude(indexed_as=0).order_by("?").first()
    for _ in range(50):
        tag = key.tag("phone", f"+316{random.randrange(10**8):08}")
        took.append(_seconds(lambda tag=tag: holders_of(user, [tag])))
    with CaptureQueriesContext(connection) as taken:
        holders_of(user, [key.tag("phone", "+31612345678")])
    with CaptureQueriesContext(connection) as around:
        panel = _seconds(lambda: matches_of(user, one))
    return [
        Figure("blind index: lookup, median", statistics.median(took) * 1000, "ms"),
        Figure("blind index: SQL statements of a lookup", len(taken), "", at_most=1),
        Figure("blind index: what one signal looks like", panel * 1000, "ms"),
        Figure("blind index: SQL statements of that", len(around), "", at_most=1),
    ]


def _seconds(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
