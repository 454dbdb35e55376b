"""A peer who may be in danger too becomes a signal of its own: one step, and only what is needed goes along."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from networks.actions.casework import writable
from networks.models import Approached, Relation
from signals.actions.filing import TakenIn, file
from signals.actions.history import locked
from signals.models import Signal
from signals.vocabulary import Channel, ReferrerRole
from signals.workflow import NotAllowed


@dataclass(frozen=True)
class AboutPeer:
    """What goes along with a peer, and nothing else of the case: as the member sees and may change it before sending."""

    name: str = ""
    age_band: str = "unknown"
    gender: str = "unknown"
    school: str = ""
    place: str = ""
    danger: str = "unknown"
    words: str = ""


@transaction.atomic
def report_peer(relation: Relation, *, by, version: int, about: AboutPeer) -> Signal:
    """File a peer as a signal for the desk, and keep which one it became; the question is answered with "yes" or "maybe".

    It is sealed to the desk alone. Raises NotAllowed for who is no peer or was
    reported before, Clash where a colleague changed the row since `version`, and as casework.writable does.
    """
    held = writable(relation.assignment, by=by)
    row = locked(Relation.objects.visible_to(by).current().filter(assignment=held), relation.pk, version)
    if not row.is_peer or row.signal_id:
        raise NotAllowed("no peer, or reported before")
    answers = {
        "you": {"role": ReferrerRole.OTHER},
        "danger": {"danger": about.danger},
        "signs": {"words": about.words},
        "person": {
            "name": about.name, "school": about.school, "age_band": about.age_band, "gender": about.gender,
        },
        "place": {"place": about.place},
    }  # fmt: skip
    once = hashlib.sha256(b"peer" + row.pk.bytes).digest()
    taken_in = TakenIn(by=by, with_code=False, from_case=held.case)
    filed = file(answers, who="other", channel=Channel.NETWORK, once=once, taken_in=taken_in)
    row.signal = filed.signal
    if row.approached in ("", Approached.NO, Approached.WAIVED):
        row.approached, row.approached_by, row.approached_at = Approached.SUSPECTED, by, timezone.now()
    row.version += 1
    row.changed_at = timezone.now()
    row.save(update_fields=["signal", "approached", "approached_by", "approached_at", "version", "changed_at"])
    record("change", by=by, team=held.team, obj=row, purpose="reported")
    return filed.signal
