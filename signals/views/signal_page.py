"""The page of one signal: facts on the left, the next step and what happened on the right."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from meldpunt.audit.log import at_once
from meldpunt.teams.access import role, unlocked
from signals.actions import keeping
from signals.actions.leases import held_by_another
from signals.desk import matches, presence, timeline
from signals.desk import signal_page as desk
from signals.files import listing as files
from signals.forms.triage import (
    DecideForm,
    FormForm,
    NoteForm,
    PlaceForm,
    ReopenForm,
    TakeOverForm,
    UrgencyForm,
)
from signals.mailbox import desk as desk_mailbox
from signals.models import Case, Signal, StaffDraft
from signals.places.gazetteer import gazetteer
from signals.querysets import UNDECIDED
from signals.queue.neighbours import neighbours_of
from signals.queue.rail import desk_rail
from signals.views.typed import start_with
from signals.workflow import SignalState

DECIDING = {"decide", "place", "form", "urgency", "over", "note"}
DECIDED = {"place", "form", "urgency", "reopen", "note"}


def signal_or_404(request: HttpRequest, reference: str) -> Signal:
    """Return the signal where this user may see it; raises Http404."""
    found = Signal.objects.visible_to(request.user).select_related(
        "municipality__coverage__team", "case", "claimed_by", "same_as", "was_case", "taken_in_by", "from_case"
    )
    drafts = StaffDraft.objects.filter(user=request.user, object_id=OuterRef("pk"))
    origin = Case.objects.visible_to(request.user).filter(pk=OuterRef("from_case"))
    found = desk_mailbox.beside(found).annotate(has_drafts=Exists(drafts), sees_origin=Exists(origin))
    sealed_elsewhere = (
        "headline", "filed_once", "case__shared", "same_as__report", "from_case__shared",
    )  # fmt: skip
    return get_object_or_404(found.defer(*sealed_elsewhere), reference=reference)


def to_signal(request: HttpRequest, reference: str) -> HttpResponse:
    """Go back to the page of a signal, within the list that the reader came from."""
    query = request.GET.urlencode()
    return redirect(reverse("signal", args=[reference]) + (f"?{query}" if query else ""))


def forms_of(signal: Signal, drafts: dict, municipalities: dict[str, str]) -> dict:
    """Return the forms of the page, each with what this person typed in it earlier and did not send."""
    return {
        "decide_form": DecideForm(initial=start_with(drafts, "decide") | {"version": signal.version}),
        "place_form": PlaceForm(
            initial=start_with(drafts, "place", municipality=signal.municipality_id) | {"version": signal.version},
            municipalities=municipalities,
        ),
        "form_form": FormForm(
            initial=start_with(drafts, "form", form=signal.form) | {"version": signal.version}
        ),
        "urgency_form": UrgencyForm(
            initial=start_with(drafts, "urgency", urgency=signal.urgency) | {"version": signal.version}
        ),
        "reopen_form": ReopenForm(initial=start_with(drafts, "reopen") | {"version": signal.version}),
        "over_form": TakeOverForm(initial=start_with(drafts, "over")),
        "note_form": NoteForm(initial=start_with(drafts, "note")),
    }


def page(
    request: HttpRequest, signal: Signal, *, status: int = 200, mail: dict | None = None, **typed
) -> HttpResponse:
    """Show a signal; `typed` (decide_form, place_form …) carries what was filled in, `mail` what the mailbox shows."""
    known = gazetteer()
    with at_once():
        facts = desk.facts_of(request.keyring, signal, known)
        box = desk_mailbox.box_of(request.keyring, signal, **(mail or {}))
        shown_files = files.for_desk(request.keyring, signal) if signal.has_files else []
    drafts = keeping.kept_of(request.keyring, signal) if signal.has_drafts else {}
    deciding = signal.state in UNDECIDED
    chosen = timeline.chosen_of(request.GET)
    moments = facts.moments + timeline.readings_of(signal) + beside(box, shown_files)
    presence.seen(request.user, signal)
    context = desk_rail(request.user, "queue") | forms_of(signal, drafts, known.municipalities) | typed
    context |= {
        "signal": signal, "facts": facts, "box": box, "deciding": deciding, "drafts": drafts,
        "shown_files": shown_files, "shown_until": shown_until(box, shown_files),
        "unsent": [draft for form, draft in drafts.items() if form not in (DECIDING if deciding else DECIDED)],
        "mine": signal.claimed_by_id == request.user.pk and signal.state == SignalState.IN_TRIAGE,
        "held": held_by_another(signal, request.user),
        "here": presence.at_once([signal], request.user).get(signal.pk, []),
        "panel": matches.panel_of(request.user, signal, [signal], context["to_compare"]),
        "moments": timeline.ordered(moments, chosen), "chips": timeline.chips(chosen),
        "pager": neighbours_of(request.user, request.GET, signal), "place": query_without(request, "toon"),
        "form": next(iter(typed.values()), None), "back_to": reverse("signal", args=[signal.reference]),
    }  # fmt: skip
    return render(request, "signals/desk/signal.html", context, status=status)


def beside(box: desk_mailbox.Box, shown_files: list[files.Shown]) -> list[timeline.Moment]:
    """Return what lies beside a signal as moments: messages and files."""
    letters = timeline.of_messages([letter.message for letter in box.letters])
    return letters + timeline.of_files([shown.row for shown in shown_files])


def shown_until(box: desk_mailbox.Box, shown_files: list[files.Shown]) -> str:
    """Return the moment of the newest thing of the referrer on the page, as it is posted; "" where there is none."""
    came = [letter.message.at for letter in box.letters if letter.from_referrer]
    came += [shown.row.added_at for shown in shown_files if shown.came_later]
    return max(came).isoformat() if came else ""


def query_without(request: HttpRequest, *names: str) -> str:
    """Return the parameters of this address without `names`: the list that the reader came from."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


@role("coordinator")
@unlocked
@require_safe
def signal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the referrer filed; the reading is in the log."""
    return page(request, signal_or_404(request, reference))
