"""What a member writes about the circle: who is around, and whether each peer is approached too."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from networks import content
from networks.actions.casework import writable
from networks.content import RelationContent
from networks.models import PEERS, Approached, Relation
from signals.actions.history import locked
from signals.content import Peer
from signals.models import Assignment, Case
from signals.workflow import OPEN_ASSIGNMENT, NotAllowed

# What a report says of a peer → its kind here. Own list, from the practice reports; anything else is "other".
SAID = {
    "friend": ("vriend", "friend", "bff", "maat", "kameraad", "koleżanka"),
    "classmate": ("klas", "class", "school", "studie"),
    "sibling": ("zus", "broer", "sister", "brother", "sibling"),
    "parent": ("moeder", "vader", "ouder", "mother", "father", "parent", "voogd"),
    "family": ("nicht", "neef", "tante", "oom", "oma", "opa", "famil", "cousin", "aunt", "uncle"),
    "helper": ("mentor", "coach", "docent", "leraar", "begeleid", "hulpverlen", "teacher"),
}


class PeersOpen(NotAllowed):
    """A case cannot close: of some peers nobody has said whether they are approached too. Carries how many."""

    def __init__(self, number: int):
        super().__init__(f"{number} peers are unanswered")
        self.number = number


class QuestionOpen(NotAllowed):
    """Somebody would leave the peers unanswered; the question, or a reason not to ask it, comes first."""


@transaction.atomic
def add_relation(assignment: Assignment, *, by, keyring, kind: str, said: RelationContent) -> Relation:
    """Add somebody of `kind` (RelationKind) to the circle of a letter.

    Raises as casework.writable does, Locked or CannotOpen where `keyring` does not open the letter's key.
    """
    held = writable(assignment, by=by)
    relation = _new(held, by, keyring, kind, said)
    record("create", by=by, team=held.team, obj=relation, purpose=kind)
    return relation


def _new(held: Assignment, by, keyring, kind: str, said: RelationContent) -> Relation:
    now = timezone.now()
    relation = Relation(assignment=held, kind=kind, by=by, at=now, changed_at=now)
    _seal(keyring, relation, said)
    relation.save(force_insert=True)
    return relation


@transaction.atomic
def take_over_named(assignment: Assignment, *, by, keyring, named: list[Peer]) -> list[Relation]:
    """Put who a report names into the circle, each once: who was taken over before is left out. Raises as `add_relation`."""
    held = writable(assignment, by=by)
    there = {tuple(_said(keyring, row).named) for row in held.relations.all()}
    made = []
    for peer in named:
        if (peer.relation, peer.name) in there:
            continue
        there.add((peer.relation, peer.name))
        words = peer.relation if kind_of(peer.relation) == "other" else ""
        said = RelationContent(
            name=peer.name, words=words, source="referrer", certainty="unsure", named=[peer.relation, peer.name]
        )
        made.append(_new(held, by, keyring, kind_of(peer.relation), said))
    if made:
        record("create", by=by, team=held.team, obj=held, purpose="circle", rows=made)
    return made


def kind_of(relation: str) -> str:
    """Return the kind of a relation that somebody typed ("beste vriendin"): the first of SAID that fits, else other."""
    words = relation.casefold()
    return next((kind for kind, parts in SAID.items() if any(part in words for part in parts)), "other")


@transaction.atomic
def change_relation(relation: Relation, *, by, keyring, version: int, kind: str, said: RelationContent) -> Relation:
    """Change who somebody is; what a report had of this one, and why a question is not asked, stay.

    Who is no peer any more has no answer either. Raises Clash where a colleague changed it since `version`, QuestionOpen
    where an unanswered peer would become none, and as `add_relation` does.
    """
    relation = _locked(relation, by=by, version=version)
    if relation.is_open and kind not in PEERS:
        raise QuestionOpen(kind)
    before = _said(keyring, relation)
    relation.kind = kind
    if kind not in PEERS:
        relation.approached, relation.approached_by, relation.approached_at = "", None, None
    _seal(keyring, relation, RelationContent(**asdict(said) | {"named": before.named, "because": before.because}))
    _save(relation, "kind", "content", "approached", "approached_by", "approached_at")
    record("change", by=by, team=relation.assignment.team, obj=relation, purpose=kind)
    return relation


@transaction.atomic
def answer(relation: Relation, *, by, keyring, version: int, approached: str, because: str = "") -> Relation:
    """Say whether a peer is approached too (Approached, "" takes the answer back); `because` says why nobody asks.

    Raises NotAllowed for who is no peer and where a waived question has no reason, Clash, and as `add_relation` does.
    """
    relation = _locked(relation, by=by, version=version)
    if not relation.is_peer or approached == Approached.WAIVED and not because.strip():
        raise NotAllowed("no question here, or no reason")
    said = _said(keyring, relation)
    said.because = because if approached == Approached.WAIVED else ""
    relation.approached = approached
    relation.approached_by, relation.approached_at = (by, timezone.now()) if approached else (None, None)
    _seal(keyring, relation, said)
    _save(relation, "approached", "approached_by", "approached_at", "content")
    record("change", by=by, team=relation.assignment.team, obj=relation, purpose=approached or "asked_again")
    return relation


@transaction.atomic
def remove_relation(relation: Relation, *, by, version: int) -> Relation:
    """Take somebody out of the circle who does not belong there; the row stays. Raises as `change_relation`.

    NotAllowed for who was reported: that stays to be seen. QuestionOpen for a peer of whom nobody said whether she or he
    is approached too.
    """
    relation = _locked(relation, by=by, version=version)
    if relation.is_open:
        raise QuestionOpen("removed")
    if relation.signal_id:
        raise NotAllowed("this one was reported")
    relation.removed_at = timezone.now()
    _save(relation, "removed_at")
    record("change", by=by, team=relation.assignment.team, obj=relation, purpose="removed")
    return relation


def refuse_while_peers_are_open(case: Case, *, keyring, named: list[Peer], held: Assignment) -> None:
    """Raise PeersOpen while a peer of any network that works on `case` is unanswered, or one whom a report names is not in
    the circle of the letter `held`. Part of closing: it locks the letters, so that nobody adds a peer meanwhile.
    """
    letters = Assignment.objects.filter(case=case, state__in=OPEN_ASSIGNMENT).order_by("pk")
    pks = list(letters.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    unanswered = Relation.objects.unanswered().filter(assignment__in=pks).count()
    if number := unanswered + peers_left_out(Relation.objects.filter(assignment=held), keyring=keyring, named=named):
        raise PeersOpen(number)


def peers_left_out(rows, *, keyring, named: list[Peer]) -> int:
    """Return how many peers of `named` (in the reports) nobody has put among `rows`, the whole circle. Raises Locked."""
    there = {tuple(_said(keyring, row).named) for row in rows}
    return len({(peer.relation, peer.name) for peer in named if kind_of(peer.relation) in PEERS} - there)


def _locked(relation: Relation, *, by, version: int) -> Relation:
    held = writable(relation.assignment, by=by)
    found = locked(Relation.objects.visible_to(by).current().filter(assignment=held), relation.pk, version)
    found.assignment = held
    return found


def _said(keyring, relation: Relation) -> RelationContent:
    return content.from_bytes(RelationContent, sealed.peek(keyring, relation, "content"))


def _seal(keyring, relation: Relation, said: RelationContent) -> None:
    sealed.seal(sealed.key_for(keyring, relation, "content"), relation, "content", content.to_bytes(said))


def _save(relation: Relation, *fields: str) -> None:
    relation.version += 1
    relation.changed_at = timezone.now()
    relation.save(update_fields=[*fields, "version", "changed_at"])
