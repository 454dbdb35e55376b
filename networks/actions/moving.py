"""Handing a case to another network: what goes along is chosen, sealed for that network alone, and written down there."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.models import Team
from meldpunt.vault import sealed
from networks import content
from networks.actions import plans
from networks.actions import suspects as suspects_of
from networks.actions.casework import plan_action
from networks.actions.circle import add_relation
from networks.casework.own_work import reader_of
from networks.casework.work_page import actions_of, contacts_of, notes_of
from networks.circle.reading import people_of, unasked_of
from networks.content import ContactContent, Parcel, RelationContent, SuspectContent
from networks.models import Action, ActionState, Approached, Contact, Goal, Note, Suspect
from networks.planning.plan_page import opened_plan
from signals.actions import moving, routing
from signals.actions.history import locked
from signals.models import Assignment, Transfer, Transition
from signals.models.assignment import Part
from signals.reading import words_of
from signals.workflow import RETURN_REASONS

# What may go along; keys of the form and of `parcel_of`. One note is "note:" with its key, "notes" is all of them.
PARTS = ("notes", "actions", "contacts", "goals", "relations", "suspects")


def note_key(note: Note) -> str:
    """Return how one note is named among what is wanted."""
    return f"note:{note.pk}"


def parcel_of(keyring, assignment: Assignment, wanted, *, words: str = "") -> Parcel:
    """Open what of a letter is `wanted` (some of PARTS, single notes) and return it as it will go along.

    Of actions and goals only the open ones go, and of everything only what the keyring's owner reads by the agreement. Peers
    of whom nobody has asked yet always go along, though nobody is shown more than their number: moving a case answers no
    question. The caller logs. Raises Locked, CannotOpen.
    """
    keyring.load([assignment.case_id, assignment.pk])
    parcel = Parcel(words=words)
    if "notes" in wanted or any(one.startswith("note:") for one in wanted):
        parcel.notes = [
            {"at": note.at.isoformat(), "by": note.by.name, "words": said}
            for note, said in notes_of(keyring, assignment)
            if "notes" in wanted or note_key(note) in wanted
        ]
    if "goals" in wanted:
        parcel.goals = [
            {"due_on": str(goal.row.due_on or ""), "words": goal.said.words, "who": goal.said.who}
            for goal in opened_plan(keyring, assignment).open_goals
            if goal.said
        ]
    if "actions" in wanted:
        open_ones = [one for one in actions_of(keyring, assignment) if one.row.state == ActionState.OPEN and one.said]
        parcel.actions = [
            {"kind": one.row.kind, "due_on": str(one.row.due_on or ""), "words": one.said.words} for one in open_ones
        ]
    if "contacts" in wanted:
        parcel.contacts = [
            {"held_at": one.row.held_at.isoformat(), "by": one.row.by.name} | asdict(one.said)
            for one in contacts_of(keyring, assignment)
            if one.said
        ]
    chosen = people_of(keyring, assignment) if "relations" in wanted else []
    known = {one.row.pk for one in chosen}
    chosen += [one for one in unasked_of(keyring, assignment) if one.row.pk not in known]
    parcel.relations = [{"kind": one.row.kind, "approached": one.row.approached} | asdict(one.said) for one in chosen]
    if "suspects" in wanted and suspects_of.may_see(keyring.user, assignment):
        rows = Suspect.objects.visible_to(keyring.user).current().filter(assignment=assignment)
        parcel.suspects = [asdict(suspects_of.said_of(keyring, row)) for row in rows]
    return parcel


def preview_of(keyring, assignment: Assignment, wanted, *, words: str) -> Parcel:
    """Return what would go along, for who asks to read before it is sent; one row in the reading log. Raises Locked, CannotOpen."""
    parcel = parcel_of(keyring, assignment, wanted, words=words)
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="parcel")
    return parcel


@dataclass(frozen=True)
class Offer:
    """What a network that is asked to take a case over reads before it answers; `along` is (what, how many)."""

    transfer: Transfer
    words: str
    along: list[tuple[str, int]]


def offer_of(keyring, assignment: Assignment) -> Offer | None:
    """Return the offer that a letter is, None where it is none; one row in the reading log. Raises Locked, CannotOpen."""
    if assignment.part != Part.NEXT:
        return None
    transfer = Transfer.objects.visible_to(keyring.user).select_related("sender__team", "by").defer("by__password")
    transfer = transfer.get(receiver=assignment.pk)
    parcel = content.from_bytes(Parcel, sealed.peek(keyring, transfer, "parcel"))
    rows = [f"transfer:{transfer.pk}"]
    record("read", by=keyring.user, team=assignment.team, obj=assignment.case, purpose="offer", rows=rows)
    words = parcel.words if reader_of(keyring.user, assignment).gets(Note) else ""
    return Offer(transfer, words, [(part, len(getattr(parcel, part))) for part in PARTS if getattr(parcel, part)])


@dataclass(frozen=True)
class Refusal:
    """What another network answered that did not take the case over: its preset reason, and own words."""

    row: Transition
    words: str


def refusals_of(keyring, assignment: Assignment) -> list[Refusal]:
    """Return what other networks answered who did not take this case over, the newest first. Raises Locked."""
    told = assignment.transitions.filter(old=F("new"), reason__in=RETURN_REASONS).order_by("-at").select_related("by")
    rows = list(told.defer("by__password"))
    words = words_of(keyring, rows)
    return [Refusal(row, words.get(row.pk, "")) for row in rows]


@transaction.atomic
def ask_transfer(assignment: Assignment, *, by, keyring, team: Team, reason: str, words: str, wanted) -> Transfer:
    """Ask `team` to take a case over, with what is `wanted` of the own work. Raises as signals.actions.moving does."""
    parcel = content.to_bytes(parcel_of(keyring, assignment, wanted, words=words))
    return moving.ask_transfer(assignment, by=by, keyring=keyring, team=team, reason=reason, parcel=parcel)


@transaction.atomic
def accept(assignment: Assignment, *, by, keyring) -> Assignment:
    """Take a case on; where another network asked to take it over, what came along is written down here.

    Raises as signals.actions.routing.accept and moving.take_over do.
    """
    if assignment.part != Part.NEXT:
        return routing.accept(assignment, by=by)
    transfer = moving.take_over(assignment, by=by, keyring=keyring)
    parcel = content.from_bytes(Parcel, sealed.peek(keyring, transfer, "parcel"))
    sender = transfer.sender.team.name
    held = locked(Assignment.objects.select_related("case", "team"), assignment.pk)
    _unpack_notes(held, parcel, sender, by=transfer.by, keyring=keyring)
    _unpack_work(held, parcel, transfer, by=by, keyring=keyring)
    moving.unpacked(transfer)
    return held


def _unpack_notes(held: Assignment, parcel: Parcel, sender: str, *, by, keyring) -> None:
    """Write the notes down with who wrote them and when; the word that came along stands last, so newest."""
    for note in reversed(parcel.notes):
        words = f"{sender}, {note['by']}, {note['at'][:10]}:\n{note['words']}"
        _note(held, words, datetime.datetime.fromisoformat(note["at"]), by=by, keyring=keyring)
    if parcel.words:
        _note(held, f"{sender}:\n{parcel.words}", timezone.now(), by=by, keyring=keyring)


def _is_of(row: Action | Goal, sent_by) -> None:
    """Say that a row is of who sent it: who says yes for a network did not write it, and reads of it what the agreement gives."""
    row.by = sent_by
    row.save(update_fields=["by"])


def _note(held: Assignment, words: str, at: datetime.datetime, *, by, keyring) -> None:
    note = Note(assignment=held, by=by, at=at)
    sealed.seal(sealed.key_for(keyring, note, "words"), note, "words", words.encode())
    note.save(force_insert=True)


def _unpack_work(held: Assignment, parcel: Parcel, transfer: Transfer, *, by, keyring) -> None:
    sender, sent_by = transfer.sender.team.name, transfer.by
    for action in parcel.actions:
        due_on = datetime.date.fromisoformat(action["due_on"]) if action["due_on"] else None
        given = {"kind": action["kind"], "words": action["words"], "due_on": due_on}
        _is_of(plan_action(held, by=by, keyring=keyring, **given), sent_by)
    for goal in parcel.goals:
        due_on = datetime.date.fromisoformat(goal["due_on"]) if goal["due_on"] else None
        given = {"words": goal["words"], "who": goal["who"], "due_on": due_on}
        _is_of(plans.set_goal(held, by=by, keyring=keyring, **given), sent_by)
    for one in parcel.contacts:
        held_at = datetime.datetime.fromisoformat(one.pop("held_at"))
        one["words"] = f"{sender}, {one.pop('by')}:\n{one['words']}"
        row = Contact(assignment=held, by=sent_by, at=timezone.now(), held_at=held_at)
        sealed.seal(sealed.key_for(keyring, row, "content"), row, "content", content.to_bytes(ContactContent(**one)))
        row.save(force_insert=True)
    for one in parcel.relations:
        kind, approached = one.pop("kind"), one.pop("approached")
        row = add_relation(held, by=by, keyring=keyring, kind=kind, said=RelationContent(**one))
        if approached in Approached.values:
            row.approached, row.approached_by, row.approached_at = approached, by, timezone.now()
            row.save(update_fields=["approached", "approached_by", "approached_at"])
    suspects_of.unpack(held, by=by, keyring=keyring, said=[SuspectContent(**one) for one in parcel.suspects])


@transaction.atomic
def give_back(
    assignment: Assignment, *, by, keyring, reason: str, words: str = "", with_notes: bool = False
) -> Assignment:
    """Give a case back; `with_notes` hands the network's notes to the desk, with the own words.

    Raises as signals.actions.routing.give_back does.
    """
    if with_notes:
        notes = reversed(notes_of(keyring, assignment))
        told = [f"{note.by.name}, {timezone.localtime(note.at):%d-%m-%Y}:\n{said}" for note, said in notes]
        words = "\n\n".join(filter(None, [words, *told]))
    return routing.give_back(assignment, by=by, keyring=keyring, reason=reason, words=words)
