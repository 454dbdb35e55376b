"""What coordinators say about matches: not the same person, or a token that says nothing. Both can be undone."""

from django.db import transaction
from django.db.models import Q

from meldpunt.audit.log import record
from meldpunt.vault.unlocking import Keyring
from signals.actions import joining, triage
from signals.actions.history import locked
from signals.actions.indexing import add_noise, all_tokens
from signals.matching import index
from signals.matching.strength import FIRM
from signals.models import BlindTag, Case, NoiseToken, NotSame, Signal
from signals.workflow import Decision, NotAllowed, Reason


def _members(thing: Signal | Case, by) -> list[Signal]:
    """Return the signals of a case, or the signal itself, as far as `by` may see them."""
    seen = Signal.objects.visible_to(by).only("pk", "reference", "case_id")
    return list(seen.filter(case=thing) if isinstance(thing, Case) else seen.filter(pk=thing.pk))


def _as_case(thing: Signal | Case):
    return thing.pk if isinstance(thing, Case) else thing.case_id


@transaction.atomic
def not_the_same(thing: Signal | Case, other: Signal | Case, *, by) -> None:
    """Keep that `thing` and `other` are not about the same person; never asked again. Saying it twice changes nothing.

    It holds for the signals that they have now, and for what joins their cases later. Raises NotAllowed for one thing.
    """
    ours, theirs = _members(thing, by), _members(other, by)
    if {signal.pk for signal in ours} & {signal.pk for signal in theirs} or not ours or not theirs:
        raise NotAllowed("two different things")
    made = []
    for some, others, case in ((ours, theirs, _as_case(other)), (theirs, ours, _as_case(thing))):
        for signal in some:
            made += [NotSame(signal=signal, other_signal=each, by=by) for each in others]
            made += [NotSame(signal=signal, other_case_id=case, by=by)] if case else []
    NotSame.objects.bulk_create(made, ignore_conflicts=True)
    record("change", by=by, obj=thing, purpose="not_same", rows=[other])


@transaction.atomic
def ask_again(thing: Signal | Case, other: Signal | Case, *, by) -> None:
    """Take back that `thing` and `other` are not about the same person."""
    for one, two in ((thing, other), (other, thing)):
        ours, theirs = _members(one, by), _members(two, by)
        same = Q(other_signal__in=theirs)
        same |= Q(other_case=_as_case(two)) if _as_case(two) else Q()
        NotSame.objects.filter(same, signal__in=ours).delete()
    record("change", by=by, obj=thing, purpose="ask_again", rows=[other])


@transaction.atomic
def mark_noise(signal: Signal, other: Signal, *, by, keyring: Keyring, kind: str) -> int:
    """Mark what `signal` and `other` have in common of `kind` as noise: it never matches again; returns how many tokens.

    The value is kept sealed under the index key. Raises NotAllowed where they share nothing of that kind, Locked, CannotOpen.
    """
    if kind not in FIRM:
        raise NotAllowed("names are proposals only")
    signal = locked(Signal.objects.visible_to(by).defer("headline", "filed_once"), signal.pk)
    other = Signal.objects.visible_to(by).only("pk").get(pk=other.pk)
    theirs = BlindTag.objects.filter(signal=other, kind=kind).values("tag")
    shared = {
        bytes(tag)
        for tag in BlindTag.objects.filter(signal=signal, tag__in=theirs).values_list("tag", flat=True)
    }
    keys = index.index_keys(keyring)
    values = {
        token.value for key in keys for (tag, _part), token in index.tags_of(key, all_tokens(keyring, signal)).items()
        if tag in shared and token.kind == kind
    }  # fmt: skip
    if not values:
        raise NotAllowed("nothing of that kind in common")
    for value in sorted(values):
        before = add_noise(keys[1], kind, value, by=by) if len(keys) > 1 else None
        add_noise(keys[0], kind, value, by=by, carried=before and before.pk)
    record("change", by=by, obj=signal, purpose="noise")
    return len(values)


@transaction.atomic
def unmark_noise(token: NoiseToken, *, by) -> None:
    """Let a token count again."""
    token = locked(NoiseToken.objects.all(), token.pk)
    NoiseToken.objects.filter(Q(carried=token.pk) | Q(pk=token.carried) | Q(pk=token.pk)).delete()
    record("change", by=by, purpose="noise_undone")


@transaction.atomic
def make_one_case(signal: Signal, other: Signal, *, by, keyring: Keyring, version: int) -> Signal:
    """Open a case from `other` and join `signal` (at `version`) to it; returns `signal`. Both have none yet.

    Undoing the join leaves the case with `other`. Raises Clash, NotAllowed, Locked, CannotOpen.
    """
    if signal.case_id or other.case_id or signal.pk == other.pk:
        raise NotAllowed("both are without a case")
    opened = triage.decide(
        other,
        by=by,
        keyring=keyring,
        decision=Decision.NEW_CASE,
        reason=Reason.ENOUGH_SIGNS,
        version=other.version,
    )
    return joining.join(
        signal, opened.case, by=by, keyring=keyring, reason=Reason.SAME_PERSON, version=version
    )
