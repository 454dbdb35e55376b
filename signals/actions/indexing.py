"""Filling the blind index: in bounded batches, in a coordinator's unlocked request, never anywhere else."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case as Switch
from django.db.models import Exists, OuterRef, Value, When
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import crypto, sealed
from meldpunt.vault.models import ContentSeal
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.actions import hubs, reopening
from signals.actions.tasks import give_task
from signals.matching import index
from signals.matching.found import loud
from signals.matching.index import IndexKey
from signals.matching.strength import FIRM, Common, Level
from signals.matching.tokens import Token, tokens_of
from signals.models import (
    BlindTag,
    Direction,
    Hub,
    Message,
    MessageKind,
    NoiseToken,
    Signal,
    TokenKind,
    TokenPart,
)
from signals.models.task import TaskKind
from signals.vocabulary import ReferrerRole
from signals.workflow import CaseState

log = logging.getLogger(__name__)
BATCH = 25
SWEEP = 20_000
REOPENING = (*FIRM, TokenKind.NICKNAME)


@dataclass(frozen=True)
class Filled:
    """What one batch did: how many signals went in, and how many are left."""

    done: int
    left: int


@transaction.atomic
def fill(*, by, keyring: Keyring, most: int = BATCH, first: Signal | None = None) -> Filled:
    """Put at most `most` signals in the index, `first` before the newest; two who fill at once take other signals.

    What this coordinator may not see or open waits for a colleague. Resumable: each signal knows with which key and rules
    it was indexed. Raises Locked, NotTrusted, CannotOpen.
    """
    keys = index.index_keys(keyring)
    _carry_noise(keyring, keys, by=by)
    rows = _next(by, most, first)
    keyring.load([row.pk for row in rows])
    added = _added_later(keyring, rows)
    made = [tag for row in rows for tag in _tags(keyring, keys, row, added.get(row.pk, ""))]
    BlindTag.objects.filter(signal__in=rows).delete()
    BlindTag.objects.bulk_create(made, batch_size=2000, ignore_conflicts=True)
    Signal.objects.filter(pk__in=[row.pk for row in rows]).update(indexed_as=keys[0].stamp)
    left = index.pending(Signal.objects.visible_to(by)).count()
    if len(keys) > 1 and not index.pending(Signal.objects.all()).exists():
        _sweep(keys[0])
    fresh = [row for row in rows if row.indexed_as // index.A_KEY in (0, keys[0].version)]
    hubs.look_at(fresh, silent=[row for row in rows if row not in fresh])
    _propose_to_reopen(fresh, made)
    if rows:
        record("change", by=by, purpose="blind_index", rows=rows)
    return Filled(len(rows), left)


def _next(by, most: int, first: Signal | None) -> list[Signal]:
    own = ContentSeal.objects.filter(
        content_key__object_id=OuterRef("pk"), team_key__seals__user_key__user=by
    )
    rows = index.pending(Signal.objects.visible_to(by)).filter(Exists(own)).defer("headline", "filed_once")
    if first is not None:
        rows = rows.annotate(turn=Switch(When(pk=first.pk, then=Value(0)), default=Value(1))).order_by(
            "turn", "-filed_at"
        )
    else:
        rows = rows.order_by("-filed_at")
    return list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True)[:most])


def _added_later(keyring: Keyring, rows: list[Signal]) -> dict:
    """Return {signal pk: words that its referrer wrote later}."""
    found: dict = {}
    letters = Message.objects.filter(
        signal__in=rows, direction=Direction.FROM_REFERRER, kind=MessageKind.WORDS
    )
    for letter in letters:
        try:
            words = sealed.peek(keyring, letter, "words").decode()
        except crypto.CannotOpen:
            continue
        found[letter.signal_id] = found.get(letter.signal_id, "") + "\n" + words
    return found


def tokens_in(keyring: Keyring, signal: Signal, added: str = "") -> list[Token]:
    """Return the tokens of a signal; the report is opened for the machine, nobody reads it. Raises CannotOpen."""
    report = content.from_bytes(content.Report, sealed.peek(keyring, signal, "report"))
    about_self = signal.referrer_role == ReferrerRole.SELF
    return tokens_of(report, signal.municipality_id, about_self=about_self, more=added)


def all_tokens(keyring: Keyring, signal: Signal) -> list[Token]:
    """Return the tokens of one signal with what its referrer wrote later. Raises CannotOpen."""
    return tokens_in(keyring, signal, _added_later(keyring, [signal]).get(signal.pk, ""))


def _tags(keyring: Keyring, keys: list[IndexKey], signal: Signal, added: str) -> list[BlindTag]:
    try:
        tokens = tokens_in(keyring, signal, added)
    except (crypto.CannotOpen, ValueError):
        log.warning("the report of %s cannot be opened: it is not in the index", signal.reference)
        give_task(TaskKind.UNREADABLE, signal=signal)
        return []
    return [
        BlindTag(signal=signal, kind=token.kind, part=part, tag=tag, key_version=key.version)
        for key in keys
        for (tag, part), token in index.tags_of(key, tokens).items()
    ]


def _propose_to_reopen(fresh: list[Signal], made: list[BlindTag]) -> None:
    """Propose to open a closed case in aftercare again where a signal of `fresh` has the same tag as one of its own."""
    new = {row.pk: row for row in fresh}
    ours: dict = {}
    for tag in made:
        if tag.signal_id in new and tag.kind in REOPENING:
            ours.setdefault(tag.tag, []).append(tag)
    closed = loud(BlindTag.objects.filter(tag__in=list(ours), signal__case__state=CaseState.CLOSED))
    closed = closed.filter(signal__case__aftercare_until__gte=timezone.now()).select_related("signal__case")
    closed = closed.defer(
        "signal__report", "signal__headline", "signal__case__shared"
    )
    for theirs in closed.order_by("signal__case", "pk"):
        for mine in ours[bytes(theirs.tag)]:
            level = Common(mine.kind, mine.part, theirs.part).level
            same_person = level == Level.PROPOSAL and mine.part == theirs.part == TokenPart.PERSON
            if new[mine.signal_id].case_id != theirs.signal.case_id and (level == Level.MATCH or same_person):
                reopening.propose(theirs.signal.case, because=new[mine.signal_id])


def _sweep(newest: IndexKey) -> None:
    """Let tags of older keys go, a bounded number at a time, once every signal has tags of the newest."""
    old = BlindTag.objects.filter(key_version__lt=newest.version).values("pk")[:SWEEP]
    BlindTag.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    if not BlindTag.objects.filter(key_version__lt=newest.version).exists():
        NoiseToken.objects.filter(key_version__lt=newest.version).delete()
        Hub.objects.exclude(Exists(BlindTag.objects.filter(tag=OuterRef("tag")))).delete()


def _carry_noise(keyring: Keyring, keys: list[IndexKey], *, by) -> None:
    """Make the noise list anew under the newest key where that is another than it was made under."""
    if len(keys) < 2:
        return
    newest, before = keys
    known = set(NoiseToken.objects.filter(key_version=newest.version).values_list("carried", flat=True))
    for row in NoiseToken.objects.filter(key_version=before.version).exclude(pk__in=known):
        value = open_noise(before, row)
        add_noise(newest, row.kind, value, by=row.by, carried=row.pk)


def add_noise(key: IndexKey, kind: str, value: str, *, by, carried: int | None = None) -> NoiseToken:
    """Store a token as noise: its tag, and the value sealed under the index key. One that is there stays as it is."""
    tag = key.tag(kind, value)
    box = crypto.seal(key.key, value.encode(), _noise_context(key.version, kind, tag))
    values = {"kind": kind, "key_version": key.version, "value": box, "by": by, "carried": carried}
    return NoiseToken.objects.get_or_create(tag=tag, defaults=values)[0]


def open_noise(key: IndexKey, row: NoiseToken) -> str:
    """Return the value of a noise token; raises CannotOpen."""
    return crypto.open_sealed(
        key.key, row.value, _noise_context(row.key_version, row.kind, bytes(row.tag))
    ).decode()


def _noise_context(version: int, kind: str, tag: bytes) -> str:
    return f"v1|noise|{version}|{kind}|{tag.hex()}"


@transaction.atomic
def renew_index_key(keyring: Keyring) -> int:
    """Begin the index anew after the desk's team key was renewed (somebody left); returns how many signals are to be done.

    The key follows the team key by itself; this carries the noise list over and makes the first batch. The rest goes in
    the coordinators' requests, and the old tags go when all is done. Raises Locked, NotTrusted, CannotOpen.
    """
    return fill(by=keyring.user, keyring=keyring).left
