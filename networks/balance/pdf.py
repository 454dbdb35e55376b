"""A balance as an accessible PDF (PDF/UA-1), drawn by WeasyPrint from a page of its own."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from networks.balance.picture import picture
from networks.models import PublishedBalance

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "paper.css"


@cache
def is_there() -> bool:
    """Tell whether this machine can make a PDF: WeasyPrint is an extra, and needs Pango."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def of(balance: PublishedBalance) -> bytes:
    """Return a published balance as PDF; nothing is fetched while it is drawn."""
    from weasyprint import CSS, HTML

    drawn = HTML(string=markup(balance), url_fetcher=_nothing)
    return drawn.write_pdf(stylesheets=[CSS(string=STYLE.read_text())], pdf_variant="pdf/ua-1", pdf_tags=True)


def markup(balance: PublishedBalance) -> str:
    """Return the page from which the PDF is drawn."""
    context = {"balance": balance, "picture": picture(balance), "language": get_language()}
    return render_to_string("networks/balance/paper.html", context)


def _nothing(address, *args, **kwargs):
    raise ValueError("a balance needs nothing from elsewhere")
