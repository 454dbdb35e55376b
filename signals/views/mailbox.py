"""The desk's side of the mailbox: write, ask back, mark as read, settle what a referrer asked for."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldpunt.teams.access import role
from signals.actions import Clash, mailbox, requests
from signals.forms.mailbox import RequestForm
from signals.mailbox import desk as desk_mailbox
from signals.models import Message, MessageKind, Signal, TextPurpose
from signals.views.signal_page import page, signal_or_404
from signals.views.triage import attempt
from signals.views.typed import unlocked_or_kept
from signals.workflow import NotAllowed


def back_to(signal: Signal) -> HttpResponse:
    """Go back to the mailbox on the page of the signal."""
    return redirect(f"{signal.get_absolute_url()}#berichten")


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to the referrer: first a standard text or a preview where that button was pressed."""
    found = signal_or_404(request, reference)
    form = desk_mailbox.compose_form(found, request.POST)
    if "pick" in request.POST:
        form.with_text()
        return page(request, found, mail={"compose": form})
    if not form.is_valid():
        return page(request, found, status=422, compose=form, mail={"compose": form})
    if "preview" in request.POST:
        return page(request, found, mail={"compose": form, "preview": form.cleaned_data["words"]})
    return _send(request, found, form)


def _send(request: HttpRequest, found: Signal, form) -> HttpResponse:
    given = form.cleaned_data
    once = mailbox.once_for(found, bytes.fromhex(given["once"]))
    common = {"by": request.user, "keyring": request.keyring, "words": given["words"], "once": once}
    asking = given["purpose"] == TextPurpose.ASK
    if asking:
        def act():
            mailbox.ask_back(found, version=given["version"], **common)
    else:
        def act():
            mailbox.write_to_referrer(found, purpose=given["purpose"], **common)
    if failed := attempt(request, found, act, compose_form=form):
        return failed
    said = _("Je vraag is verstuurd. De melding wacht op antwoord.") if asking else _("Je bericht is verstuurd.")
    messages.success(request, said)
    return back_to(found)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def mark_read(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark as read what the page showed of the referrer; nothing where it does not say up to which moment."""
    found = signal_or_404(request, reference)
    if until := _moment(request.POST.get("until", "")):
        mailbox.mark_read(found, by=request.user, until=until)
    return back_to(found)


def _moment(typed: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def settle(request: HttpRequest, reference: str, message) -> HttpResponse:
    """Grant or refuse a request of the referrer."""
    found = signal_or_404(request, reference)
    asked = get_object_or_404(Message.objects.exclude(kind=MessageKind.WORDS), pk=message, signal=found)
    form = RequestForm(request.POST)
    in_case = asked.kind == MessageKind.WITHDRAW and found.case_id and form.grants
    valid = form.is_valid()
    if in_case:
        form.add_error(None, _("Deze melding hoort bij een zaak. Maak haar daar eerst los, en trek haar dan in."))
    if in_case or not valid:
        return page(request, found, status=422, settle=form, mail={"settle": (str(asked.pk), form)})
    return _settled(request, found, asked, form)


def _settled(request: HttpRequest, found: Signal, asked: Message, form: RequestForm) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("words", "version")}
    try:
        requests.settle(asked, by=request.user, keyring=request.keyring, grant=form.grants, **given)
    except (Clash, NotAllowed):
        messages.warning(request, _("Een collega was je voor: de melding is veranderd. Kijk wat er nu staat."))
        now = signal_or_404(request, found.reference)
        form.renew(now.version)
        return page(request, now, status=409, mail={"settle": (str(asked.pk), form)})
    done = _("Gedaan. Wat de melder vroeg, geldt nu.") if form.grants else _("Niet gedaan. Alles blijft zoals het was.")
    messages.success(request, done)
    return back_to(found)
