"""Cases at the desk: where each one is, its clocks and its history. The networks' own notes are not the desk's."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role, unlocked
from signals.actions import Clash, keeping, routing, triage
from signals.desk import case_page as desk_case
from signals.desk import matches, presence, timeline
from signals.forms.routing import HandOverForm, RecallForm
from signals.forms.triage import NoteForm, VersionedForm
from signals.models import Assignment, Case, ReopenProposal, Signal, StaffDraft
from signals.queue.rail import desk_rail
from signals.views.clash import clash, recall_clash
from signals.views.typed import keep_all, start_with, unlocked_or_kept
from signals.workflow import NotAllowed


def case_or_404(request: HttpRequest, reference: str) -> Case:
    """Return the case where this user may see it at the desk, with the names of the forms in `has_drafts`; raises Http404."""
    proposed = Exists(ReopenProposal.objects.waiting().filter(case=OuterRef("pk")))
    drafts = ArraySubquery(StaffDraft.objects.filter(user=request.user, object_id=OuterRef("pk")).values("form"))
    sent = Exists(Assignment.objects.filter(case=OuterRef("pk")))
    found = Case.objects.for_desk(request.user).select_related("municipality")
    found = found.annotate(
        maybe_again=proposed, has_drafts=drafts, was_sent=sent,
        consent_steps=timeline.consents_as_column(), handed_over=timeline.dispatches_as_column(),
    )  # fmt: skip
    return get_object_or_404(found, reference=reference)


def may_recall(request: HttpRequest, found: Case) -> list[Assignment]:
    """Return the letters of a case that no network has accepted yet, who leads first."""
    letters = Assignment.objects.visible_to(request.user).unconfirmed().filter(case=found)
    return list(letters.select_related("team").order_by("part", "pk"))


def page(request: HttpRequest, found: Case, *, status: int = 200, unsent: str = "", **typed) -> HttpResponse:
    """Show a case; `typed` (recall_form, hand_over_form) carries what was filled in, `unsent` words without a form."""
    about = desk_case.about_case(request.keyring, found)
    drafts = keeping.kept_of(request.keyring, found) if found.has_drafts or status != 200 else {}
    chosen = timeline.chosen_of(request.GET)
    presence.seen(request.user, found)
    forms = {
        "recall_form": RecallForm(letters=about.unconfirmed, initial=start_with(drafts, "recall")),
        "hand_over_form": HandOverForm(initial=start_with(drafts, "hand_over") | {"version": found.version}),
        "note_form": NoteForm(initial=start_with(drafts, "note")),
    }
    context = desk_rail(request.user, "cases") | forms | typed
    context |= {
        "case": found, "about": about, "unsent_words": unsent, "drafts": drafts,
        "unsent": [draft for form, draft in drafts.items() if form not in waiting_forms(about)],
        "here": presence.at_once([found], request.user).get(found.pk, []),
        "moments": timeline.ordered(about.moments + readings_and_sharing(found), chosen),
        "chips": timeline.chips(chosen), "joined": just_joined(request, about.signals),
        "panel": matches.panel_of(request.user, found, about.signals, context["to_compare"]),
        "form": next(iter(typed.values()), None), "back_to": reverse("case", args=[found.reference]),
    }  # fmt: skip
    return render(request, "signals/desk/case.html", context, status=status)


def readings_and_sharing(found: Case) -> list[timeline.Moment]:
    """Return who looked, what the person concerned agreed to, and what went outside."""
    return timeline.readings_of(found) + timeline.of_consents(found.consent_steps) + timeline.of_dispatches(found.handed_over)


def waiting_forms(about: desk_case.About) -> set[str]:
    """Return the forms that still show what was typed in them: here, or on the page where a network is chosen."""
    return {"note"} | ({"hand_over", "route"} if about.may_route else {"recall"} if about.may_recall else set())


def just_joined(request: HttpRequest, signals: list[Signal]) -> Signal | None:
    """Return the signal that the address says was joined just now, where it is in this case with others."""
    wanted = request.GET.get("erbij", "")
    found = next((signal for signal in signals if signal.reference == wanted), None)
    return found if len(signals) > 1 else None


@role("coordinator")
@unlocked
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case: its state, the delivery of its letters, its signals and what networks may read."""
    return page(request, case_or_404(request, reference))


def too_late(request: HttpRequest, reference: str, *, unsent: str = "", **typed) -> HttpResponse:
    """Say that somebody was first, and show the case as it is now with what was typed (409)."""
    messages.warning(request, _("De zaak is veranderd sinds je deze pagina opende. Kijk wat er nu staat."))
    found = case_or_404(request, reference)
    if request.method == "POST":
        keep_all(request, found)
    for form in typed.values():
        if isinstance(form, VersionedForm):
            form.renew(found.version)
    return page(request, found, status=409, unsent=unsent, **typed)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note about a case, for the desk only."""
    found = case_or_404(request, reference)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, note_form=form)
    try:
        triage.write_note(found, by=request.user, keyring=request.keyring, words=form.cleaned_data["words"])
    except NotAllowed:
        return too_late(request, reference, note_form=form)
    keeping.forget(found, "note", *request.POST.getlist("instead-of"), by=request.user)
    messages.success(request, _("Je notitie is bewaard."))
    return redirect("case", reference)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def recall(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the letter back, as long as the network has not accepted."""
    found = case_or_404(request, reference)
    letters = may_recall(request, found)
    form = RecallForm(request.POST, letters=letters)
    if not form.is_valid() and letters:
        return page(request, found, status=422, recall_form=form)
    letter = form.chosen()
    try:
        if letter is None:
            raise NotAllowed("nothing to recall")
        routing.recall(letter, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except NotAllowed:
        return recall_clash(request, case_or_404(request, reference), form, may_recall(request, found))
    keeping.forget(found, "recall", by=request.user)
    messages.success(request, _("De zaak is terug bij het meldpunt."))
    return redirect("case", reference)


@role("coordinator")
@unlocked_or_kept("case")
@require_POST
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand the case over to a body outside the networks, and close it."""
    found = case_or_404(request, reference)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, hand_over_form=form)
    try:
        routing.hand_over_outside(found, by=request.user, keyring=request.keyring, **form.cleaned_data)
    except Clash:
        return clash(request, case_or_404(request, reference), form, kept=form.cleaned_data["version"])
    except NotAllowed:
        return too_late(request, reference, unsent=form.cleaned_data["words"], hand_over_form=form)
    keeping.forget(found, "hand_over", by=request.user)
    messages.success(request, _("De zaak is overgedragen en afgesloten."))
    return redirect("case", reference)
