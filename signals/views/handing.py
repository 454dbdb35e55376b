"""The desk hands contact with a referrer to a network, takes it back, and mails who asked for that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.teams.access import role
from signals.actions import Clash, contact, contact_writing
from signals.desk import handing
from signals.forms.handing import HandForm
from signals.models import Handover, Signal
from signals.queue.rail import desk_rail
from signals.views.mailbox import back_to
from signals.views.signal_page import signal_or_404
from signals.views.typed import unlocked_or_kept
from signals.workflow import NotAllowed


def ask(request: HttpRequest, signal: Signal, form: HandForm, *, status: int = 200, **more) -> HttpResponse:
    """Show the page on which contact is handed over, or asked once more."""
    context = desk_rail(request.user, "queue") | {"signal": signal, "hand_form": form} | more
    context["form"] = form if form.is_bound else None
    return render(request, "signals/desk/hand_contact.html", context, status=status)


def too_late(request: HttpRequest, signal: Signal) -> HttpResponse:
    """Say that this cannot be done as things are now, and lead back."""
    messages.warning(request, _("Dat kan nu niet. Kijk hoe de melding en de zaak er nu voor staan."))
    return back_to(signal)


@role("coordinator")
@unlocked_or_kept("signal")
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the network and what it reads about safe contact, see what will happen, and hand the contact over."""
    signal = signal_or_404(request, reference)
    letters = handing.may_have(request.user, signal) if signal.case_id else []
    if not letters or not signal.has_code or signal.handed_to:
        return too_late(request, signal)
    terms = handing.terms_for(request.keyring, signal)
    if request.method != "POST":
        return ask(request, signal, HandForm(initial={"version": signal.version}, letters=letters, terms=terms))
    form = HandForm(request.POST, letters=letters)
    if not form.is_valid():
        return ask(request, signal, form, status=422)
    letter = form.letters[form.cleaned_data["letter"]]
    if "confirmed" not in request.POST:
        change = "change" in request.POST
        return ask(request, signal, form, sure=None if change else letter, terms=form.terms(terms.how))
    given = {"terms": form.terms(terms.how), "version": form.cleaned_data["version"]}
    try:
        contact.hand_over(signal, letter, by=request.user, keyring=request.keyring, **given)
    except (Clash, NotAllowed):
        return too_late(request, signal)
    messages.success(request, _("Netwerk %s heeft nu het contact met de melder.") % letter.team.name)
    return back_to(signal)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the contact back, after a page that asks to confirm."""
    signal = signal_or_404(request, reference)
    if "confirmed" not in request.POST:
        row = Handover.objects.visible_to(request.user).running().filter(signal=signal)
        handover = row.select_related("assignment__team", "by").first()
        if handover is None:
            return too_late(request, signal)
        context = desk_rail(request.user, "queue") | {"signal": signal, "handover": handover}
        return render(request, "signals/desk/take_back.html", context)
    try:
        contact.take_back(signal, by=request.user)
    except NotAllowed:
        return too_late(request, signal)
    messages.success(request, _("Het contact met de melder is weer bij het meldpunt."))
    return back_to(signal)


@role("coordinator")
@unlocked_or_kept("signal")
@require_POST
def mail(request: HttpRequest, reference: str) -> HttpResponse:
    """Mail the referrer that something waits: the network wrote, and only the desk has the address."""
    signal = signal_or_404(request, reference)
    contact_writing.mail_referrer(signal, by=request.user, keyring=request.keyring)
    messages.success(request, _("De melder krijgt een e-mail dat er iets klaarstaat."))
    return redirect(signal)
