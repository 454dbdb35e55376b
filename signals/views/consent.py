"""What the person concerned agrees to share. For the desk, and for who works the case in the network that leads it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.audit.log import record
from meldpunt.notices.actions import mark_read
from meldpunt.teams.access import role
from meldpunt.teams.rail import rail
from signals.actions import Clash, consenting, keeping
from signals.actions import copies as asking
from signals.forms.consent import ConsentForm, CopiesForm, NextAnswerForm
from signals.models import Case, Consent, CopyCheck, Dispatch, Task
from signals.models.consent import letters_worked_by
from signals.models.task import TaskKind
from signals.queue.rail import desk_rail
from signals.sharing import asked
from signals.sharing.consent import NEXT
from signals.views.typed import start_with, unlock_here
from signals.workflow import NotAllowed

FORMS = ("consent", "answered")


def _case(request: HttpRequest, reference: str) -> Case:
    """Return the case; of a network only who reads what colleagues write gets it."""
    user = request.user
    if user.is_coordinator:
        return get_object_or_404(Case.objects.for_desk(user).defer("shared"), reference=reference)
    letters = letters_worked_by(user).select_related("case").defer("case__shared")
    letter = get_object_or_404(letters, case__reference=reference)
    if not asked.may_note(user, letter):
        raise Http404
    return letter.case


def _around(request: HttpRequest, case: Case) -> dict:
    if request.user.is_coordinator:
        ended = Task.objects.filter(case=case, kind=TaskKind.CONSENT_ENDED, done_at=None).exists()
        return desk_rail(request.user, "cases") | {"case": case, "back_to": case.get_absolute_url(), "ended": ended, "sent": consenting.sent_by_consent(case) if ended else []}
    return rail(request) | {"case": case, "back_to": reverse("network_case", args=[case.reference])}


def _case_page(request: HttpRequest, case: Case, form: ConsentForm | None = None) -> HttpResponse:
    drafts = keeping.kept_of(request.keyring, case)
    own = start_with(drafts, "consent", on=timezone.localdate())
    shown = form or ConsentForm(initial=own, age_band=case.age_band)
    context = {"asked": asked.asked_about(request.keyring, request.user, case), "consent_form": shown, "form": form}
    status = 422 if form else 200
    return render(request, "signals/consent/case.html", _around(request, case) | context, status=status)


@role("coordinator", "lead", "member")
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked about a case; a POST writes down a question."""
    case = _case(request, reference)
    if request.keyring is None:
        return unlock_here(request, case, FORMS)
    if request.method != "POST":
        return _case_page(request, case)
    form = ConsentForm(request.POST, age_band=case.age_band)
    if not form.is_valid():
        return _case_page(request, case, form)
    try:
        consenting.ask(case, by=request.user, **form.cleaned_data)
    except NotAllowed:
        form.add_error("said_by", _("De leeftijd is intussen veranderd. Kijk het na."))
        return _case_page(request, case, form)
    keeping.forget(case, "consent", by=request.user)
    messages.success(request, _("Opgeschreven. Het geldt meteen."))
    return redirect("consents", reference)


def _one_page(
    request: HttpRequest, case: Case, found: Consent, form: NextAnswerForm | None = None, *, status: int = 200
) -> HttpResponse:
    drafts = keeping.kept_of(request.keyring, case)
    about = asked.asked_about(request.keyring, request.user, case)
    found = next(one for one in about.consents if one.pk == found.pk)
    own = start_with(drafts, "answered", on=timezone.localdate())
    if form is not None:
        own["words"] = form.data.get("answered-words", "")
    wrong = form if status == 422 else None
    again = NextAnswerForm(initial=own | {"version": found.version}, age_band=case.age_band, state=found.state, since=found.last_day)
    shown = wrong or (again if NEXT[found.state] else None)
    context = {"consent": found, "answer_form": shown, "form": wrong, "typed": own.get("words", "")}
    return render(request, "signals/consent/one.html", _around(request, case) | context, status=status)


@role("coordinator", "lead", "member")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """One question with its answers; a POST writes down what was said since."""
    case = _case(request, reference)
    found = get_object_or_404(Consent.objects.visible_to(request.user).filter(case=case), pk=pk)
    if request.keyring is None:
        return unlock_here(request, case, FORMS)
    if request.method != "POST":
        return _one_page(request, case, found)
    form = NextAnswerForm(request.POST, age_band=case.age_band, state=found.state, since=found.last_day)
    if not NEXT[found.state] or form.data.get("answered-version") != str(found.version):
        return _too_late(request, case, found, form)
    if not form.is_valid():
        return _one_page(request, case, found, form, status=422)
    try:
        consenting.answer(found, by=request.user, **form.cleaned_data)
    except (Clash, NotAllowed):
        return _too_late(request, case, found, form)
    keeping.forget(case, "answered", by=request.user)
    messages.success(request, _("Opgeschreven. Het geldt meteen."))
    return redirect("consents", reference)


def _too_late(request: HttpRequest, case: Case, found: Consent, form: NextAnswerForm) -> HttpResponse:
    messages.warning(request, _("Een collega was eerder. Dit staat er nu."))
    return _one_page(request, case, found, form, status=409)


@role("coordinator")
@require_POST
def looked(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that somebody looked what may still be shared."""
    if consenting.looked_at_end(_case(request, reference), by=request.user):
        messages.success(request, _("De taak is klaar."))
    return redirect("consents", reference)


def _copies_page(request: HttpRequest, form: CopiesForm | None = None, pk=None, *, status: int = 200) -> HttpResponse:
    checks = asked.copies_for(request.user)
    handed = [check.dispatch_id for check in checks if check.dispatch_id]
    open_to = set(Dispatch.objects.visible_to(request.user).filter(pk__in=handed).values_list("pk", flat=True))
    for check in checks:
        check.may_look = check.dispatch_id in open_to
        if not check.answer:
            check.form = form if check.pk == pk else CopiesForm()
            check.form.auto_id = f"id_{check.pk}_%s"
    if checks:
        record("list", by=request.user, purpose="copies", rows=checks)
    menu = desk_rail(request.user, "cases") if request.user.is_coordinator else rail(request)
    return render(request, "signals/consent/copies.html", menu | {"checks": checks, "form": form}, status=status)


@role("coordinator", "lead", "member")
@require_safe
def copies(request: HttpRequest) -> HttpResponse:
    """Where copies may be of what was shared by a consent that ended. No content, so no open keys are needed."""
    mark_read(request.user, request.path)
    return _copies_page(request)


@role("coordinator", "lead", "member")
@require_POST
def confirm(request: HttpRequest, pk) -> HttpResponse:
    """Say what became of copies."""
    check = get_object_or_404(CopyCheck.objects.visible_to(request.user), pk=pk)
    form = CopiesForm(request.POST)
    if not form.is_valid():
        return _copies_page(request, form, pk, status=422)
    try:
        asking.confirm_copies(check, by=request.user, **form.cleaned_data)
        messages.success(request, _("Dank je. Het is opgeschreven."))
    except NotAllowed:
        messages.warning(request, _("Een collega was eerder. Dit staat er nu."))
    return redirect("copies")
