"""The published balances: for everybody, without signing in, as a page and as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from meldpunt.teams.access import public
from meldpunt.web import paper
from networks.balance import codelists, exports, pdf
from networks.balance.picture import period_of, picture
from networks.models import PublishedBalance

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "json": ("application/json", exports.as_json),
    "csv": ("text/csv; charset=utf-8", exports.as_csv),
    "xlsx": (EXCEL, exports.as_workbook),
    "htcds.csv": ("text/csv; charset=utf-8", codelists.as_htcds),
    "landelijk.csv": ("text/csv; charset=utf-8", codelists.as_national),
}


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """List what was published, the newest first."""
    balances = [(balance, period_of(balance)) for balance in PublishedBalance.objects.all()]
    return render(request, "networks/balance/list.html", {"balances": balances})


@public
@require_safe
def balance(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one balance."""
    found = get_object_or_404(PublishedBalance, slug=slug)
    context = {"balance": found, "picture": picture(found), "pdf_is_there": paper.is_there()}
    return render(request, "networks/balance/page.html", context)


@public
@require_safe
def balance_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give one balance as a file; the same numbers as on the page."""
    found = get_object_or_404(PublishedBalance, slug=slug)
    content_type, written = FILES[kind]
    response = HttpResponse(written(found.figures), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="balans-{found.slug}.{kind}"'
    return response


@public
@require_safe
def balance_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one balance as an accessible PDF; 404 where this machine cannot make one."""
    found = get_object_or_404(PublishedBalance, slug=slug)
    if not paper.is_there():
        return render(request, "404.html", status=404)
    response = HttpResponse(pdf.of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="balans-{found.slug}.pdf"'
    return response
