"""Coming back with the code: one sentence about what happens, the same for everybody, and the messages."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.teams.access import public
from meldpunt.teams.limits import allow, allow_account
from meldpunt.vault import codes, referrers
from signals.actions.mailbox import once_for, open_thread, write_as_referrer
from signals.actions.requests import AlreadyAsked, ask_for_contact, ask_to_withdraw
from signals.files import listing as files
from signals.forms.files import LaterFileForm
from signals.forms.returning import (
    LONGEST_MESSAGE,
    WAYS,
    WRONG,
    CodeForm,
    LastFourForm,
    NewContactForm,
    ReplyForm,
    WithdrawForm,
)
from signals.mailbox import reading as mailbox
from signals.mailbox import visits
from signals.models import Signal
from signals.workflow import CaseState, Decision, SignalState

STATUS = {
    "received": gettext_lazy("Je melding is binnen. Wij gaan hem lezen."),
    "read": gettext_lazy("Je melding is gelezen."),
    "handling": gettext_lazy("Er wordt aan gewerkt."),
    "handled": gettext_lazy("Je melding is afgehandeld."),
}
DONE = {
    "1": gettext_lazy("Je bericht is verstuurd. Wij lezen het."),
    "2": gettext_lazy("Je wilt je melding intrekken. Dat weten we nu. Wij gaan dit eerst na."),
    "3": gettext_lazy("Je nieuwe code werkt. De oude werkt niet meer."),
    "4": gettext_lazy("Je bestand is verstuurd. Wij kijken ernaar."),
    "5": gettext_lazy("Je wilt een andere manier van contact. Dat weten we nu. Wij gaan dit eerst na."),
}


def status_of(signal: Signal) -> str:
    """Return received, read, handling or handled; it never tells whether somebody was known already.

    A duplicate goes with the report that it is the same as, and is never less far than one that opened a case.
    """
    if signal.state == SignalState.RECEIVED:
        return "received"
    if signal.state in (SignalState.IN_TRIAGE, SignalState.ASKED):
        return "read"
    first = _first_of(signal)
    if first.state in (SignalState.RECEIVED, SignalState.IN_TRIAGE, SignalState.ASKED):
        return "handling"
    if first.case is None or first.case.state in (CaseState.CLOSED, CaseState.DESTROYED):
        return "handled"
    return "handling"


def _first_of(signal: Signal) -> Signal:
    """Return the report that a duplicate leads to, also over others; the signal itself where it is none."""
    seen = set()
    while signal.decision == Decision.DUPLICATE and signal.same_as_id and signal.pk not in seen:
        seen.add(signal.pk)
        signal = signal.same_as
    return signal


def see_thread(done: str = "") -> HttpResponse:
    """Go to the messages with a GET; `done` is one of DONE."""
    response = redirect("thread")
    response.status_code = 303
    if done:
        response["Location"] += f"?ok={done}"
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
def return_with_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; it goes by POST only. What is wrong, foreign or expired takes the same way."""
    if request.method != "POST":
        return render(request, "signals/return.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "signals/return.html", {"form": form}, status=422)
    ring = referrers.open_with_code(form.cleaned_data["code"])
    signal = visits.signal_of(ring)
    if ring is None or signal is None:
        return _wrong(request, form)
    return _enter(request, ring, signal, form.cleaned_data["kept"][:LONGEST_MESSAGE])


def _wrong(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Say that the code is wrong; after many tries of one source, or of all, to wait. A right code never waits."""
    here = allow(request, "code", settings.CODES_PER_SOURCE)
    anywhere = allow_account("wrong-codes", settings.WRONG_CODES_PER_HOUR, account="")
    busy = not (here and anywhere)
    if not busy:
        form.add_error("code", WRONG)
    response = render(request, "signals/return.html", {"form": form, "busy": busy}, status=429 if busy else 422)
    if busy:
        response["Retry-After"] = "60"
    return response


@transaction.atomic
def _enter(request: HttpRequest, ring, signal: Signal, kept: str) -> HttpResponse:
    """Begin the visit; who was read a code over the telephone first gets another."""
    if ring.row.must_change_code:
        response = redirect("new_code")
        response.status_code = 303
        visits.start(request, response, ring, new_code=codes.new_code(), unsent=kept)
        return response
    response = see_thread()
    visits.start(request, response, ring, unsent=kept)
    open_thread(signal)
    return response


def lapsed(request: HttpRequest) -> HttpResponse:
    """The ten minutes are over: ask for the code again; what was being written goes along."""
    form = CodeForm(initial={"kept": request.POST.get("reply-words", "")[:LONGEST_MESSAGE]})
    return render(request, "signals/return.html", {"form": form, "lapsed": True}, status=403)


def thread_page(request: HttpRequest, visit: visits.OpenVisit, *, status: int = 200, **typed) -> HttpResponse:
    """Show the status and the messages; `typed` (reply_form …) carries what was filled in."""
    forms = {
        "reply_form": ReplyForm(initial={"words": visit.data.get("unsent", "")}),
        "withdraw_form": WithdrawForm(),
        "contact_form": NewContactForm(),
        "file_form": LaterFileForm(),
    }
    letters = mailbox.letters(visit.ring, visit.signal)
    context = forms | typed | {
        "reference": visit.signal.reference,
        "status": STATUS[status_of(visit.signal)],
        "letters": letters,
        "own_files": files.files_for_referrer(visit.ring, visit.signal),
        "ways": WAYS,
        "waiting": {one.message.kind for one in letters if one.message.waits},
        "done": DONE.get(request.GET.get("ok", "")),
        "form": next(iter(typed.values()), None),
        "idle": settings.VISIT_WARNING_SECONDS,
        "left": settings.VISIT_SECONDS - settings.VISIT_WARNING_SECONDS,
    }  # fmt: skip
    return render(request, "signals/thread.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest) -> HttpResponse:
    """Read the messages, write one, or ask for one of the two things that a coordinator has to check."""
    visit = visits.open_visit(request)
    if visit is None:
        return lapsed(request) if request.method == "POST" else redirect("return")
    if "new_code" in visit.data:
        return redirect("new_code")
    if request.method != "POST":
        return thread_page(request, visit)
    name, form_class, act, done = ACTS.get(request.POST.get("act", ""), ACTS["reply"])
    form = form_class(request.POST)
    if form.is_valid() and not allow_account("message", settings.MESSAGES_PER_HOUR, account=str(visit.signal.pk)):
        form.add_error(None, _("Je stuurde veel berichten. Wacht even en probeer het dan opnieuw."))
    if not form.is_valid():
        return thread_page(request, visit, status=422, **{name: form})
    try:
        act(visit, form, once_for(visit.signal, bytes.fromhex(form.cleaned_data["once"])))
    except AlreadyAsked:
        form.add_error(None, _("Dit heb je al gevraagd. Wij zijn ermee bezig."))
        return thread_page(request, visit, status=422, **{name: form})
    if visit.data.pop("unsent", ""):
        visits.keep(request, visit)
    return see_thread(done)


def _reply(visit: visits.OpenVisit, form: ReplyForm, once: bytes) -> None:
    write_as_referrer(visit.signal, ring=visit.ring, words=form.cleaned_data["words"], once=once)


def _withdraw(visit: visits.OpenVisit, form: WithdrawForm, once: bytes) -> None:
    ask_to_withdraw(visit.signal, ring=visit.ring, words=form.cleaned_data["words"], once=once)


def _contact(visit: visits.OpenVisit, form: NewContactForm, once: bytes) -> None:
    ask_for_contact(visit.signal, ring=visit.ring, wanted=form.wanted(), once=once)


ACTS = {
    "reply": ("reply_form", ReplyForm, _reply, "1"),
    "withdraw": ("withdraw_form", WithdrawForm, _withdraw, "2"),
    "contact": ("contact_form", NewContactForm, _contact, "5"),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest) -> HttpResponse:
    """Give a code that nobody else has heard; the old one works until the last four symbols were typed."""
    visit = visits.open_visit(request)
    if visit is None or "new_code" not in visit.data:
        return redirect("return" if visit is None else "thread")
    code = visit.data["new_code"]
    form = LastFourForm(request.POST if request.method == "POST" else None, code=code)
    if not form.is_valid():
        context = {"form": form, "groups": codes.grouped(code), "reference": visit.signal.reference}
        return render(request, "signals/new_code.html", context, status=422 if form.errors else 200)
    return _take_new_code(request, visit, visit.data.pop("new_code"))


@transaction.atomic
def _take_new_code(request: HttpRequest, visit: visits.OpenVisit, code: str) -> HttpResponse:
    ring = referrers.change_code(visit.ring, code)
    if ring is None:
        return redirect("return")
    visit.ring = ring
    visits.keep(request, visit)
    open_thread(visit.signal)
    return see_thread("3")


@public
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Give the visit ten minutes more: somebody said that they are still there."""
    return HttpResponse(status=204 if visits.open_visit(request) else 410)
