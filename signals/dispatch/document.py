"""The document that leaves: a PDF with reference and recipient on every page, encrypted with a password of its own.

Made in memory. The password is in the page that shows it and nowhere else: a signature says that we made it.
"""

import io
import secrets
from pathlib import Path

import pikepdf
from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import timezone, translation

from meldpunt.vault.codes import SYMBOLS
from meldpunt.web.paper import drawn
from signals.dispatch.parts import Sent
from signals.models import Dispatch

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "dispatch.css"
LENGTH = 20  # of 32: 100 random bits
MINUTES = 30
SALT = "dispatch"


def new_password() -> str:
    """Return a password to read out: five groups of four symbols."""
    symbols = "".join(secrets.choice(SYMBOLS) for _place in range(LENGTH))
    return "-".join(symbols[start : start + 4] for start in range(0, LENGTH, 4))


def signed(row: Dispatch, password: str) -> str:
    """Return `password` with a signature that binds it to this handing over, for the page that shows it."""
    return signing.TimestampSigner(salt=f"{SALT}:{row.pk}").sign(password)


def password_in(row: Dispatch, token: str) -> str | None:
    """Return the password in what `signed` gave within half an hour, or None."""
    try:
        return signing.TimestampSigner(salt=f"{SALT}:{row.pk}").unsign(token, max_age=MINUTES * 60)
    except signing.BadSignature:
        return None


def of(row: Dispatch, sent: Sent, password: str) -> bytes:
    """Return the PDF, encrypted with AES-256 (R6); without `password` nothing of it can be read."""
    with pikepdf.open(io.BytesIO(drawn(markup(row, sent), style(row, sent)))) as pdf:
        written = io.BytesIO()
        locks = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6, aes=True, metadata=True)
        pdf.save(written, encryption=locks)
    return written.getvalue()


def markup(row: Dispatch, sent: Sent) -> str:
    """Return the page from which the PDF is drawn, in Dutch."""
    with translation.override("nl"):
        context = {"row": row, "case": row.case, "sent": sent, "made_at": timezone.now()}
        return render_to_string("signals/dispatch/paper.html", context)


def style(row: Dispatch, sent: Sent) -> str:
    """Return the style with the watermark: letters, digits and spaces of the recipient only, so that no text becomes style."""
    recipient = "".join(sign if sign.isalnum() else " " for sign in sent.recipient)
    mark = f"{row.case.reference} · {recipient}"
    return STYLE.read_text().replace("WATERMARK", mark)
