"""An accessible PDF (PDF/UA-1) of a page, drawn by WeasyPrint in memory; nothing is fetched meanwhile."""

from functools import cache


@cache
def is_there() -> bool:
    """Tell whether this machine can make a PDF: WeasyPrint is an extra, and needs Pango."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def drawn(markup: str, style: str) -> bytes:
    """Return the page `markup` (HTML) with `style` (CSS) as PDF."""
    from weasyprint import CSS, HTML

    page = HTML(string=markup, url_fetcher=_nothing)
    return page.write_pdf(stylesheets=[CSS(string=style, url_fetcher=_nothing)], pdf_variant="pdf/ua-1", pdf_tags=True)


def _nothing(address, *args, **kwargs):
    raise ValueError("a paper needs nothing from elsewhere")
