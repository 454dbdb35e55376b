"""What happened to a signal or a case, in one line of time: acts, notes, messages, deliveries, files, and who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meldpunt.audit.models import Act, Entry
from signals.desk.revealing import Kind, RevealReason
from signals.models import Assignment, Attachment, ConsentStep, Direction, Dispatch, Message, Transition
from signals.models.consent import ConsentState
from signals.models.dispatch import Body
from signals.workflow import AssignmentState, CaseState, Reason, SignalState

CHIPS = {
    "alles": gettext_lazy("Alles"),
    "besluiten": gettext_lazy("Besluiten"),
    "contact": gettext_lazy("Contact"),
    "bestanden": gettext_lazy("Bestanden"),
    "inzage": gettext_lazy("Inzage"),
}
# Acts that a reason alone does not name: what the letter, signal or case went to says it, the reason stands below.
LETTER_ACTS = {
    AssignmentState.QUEUED: gettext_lazy("Verstuurd"),
    AssignmentState.RECALLED: AssignmentState.RECALLED.label,
    AssignmentState.RETURNED: AssignmentState.RETURNED.label,
    AssignmentState.TRANSFERRED: AssignmentState.TRANSFERRED.label,
}
CONTACT = {Reason.ASKED, Reason.ANSWERED}
MOST_READINGS = 200


@dataclass(frozen=True)
class Moment:
    """One thing that happened: `kind` is one of CHIPS but "alles", `detail` a short line, `words` somebody's own."""

    at: datetime
    title: str
    who: str
    kind: str
    detail: str = ""
    words: str = ""


def chips(chosen: str) -> list[dict]:
    """Return the chips of the timeline: key, label, whether it is the one in use."""
    return [{"key": key, "label": label, "on": key == chosen} for key, label in CHIPS.items()]


def chosen_of(given) -> str:
    """Return which chip the address names; everything where it names none."""
    return given.get("toon") if given.get("toon") in CHIPS else "alles"


def ordered(moments: Iterable[Moment], chosen: str) -> list[Moment]:
    """Return the moments of one chip, the newest first."""
    kept = [moment for moment in moments if chosen in ("alles", moment.kind)]
    return sorted(kept, key=lambda moment: moment.at, reverse=True)


def of_steps(steps: Iterable[Transition], words: dict[int, str]) -> list[Moment]:
    """Return the acts and notes; `words` are the own words by transition that the viewer's keys opened."""
    found = []
    for step in steps:
        title, detail = _act(step)
        kind = "contact" if step.reason in CONTACT else "besluiten"
        found.append(Moment(step.at, title, step.by.name if step.by else "", kind, detail, words.get(step.pk, "")))
    return found


def _act(step: Transition) -> tuple[str, str]:
    """Return what somebody did and why: a decision and a case that closed or was sent are named by what they are."""
    label = str(step.get_reason_display())
    moved = step.old and step.old != step.new
    if moved and step.old in (SignalState.DECIDED, CaseState.CLOSED) and step.new != CaseState.DESTROYED:
        return _("Heropend"), label
    if step.signal_id and moved and step.new == SignalState.DECIDED:
        return SignalState.DECIDED.label, label
    if step.case_id and moved and step.by_id and step.new in (CaseState.ROUTING, CaseState.ASSESSED):
        return CaseState(step.new).label, label
    return label, ""


def of_letters(letters: Iterable[Assignment], steps: Iterable[Transition], words: dict[int, str]) -> list[Moment]:
    """Return what happened to the letters of a case, each with its network."""
    teams = {letter.pk: letter.team.name for letter in letters}
    found = []
    for step in steps:
        what, why = _act_on_a_letter(step)
        title = _("%(what)s · netwerk %(team)s") % {"what": what, "team": teams[step.assignment_id]}
        who = step.by.name if step.by else ""
        found.append(Moment(step.at, title, who, "besluiten", detail=why, words=words.get(step.pk, "")))
    return found


def _act_on_a_letter(step: Transition) -> tuple[str, str]:
    """Return what became of a letter, and why; where the reason is the act itself it is not said twice."""
    label = str(step.get_reason_display())
    if step.old == step.new or step.new not in LETTER_ACTS or step.reason == Reason.UNDONE:
        return label, ""
    return str(LETTER_ACTS[step.new]), label


def consents_as_column() -> ArraySubquery:
    """Return who noted which answer to being shared of a case, and when, for the statement that loads the case."""
    steps = ConsentStep.objects.filter(consent__case=OuterRef("pk")).order_by("at")
    return ArraySubquery(steps.values(data=JSONObject(state="state", at="at", by="by__name")))


def of_consents(found: list[dict]) -> list[Moment]:
    """Return what `consents_as_column` loaded as moments; the words stand on the page of consent."""
    title, when = _("Toestemming: %s"), datetime.fromisoformat
    return [Moment(when(one["at"]), title % ConsentState(one["state"]).label.lower(), one["by"], "besluiten") for one in found]


def dispatches_as_column() -> ArraySubquery:
    """Return what was handed over outside of a case, and when it was noted that it arrived, for the statement that loads the case."""
    rows = Dispatch.objects.filter(case=OuterRef("pk")).order_by("at")
    names = {"by": "by__name", "noted_by": "noted_by__name"}
    return ArraySubquery(rows.values(data=JSONObject(body="body", at="at", noted_at="noted_at", **names)))


def of_dispatches(found: list[dict]) -> list[Moment]:
    """Return what `dispatches_as_column` loaded as moments, the receipt too; to whom and what stands on its own page."""
    moments = []
    for one in found:
        body = Body(one["body"]).label
        moments.append(Moment(datetime.fromisoformat(one["at"]), _("Overgedragen: %s") % body, one["by"], "besluiten"))
        if one["noted_at"]:
            noted_at = datetime.fromisoformat(one["noted_at"])
            moments.append(Moment(noted_at, _("Overdracht ontvangen: %s") % body, one["noted_by"], "besluiten"))
    return moments


def of_messages(messages: Iterable[Message]) -> list[Moment]:
    """Return that something was written, and by whom; the words themselves stand in the mailbox."""
    found = []
    for message in messages:
        inward = message.direction == Direction.FROM_REFERRER
        title = message.get_kind_display() if message.kind != "words" else (
            _("Bericht van de melder") if inward else _("Bericht aan de melder")
        )  # fmt: skip
        unread = _("nog niet gelezen") if inward and message.read_at is None else ""
        found.append(Moment(message.at, title, message.by.name if message.by else "", "contact", detail=unread))
    return found


def of_files(files: Iterable[Attachment]) -> list[Moment]:
    """Return that files came in; what they are called and hold is sealed."""
    return [Moment(file.added_at, _("Bestand van de melder"), "", "bestanden") for file in files]


def of_readings(entries: Iterable[Entry]) -> list[Moment]:
    """Return who looked: one moment for each person and day of reading, and one for each reveal and print."""
    found, read = [], []
    for entry in entries:
        if entry.act == Act.READ:
            read.append(entry)
        else:
            found.append(Moment(entry.at, looked(entry), _name(entry), "inzage"))
    by_day = sorted(read, key=lambda e: (timezone.localdate(e.at), e.user_id or 0))
    for _day, same in groupby(by_day, key=lambda e: (timezone.localdate(e.at), e.user_id)):
        times = list(same)
        how_often = ngettext("%(n)d keer", "%(n)d keer", len(times)) % {"n": len(times)} if len(times) > 1 else ""
        last = max(times, key=lambda e: e.at)
        found.append(Moment(last.at, _("Gelezen"), _name(last), "inzage", detail=how_often))
    return found


def looked(entry: Entry) -> str:
    """Say in words what was revealed or printed, and the reason that was given."""
    kind, _colon, reason = entry.purpose.partition(":")
    if entry.act == Act.PRINT:
        return _("Afgedrukt, met contactgegevens") if kind == "contact" else _("Afgedrukt")
    what = Kind(kind).label if kind in Kind.values else ""
    why = RevealReason(reason).label if reason in RevealReason.values else ""
    return _("Getoond: %(what)s. Reden: %(why)s") % {"what": what, "why": why}


def _name(entry: Entry) -> str:
    return entry.user.name if entry.user else ""


def readings_of(obj) -> list[Moment]:
    """Return who looked at `obj` (which the caller found visible to the viewer), the last 200 times; one statement."""
    return of_readings(Entry.objects.looked_at(obj)[:MOST_READINGS])
