"""One case on the screen of a meeting: large, names masked, what is late and new, the four questions, and decisions."""

from contextlib import suppress

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from meldpunt.teams.rail import rail
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions import casework, coordination
from networks.actions import meetings as acts
from networks.content import ItemContent
from networks.forms.meeting import BLOCK, BlockForm, MinutesForm, TieForm
from networks.forms.outcome import PulseForm
from networks.forms.work import ActionForm
from networks.meeting import reading as shown
from networks.models import Answer, MeetingItem, Post
from networks.views.clash import choice_of
from networks.views.inbox import menu
from networks.views.meetings import meeting_or_404, tried
from networks.views.page import page_context, unlock_first
from signals.actions import Clash, keeping
from signals.models import Assignment
from signals.views.typed import keep_all, start_with
from signals.workflow import NotAllowed

DRAFTS = frozenset({"block", "minutes", "action", "pulse"})


def line_or_404(request: HttpRequest, pk, reference: str) -> tuple[shown.Line, list[shown.Line]]:
    """Return a case on the agenda of a meeting with the whole agenda, as the reader sees it; raises Http404."""
    meeting = meeting_or_404(request.user, pk)
    lines = shown.lines_of(request.user, meeting)
    line = next((line for line in lines if line.item.assignment.case.reference == reference), None)
    if line is None:
        raise Http404
    return line, lines


def case_screen(request: HttpRequest, line: shown.Line, lines: list, *, status: int = 200, **typed) -> HttpResponse:
    """Show one case; `typed` (block_form, minutes_form, action_form) carries what was filled in."""
    item, letter = line.item, line.item.assignment
    if request.keyring is None:
        return unlock_first(request, letter)
    try:
        screen = shown.screen_of(request.keyring, line)
    except CannotOpen:
        return render(request, "networks/no_key.html", page_context(request, letter), status=403)
    workers, drafts = reading.workers_of(letter), keeping.kept_of(request.keyring, letter)
    said = screen.said or ItemContent()
    answered = {name: getattr(said, name) for name in BLOCK} | {"peers": said.peers or peers_now(screen)}
    block = answered | start_with(drafts, "block") | {"version": item.version}
    at = lines.index(line)
    context = rail(request) | {
        "meeting": item.meeting, "line": line, "lines": lines, "screen": screen, "case": letter.case, "assignment": letter,
        "shared": screen.shared, "leads": request.user.role_in(letter.team) == Role.LEAD,
        "before": lines[at - 1] if at else None, "after": lines[at + 1] if at + 1 < len(lines) else None,
        "block_form": BlockForm(workers=workers, initial=block),
        "minutes_form": MinutesForm(initial=start_with(drafts, "minutes")),
        "action_form": ActionForm(workers=workers, initial=start_with(drafts, "action")),
        "pulse_form": PulseForm(initial=start_with(drafts, "pulse")),
        "pulse": next((one for one in screen.pulses if one.may_answer), None),
        "back_to": request.path, "drafts": drafts, "form": next(iter(typed.values()), None),
    } | typed  # fmt: skip
    return render(request, "networks/meeting_case.html", context, status=status)


def peers_now(screen: shown.Screen) -> str:
    """Return what the circle says by itself: everybody asked, or not yet."""
    return Answer.PARTLY if screen.peers else Answer.YES


@role("member", "lead")
@require_safe
def case(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """Show one case of a meeting."""
    line, lines = line_or_404(request, pk, reference)
    if line.waits_outside or line.is_aside:
        return _apart(request, line)
    return case_screen(request, line, lines)


def _apart(request: HttpRequest, line: shown.Line) -> HttpResponse:
    """Say in neutral words, without a number, that a part of the group stays for the next case."""
    context = {"meeting": line.item.meeting, "case": line.item.assignment.case, "line": line}
    return render(request, "networks/meeting_apart.html", menu(request, "") | context)


@role("member", "lead")
@require_POST
def begin(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """Turn to this case; a case that is talked about apart is announced in neutral words first."""
    line, _lines = line_or_404(request, pk, reference)
    announced = "announced" in request.POST
    if line.waits_outside and not announced:
        return redirect("meeting_case", pk, reference)
    failed = tried(request, lambda: acts.begin_case(line.item, by=request.user, announced=announced))
    return failed or redirect("meeting_case", pk, reference)


def acted(request: HttpRequest, line: shown.Line, lines: list, act, name: str, form) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, gone, or overtaken with what was typed."""
    try:
        act()
    except Locked:
        keep_all(request, line.item.assignment, DRAFTS)
        return unlock_first(request, line.item.assignment)
    except (Assignment.DoesNotExist, MeetingItem.DoesNotExist) as error:
        raise Http404 from error
    except (Clash, NotAllowed) as error:
        keep_all(request, line.item.assignment, DRAFTS)
        line.item.refresh_from_db(fields=["version", "content"])
        if isinstance(error, Clash) and name == "block_form":
            return clash(request, line, form)
        messages.warning(request, _("Een collega was je voor. Kijk wat er nu staat."))
        return case_screen(request, line, lines, status=409, **{name: form})
    return None


def clash(request: HttpRequest, line: shown.Line, form: BlockForm) -> HttpResponse:
    """Answer 409 with both values of the four questions."""
    now = acts.item_content(request.keyring, line.item)
    form.renew(line.item.version)
    labels = {code: str(label) for code, label in Answer.choices}
    choices = []
    for name in BLOCK:
        value = getattr(now, name)
        choices.append(choice_of(form, name, value, labels.get(value) or value or _("leeg")))
    context = page_context(request, line.item.assignment) | {
        "thing": line.item.meeting, "what": _("De vier vragen"), "clashing": form, "choices": choices,
        "rest": [form["coordinator"], form["coordinator_who"]], "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "networks/plan_clash.html", context, status=409)


@role("member", "lead")
@require_POST
def decide(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """Keep the four answers of a case, and go on to the next one."""
    line, lines = line_or_404(request, pk, reference)
    letter = line.item.assignment
    form = BlockForm(request.POST, workers=reading.workers_of(letter))
    if not form.is_valid():
        return case_screen(request, line, lines, status=422, block_form=form)
    version, appointed = form.cleaned_data["version"], form.appointed()

    @transaction.atomic
    def act():
        acts.decide(line.item, by=request.user, keyring=request.keyring, version=version, answers=form.answers())
        if appointed is not None:
            coordination.appoint(letter, by=request.user, keyring=request.keyring, post=Post.COORDINATOR, **appointed)

    if failed := acted(request, line, lines, act, "block_form", form):
        return failed
    keeping.forget(letter, "block", by=request.user)
    messages.success(request, _("De antwoorden zijn bewaard."))
    return onward(request, line, lines)


def onward(request: HttpRequest, line: shown.Line, lines: list) -> HttpResponse:
    """Go to the next case that waits, to the agenda where none does, or stay here where that was asked."""
    pk, reference = line.item.meeting.pk, line.item.assignment.case.reference
    following = next((one for one in lines[lines.index(line) + 1 :] if not one.item.discussed_at), None)
    if following is None or "stay" in request.POST:
        return redirect("meeting", pk) if following is None else redirect("meeting_case", pk, reference)
    return redirect("meeting_case", pk, following.item.assignment.case.reference)


@role("member", "lead")
@require_POST
def decision(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """A decision becomes an action with an owner and a day."""
    line, lines = line_or_404(request, pk, reference)
    letter = line.item.assignment
    form = ActionForm(request.POST, workers=reading.workers_of(letter))
    if not form.is_valid():
        return case_screen(request, line, lines, status=422, action_form=form)

    def act():
        casework.plan_action(
            letter, by=request.user, keyring=request.keyring, meeting=line.item.meeting, **form.cleaned_data
        )

    if failed := acted(request, line, lines, act, "action_form", form):
        return failed
    keeping.forget(letter, "action", by=request.user)
    return redirect(reverse("meeting_case", args=[pk, reference]) + "#besluiten")


@role("member", "lead")
@require_POST
def minutes(request: HttpRequest, pk, reference: str) -> HttpResponse:
    """Add a line to the minutes of this case."""
    line, lines = line_or_404(request, pk, reference)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return case_screen(request, line, lines, status=422, minutes_form=form)

    def act():
        acts.write_minutes(line.item, by=request.user, keyring=request.keyring, words=form.cleaned_data["words"])

    if failed := acted(request, line, lines, act, "minutes_form", form):
        return failed
    keeping.forget(line.item.assignment, "minutes", by=request.user)
    return redirect(reverse("meeting_case", args=[pk, reference]) + "#verslag")


@role("member", "lead")
@require_POST
def tie(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one has a tie with a case, or not any more; only the chair sees it."""
    letter, form = reading.held_or_404(request.user, reference), TieForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""

    def act():
        if "none" in request.POST:
            acts.take_tie_back(letter, by=request.user)
        else:
            acts.declare_tie(letter, by=request.user, keyring=request.keyring, words=words)

    with suppress(CannotOpen):
        if failed := tried(request, act, done=_("Bewaard. Alleen wie deze zaak voorzit, ziet dit.")):
            return failed
    return redirect("network_case", reference)
