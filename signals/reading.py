"""Opening what is sealed, for a person's eyes: each reading leaves a row in the log (law 4)."""

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.models import Case, OwnWords, Signal


def report_of(keyring: Keyring, signal: Signal, *, purpose: str = "") -> content.Report:
    """Return what the referrer filed; raises Locked, CannotOpen."""
    return content.from_bytes(content.Report, sealed.read(keyring, signal, "report", purpose=purpose)[0])


def headlines(keyring: Keyring, signals: list[Signal]) -> dict:
    """Return {pk: Headline} for the rows of a queue; one row in the log names them all."""
    opened = sealed.read_list(keyring, signals, "headline")
    return {pk: content.from_bytes(content.Headline, data) for pk, data in opened.items()}


def shared_of(keyring: Keyring, case: Case, *, purpose: str = "") -> content.Shared:
    """Return what the networks that hold the case may read: the page and the preview both come from here."""
    return content.from_bytes(content.Shared, sealed.read(keyring, case, "shared", purpose=purpose)[0])


def words_of(keyring: Keyring, transitions) -> dict[int, str]:
    """Return {transition pk: own words} for those of `transitions` (rows, or a queryset of keys) that have words which
    this keyring opens.
    """
    rows = list(OwnWords.objects.filter(transition__in=transitions))
    opened = {}
    for row in rows:
        try:
            opened[row.pk] = open_words(keyring, row)
        except crypto.CannotOpen:
            continue
    if opened:
        record("read", by=keyring.user, rows=[f"words:{pk}" for pk in opened])
    return opened


def with_words(keyring: Keyring, obj, field: str, steps: list) -> tuple[bytes, dict[int, str]]:
    """Open `field` of a signal or case and the own words of `steps`, for a page; one row in the log names them all.

    `steps` are transitions fetched with their own words. Words that this keyring does not open are left out.
    Raises Locked, CannotOpen.
    """
    data = sealed.peek(keyring, obj, field)
    rows = [step.own_words for step in steps if hasattr(step, "own_words")]
    keyring.load({row.object_id for row in rows} - {obj.pk})
    opened = {}
    for row in rows:
        try:
            opened[row.pk] = open_words(keyring, row)
        except crypto.CannotOpen:
            continue
    record("read", by=keyring.user, obj=obj, rows=[f"words:{pk}" for pk in opened])
    return data, opened


def open_words(keyring: Keyring, row: OwnWords) -> str:
    """Open one row of own words; raises CannotOpen. The caller logs."""
    version = int.from_bytes(bytes(row.words)[:2], "big")
    key = keyring.key_of(row.object_id, row.purpose, version)
    return crypto.open_sealed(key, bytes(row.words)[2:], words_context(row, version)).decode()


def words_context(row: OwnWords, version: int) -> str:
    """What own words are bound to."""
    return f"v1|ownwords|{row.transition_id}|{row.object_id}|{version}"
