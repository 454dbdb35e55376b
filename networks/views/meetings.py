"""A meeting of a network: its agenda, who is there, closing it, and what was decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.teams.access import role
from meldpunt.teams.models import Role
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions import meetings as acts
from networks.forms.meeting import ChairsForm, LaterForm, ThereForm, WordsForm
from networks.meeting import reading as shown
from networks.meeting.agenda import open_decisions
from networks.models import Meeting, MeetingItem
from networks.views.inbox import menu
from networks.views.page import unlock_first
from signals.actions import Clash
from signals.models import Assignment
from signals.workflow import NotAllowed


def meeting_or_404(user, pk) -> Meeting:
    """Return a meeting of `user`'s networks, with `since`: when the one before it ended; raises Http404."""
    before = Meeting.objects.filter(team=OuterRef("team"), closed_at__isnull=False, begins_at__lt=OuterRef("begins_at"))
    found = Meeting.objects.visible_to(user).select_related("team", "chair", "substitute", "now_at")
    found = found.annotate(since=Subquery(before.order_by("-begins_at").values("closed_at")[:1]))
    return get_object_or_404(found.defer("chair__password", "substitute__password", "now_at__content"), pk=pk)


def tried(request: HttpRequest, act, *, done: str = "") -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer. A clash or a late act is said in a message."""
    try:
        act()
    except Locked:
        return unlock_first(request)
    except (Assignment.DoesNotExist, MeetingItem.DoesNotExist, Meeting.DoesNotExist) as error:
        raise Http404 from error
    except (Clash, NotAllowed):
        messages.warning(request, _("Een collega was je voor. Kijk wat er nu staat."))
        return None
    if done:
        messages.success(request, done)
    return None


def meeting_page(request: HttpRequest, meeting: Meeting, *, status: int = 200, **typed) -> HttpResponse:
    """Show a meeting: its agenda, who is there, the chair's own list; `typed` carries what was filled in."""
    if request.keyring is None:
        return unlock_first(request)
    lines = shown.lines_of(request.user, meeting)
    (said, ties), people = shown.said_of(request.keyring, meeting, lines), shown.people_of(meeting)
    leads = request.user.role_in(meeting.team) == Role.LEAD
    ahead = [line for line in lines if line.state != "done" and line.turns]
    context = menu(request, "") | {
        "meeting": meeting, "said": said, "lines": lines, "people": people,
        "next_line": ahead[0] if ahead and not meeting.closed_at else None,
        "leads": leads, "ties": ties, "instead": instead_of(request.user, lines),
        "chairs_form": chairs_form(meeting, people) if leads and not meeting.closed_at else None,
        "nobody_noted": not any(was_there for _user, was_there in people),
        "decisions": decisions_of(request.user, meeting) if meeting.closed_at else [],
        "there_form": ThereForm(people=people, initial={"guests": said.guests, "version": meeting.version}),
        "closing_form": WordsForm(), "later_form": LaterForm(), "form": next(iter(typed.values()), None),
    } | typed  # fmt: skip
    return render(request, "networks/meeting.html", context, status=status)


def instead_of(user, lines: list[shown.Line]) -> list[shown.Line]:
    """Return the cases ahead that `user` chairs instead of the chair of the meeting."""
    mine = [line for line in lines if line.apart and line.state != "done" and line.seat.chair == user]
    return [line for line in mine if line.item.meeting.chair_id != user.pk]


def chairs_form(meeting: Meeting, people: list) -> ChairsForm:
    """Return the form that says who chairs."""
    initial = {"chair": meeting.chair_id, "substitute": meeting.substitute_id or "", "version": meeting.version}
    return ChairsForm(people=[user for user, _there in people], initial=initial)


def decisions_of(user, meeting: Meeting) -> list:
    """Return what a meeting decided and is still open, of the cases that `user` may see."""
    visible = Assignment.objects.visible_to(user)
    found = open_decisions(meeting).filter(assignment__in=visible).select_related("assignment__case", "owner")
    return list(found.defer("content", "owner__password", "assignment__case__shared"))


@role("member", "lead")
@require_safe
def meeting(request: HttpRequest, pk) -> HttpResponse:
    """Show a meeting."""
    return meeting_page(request, meeting_or_404(request.user, pk))


@role("member", "lead")
@require_safe
def now(request: HttpRequest, pk) -> HttpResponse:
    """Tell a phone beside the screen which case it is now: its number among those that this reader sees, and its address."""
    found = meeting_or_404(request.user, pk)
    lines = shown.lines_of(request.user, found)
    at = next((line for line in lines if line.state == "now"), None)
    answer = {"number": at.number if at else 0, "of": len(lines), "over": bool(found.closed_at)}
    return JsonResponse(answer | {"reference": at.item.assignment.case.reference if at else ""})


@role("member", "lead")
@require_safe
def blank(request: HttpRequest, pk) -> HttpResponse:
    """Show nothing of any case, for a pause on the big screen."""
    context = {"meeting": meeting_or_404(request.user, pk)}
    return render(request, "networks/meeting_blank.html", menu(request, "") | context)


@role("member", "lead")
@require_POST
def agenda(request: HttpRequest, pk) -> HttpResponse:
    """Make the agenda anew, put a case on it, or take one off."""
    found = meeting_or_404(request.user, pk)
    reference = request.POST.get("case", "").strip().upper()

    def act():
        if "drop" in request.POST:
            acts.drop_case(item_or_404(request.user, found, request.POST["drop"]), by=request.user)
        elif reference:
            acts.add_case(found, reading.held_or_404(request.user, reference), by=request.user)
        else:
            acts.renew_agenda(found, by=request.user)

    return tried(request, act) or redirect(found)


def item_or_404(user, meeting: Meeting, reference: str) -> MeetingItem:
    """Return the case `reference` on the agenda of a meeting, as `user` may see it; raises Http404."""
    found = MeetingItem.objects.visible_to(user).filter(meeting=meeting).select_related("assignment__case")
    item = get_object_or_404(found, assignment__case__reference=reference)
    item.meeting = meeting
    return item


@role("member", "lead")
@require_POST
def there(request: HttpRequest, pk) -> HttpResponse:
    """Keep who is there."""
    found = meeting_or_404(request.user, pk)
    form = ThereForm(request.POST, people=shown.people_of(found))
    if not form.is_valid():
        return meeting_page(request, found, status=422, there_form=form)

    clashed = []

    def act():
        try:
            acts.note_who_is_there(
                found, by=request.user, keyring=request.keyring, there=form.there(),
                guests=form.cleaned_data["guests"], version=form.cleaned_data["version"],
            )  # fmt: skip
        except Clash:
            clashed.append(True)
            raise

    failed = tried(request, act, done=_("Bewaard wie er zijn."))
    if failed or not clashed:
        return failed or redirect(found)
    now_there = meeting_or_404(request.user, pk)
    form.renew(now_there.version)
    return meeting_page(request, now_there, status=409, there_form=form)


@role("member", "lead")
@require_POST
def close(request: HttpRequest, pk) -> HttpResponse:
    """End the meeting, after asking once more: what was said in it never changes afterwards."""
    found, form = meeting_or_404(request.user, pk), WordsForm(request.POST)
    if request.user.role_in(found.team) != Role.LEAD:
        raise PermissionDenied
    if not form.is_valid() or "change" in request.POST:
        return meeting_page(request, found, status=422 if form.errors else 200, closing_form=form)
    sure, words = request.POST.get("confirmed") == "1", form.cleaned_data["words"]
    left = []

    def act():
        try:
            if sure:
                acts.close(found, by=request.user, keyring=request.keyring, words=words)
            else:
                acts.check_answered(found, by=request.user)
        except acts.Unanswered as open_cases:
            left.append(open_cases.number)

    if failed := tried(request, act):
        return failed
    if found.closed_at is not None:
        return meeting_page(request, found, status=409, later_form=LaterForm(initial={"words": words}))
    if left:
        messages.warning(request, _unanswered(left[0]))
        return meeting_page(request, found, status=409, closing_form=form)
    return redirect(found) if sure else ask_to_close(request, found, form)


def _unanswered(number: int) -> str:
    said = ngettext(
        "Van %(n)d besproken zaak staan de vier vragen nog open.",
        "Van %(n)d besproken zaken staan de vier vragen nog open.", number,
    )  # fmt: skip
    return said % {"n": number}


def ask_to_close(request: HttpRequest, meeting: Meeting, form: WordsForm) -> HttpResponse:
    """Ask once more whether a meeting ends: what is kept, and what follows."""
    ahead = sum(line.state != "done" for line in shown.lines_of(request.user, meeting))
    to_do = [action for action in decisions_of(request.user, meeting) if action.owner_id]
    context = {"meeting": meeting, "form": form, "ahead": ahead, "to_do": len(to_do)}
    return render(request, "networks/meeting_close.html", menu(request, "") | context)


@role("member", "lead")
@require_POST
def later(request: HttpRequest, pk) -> HttpResponse:
    """Add a line to the report of a meeting that is over."""
    found, form = meeting_or_404(request.user, pk), LaterForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, found, status=422, later_form=form)

    def act():
        acts.add_later(found, by=request.user, keyring=request.keyring, words=form.cleaned_data["words"])

    return tried(request, act, done=_("De aanvulling staat erbij.")) or redirect(found)
