"""What happened to a case at one network, in one line of time: acts, actions, contacts, notes, files.

All of it is in clear (who, when, which kind), so that one statement fetches it; the words stand on the page of the work.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.casework.own_work import reader_of
from networks.models import (
    Action,
    ActionKind,
    ActionState,
    Appointment,
    CaseFile,
    Contact,
    ContractRead,
    Goal,
    MeetingItem,
    Note,
    Post,
    Relation,
    RelationKind,
)
from signals.desk.timeline import Moment
from signals.models import Assignment, ConsentStep, Dispatch, Sharing, Transition
from signals.models.consent import ConsentState
from signals.models.dispatch import Body
from signals.workflow import AssignmentState, Reason

CHIPS = {
    "alles": gettext_lazy("Alles"),
    "verloop": gettext_lazy("Verloop"),
    "acties": gettext_lazy("Acties"),
    "contact": gettext_lazy("Contact"),
    "kring": gettext_lazy("Kring"),
    "plan": gettext_lazy("Plan"),
    "overleg": gettext_lazy("Overleg"),
    "notities": gettext_lazy("Notities"),
    "toestemming": gettext_lazy("Toestemming"),
    "overdracht": gettext_lazy("Overdracht"),
    "bestanden": gettext_lazy("Bestanden"),
}


def chips(chosen: str) -> list[dict]:
    """Return the chips of the timeline: key, label, whether it is the one in use."""
    return [{"key": key, "label": label, "on": key == chosen} for key, label in CHIPS.items()]


def chosen_of(given) -> str:
    """Return which chip the address names; everything where it names none."""
    return given.get("toon") if given.get("toon") in CHIPS else "alles"


def moments_of(user, assignment: Assignment) -> list[Moment]:
    """Return what happened, the newest first, as far as the clear columns tell. One statement.

    Who came into the circle, and when, is left out where the agreement does not give people around to `user`.
    """
    first, *others = _sources(user, assignment)
    rows = first.union(*others, all=True)
    moments = [_moment(*row) for row in rows]
    if not reader_of(user, assignment).gets(Relation):
        moments = [moment for moment in moments if moment.kind != "kring"]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def of_chip(moments: Iterable[Moment], chosen: str) -> list[Moment]:
    """Return the moments of one chip."""
    return [moment for moment in moments if chosen in ("alles", moment.kind)]


def shared_by(moments: Iterable[Moment]) -> list[Moment]:
    """Return when the desk shared something and who did, the newest first."""
    return [moment for moment in moments if moment.title == _("Gedeeld door het meldpunt")]


def _sources(user, assignment: Assignment) -> list[QuerySet]:
    def own(model):
        return model.objects.visible_to(user).filter(assignment=assignment)

    outside = Dispatch.objects.known_to(user).filter(case=assignment.case_id)
    steps = Transition.objects.filter(assignment=assignment).exclude(new=AssignmentState.QUEUED)
    settled = own(Action).exclude(settled_at=None)
    return [
        _rows(steps, "step", F("reason"), "at", "by"),
        _rows(Sharing.objects.filter(assignment=assignment), "shared", Value(""), "at", "by"),
        _rows(own(Action), "planned", F("kind"), "at", "by"),
        _rows(settled.filter(state=ActionState.DONE), "done", F("kind"), "settled_at", "settled_by"),
        _rows(settled.filter(state=ActionState.DROPPED), "dropped", F("kind"), "settled_at", "settled_by"),
        _rows(own(Contact), "contact", Value(""), "held_at", "by"),
        _rows(own(ContractRead), "contract", Value(""), "at", "by"),
        _rows(own(Relation), "peer", F("kind"), "at", "by"),
        _rows(own(Relation).exclude(approached_at=None), "asked", F("kind"), "approached_at", "approached_by"),
        _rows(own(Appointment), "post", F("post"), "at", "by"),
        _rows(own(Goal), "goal", Value(""), "at", "by"),
        _rows(own(MeetingItem).exclude(discussed_at=None), "meeting", Value(""), "discussed_at", "meeting__team"),
        _rows(own(Note), "note", Value(""), "at", "by"),
        _rows(own(CaseFile), "file", Value(""), "at", "by"),
        _rows(outside, "outside", F("body"), "at", "by"),
        _rows(outside.exclude(received_on=None), "arrived", F("body"), "noted_at", "noted_by"),
        _rows(ConsentStep.objects.filter(consent__case=assignment.case_id), "consent", F("state"), "at", "by"),
    ]


def _rows(found: QuerySet, source: str, code, at: str, who: str) -> QuerySet:
    kind = Value(source, output_field=CharField())
    return found.order_by().values_list(kind, code, F(at), F(f"{who}__name"))


def _moment(source: str, code: str, at: datetime, who: str | None) -> Moment:
    kind, title = TITLES[source]
    detail = ""
    if source == "step":
        title = Reason(code).label if code in Reason.values else code
    elif code:
        detail = str(CODES[kind](code).label)
    return Moment(at, str(title), who or "", kind, detail)


CODES = {"toestemming": ConsentState, "overdracht": Body, "acties": ActionKind, "kring": RelationKind, "plan": Post}
TITLES = {
    "step": ("verloop", ""),
    "outside": ("overdracht", gettext_lazy("Naar buiten overgedragen")),
    "arrived": ("overdracht", gettext_lazy("Overdracht ontvangen")),
    "consent": ("toestemming", gettext_lazy("Toestemming")),
    "shared": ("verloop", gettext_lazy("Gedeeld door het meldpunt")),
    "planned": ("acties", gettext_lazy("Actie gepland")),
    "done": ("acties", gettext_lazy("Actie klaar")),
    "dropped": ("acties", gettext_lazy("Actie vervallen")),
    "contact": ("contact", gettext_lazy("Contact")),
    "contract": ("contact", gettext_lazy("Afspraken over contact gelezen")),
    "peer": ("kring", gettext_lazy("In de kring gezet")),
    "asked": ("kring", gettext_lazy("Gevraagd: ook benaderd?")),
    "post": ("plan", gettext_lazy("Afgesproken wie dit doet")),
    "goal": ("plan", gettext_lazy("Doel gezet")),
    "meeting": ("overleg", gettext_lazy("Besproken in het overleg")),
    "note": ("notities", gettext_lazy("Notitie")),
    "file": ("bestanden", gettext_lazy("Bestand toegevoegd")),
}
