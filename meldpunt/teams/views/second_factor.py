"""The second factor: enrolling at the first sign-in, recovery codes, and giving it again before a heavy act."""

import qrcode
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meldpunt.teams import actions
from meldpunt.teams.access import has_second_factor
from meldpunt.teams.forms import ConfirmForm, EnrolForm
from meldpunt.teams.views.signing_in import next_page


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Connect an authenticator app; nobody goes on without."""
    if has_second_factor(request.user):
        return redirect("start")
    form = EnrolForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.enrol_second_factor(request.user, secret=form.secret)
        clear_totp_secret(request)
        record_authentication(request, request.user, "mfa")
        return redirect("recovery_codes")
    address = get_adapter().build_totp_url(request.user, form.secret)
    secret = [form.secret[i : i + 4] for i in range(0, len(form.secret), 4)]
    return render(request, "mfa/enrol.html", {"form": form, "secret": secret, **drawing(address)})


def drawing(text: str) -> dict:
    """Return `qr_size` (modules) and `qr_path` (of an inline SVG) of the QR code of `text`."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, filled in enumerate(row) if filled]
    return {"qr_size": len(matrix), "qr_path": "".join(dark)}


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes until their owner says that they are kept; never again after that."""
    row = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None or row.wrap().did_view:
        return redirect("start")
    if request.method == "POST":
        row.wrap().mark_as_viewed()
        return redirect("start")
    return render(request, "mfa/recovery_codes.html", {"codes": row.wrap().get_unused_codes()})


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor again, and go on."""
    form = ConfirmForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(next_page(request))
    return render(request, "mfa/confirm.html", {"form": form, "next": next_page(request)})
