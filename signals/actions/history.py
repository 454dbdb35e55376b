"""Writing down what happened: the transition, own words under the object's key, and finished tasks."""

from django.utils import timezone

from meldpunt.vault import crypto, keys
from meldpunt.vault.keys import OpenKey, newest_content_key
from meldpunt.vault.models import Purpose
from meldpunt.vault.unlocking import Keyring, Locked
from signals import workflow
from signals.actions import Clash
from signals.models import Case, OwnWords, Task, Transition
from signals.models.task import STANDING
from signals.reading import words_context


def locked(queryset, pk, version: int | None = None):
    """Return the row `pk` of `queryset`, locked until the end of the transaction; raises Clash, DoesNotExist."""
    row = queryset.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if version is not None and row.version != version:
        raise Clash
    return row


def move(obj, new: str, *, by, reason: str, **values) -> Transition:
    """Take `obj` to state `new` with `values` for other fields, and write the transition; raises NotAllowed."""
    workflow.check(obj._meta.model_name, obj.state, new)
    return _write(obj, new, by=by, reason=reason, **values)


def correct(obj, *, by, reason: str, **values) -> Transition:
    """Change `values` of `obj` in the state that it is in, and write that down."""
    return _write(obj, obj.state, by=by, reason=reason, **values)


def _write(obj, new: str, *, by, reason: str, **values) -> Transition:
    old, obj.state = obj.state, new
    obj.version += 1
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save(update_fields=["state", "version", *values])
    kind = obj._meta.model_name
    return Transition.objects.create(**{kind: obj}, old=old, new=new, by=by, at=timezone.now(), reason=reason)


def add_words(keyring: Keyring | None, transition: Transition, object_id, purpose: str, words: str) -> None:
    """Seal somebody's own words with a transition, under the newest key for `purpose`; nothing where there are none.

    Raises Locked, CannotOpen.
    """
    if not words.strip():
        return
    if keyring is None:
        raise Locked
    seal_words(newest_content_key(keyring, object_id, purpose), transition, words)


def say_why(thing, *, by, keyring: Keyring, words: str) -> None:
    """Write down one's own reason to look at what is masked of a signal or case, for the desk to read.

    It has no version and is in nobody's way. Part of the revealing, which records. Raises Locked, CannotOpen.
    """
    row = thing.transitions.create(
        old=thing.state, new=thing.state, by=by, at=timezone.now(), reason=workflow.Reason.REVEALED
    )
    if thing._meta.model_name == "signal":
        add_words(keyring, row, thing.pk, Purpose.REPORT, words)
    else:
        seal_for_desk(locked(Case.objects.all(), thing.pk), row, words)


def seal_for_desk(case, transition: Transition, words: str) -> None:
    """Seal own words about a case for the desk alone, under a desk key of their own; nothing where there are none.

    A new key needs public keys only, so a network's request can do this too; no network ever gets it.
    The caller holds the lock on the case. Raises NotTrusted.
    """
    if words.strip():
        desk = keys.teams_that_hold(case.pk, Purpose.DESK)
        seal_words(keys.new_content_key("case", case.pk, Purpose.DESK, desk), transition, words)


def seal_words(key: OpenKey, transition: Transition, words: str) -> None:
    """Seal own words under a key at hand; nothing where there are none."""
    if not words.strip():
        return
    row = OwnWords(transition=transition, purpose=key.row.purpose, object_id=key.row.object_id)
    version = key.row.version
    row.words = version.to_bytes(2, "big") + crypto.seal(key.key, words.encode(), words_context(row, version))
    row.save(force_insert=True)


def finish_tasks(**target) -> None:
    """Mark the open tasks of a signal or case as done, but for those that end with an act of their own."""
    Task.objects.filter(done_at=None, **target).exclude(kind__in=STANDING).update(done_at=timezone.now())
