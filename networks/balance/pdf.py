"""A balance as an accessible PDF (PDF/UA-1), drawn by WeasyPrint from a page of its own."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from meldpunt.web.paper import drawn
from networks.balance.picture import picture
from networks.models import PublishedBalance

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "paper.css"


def of(balance: PublishedBalance) -> bytes:
    """Return a published balance as PDF; nothing is fetched while it is drawn."""
    return drawn(markup(balance), STYLE.read_text())


def markup(balance: PublishedBalance) -> str:
    """Return the page from which the PDF is drawn."""
    context = {"balance": balance, "picture": picture(balance), "language": get_language()}
    return render_to_string("networks/balance/paper.html", context)
