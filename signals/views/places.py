"""Names of places and postcodes: to which municipality they lead. An administrator keeps them; no report is seen here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.teams.access import role
from signals.actions import reference as actions
from signals.forms.places import MunicipalityForm, PlaceForm
from signals.models import Place, Postcode
from signals.places.text import key
from signals.views.reference import page

SHOWN = 50


@role("administrator")
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Search names and postcodes; without a question, what administrators added."""
    asked = request.GET.get("q", "").strip()[:80]
    names = Place.objects.select_related("municipality").order_by("name", "kind", "pk")
    if asked:
        wanted = key(asked)
        found = [place for place in names if wanted and wanted in key(place.name)]
        found.sort(key=lambda place: key(place.name) != wanted)
        codes = Postcode.objects.select_related("municipality").order_by("pc4")
        postcodes = list(codes.filter(pc4__startswith=asked[:4])) if asked[:1].isdigit() else []
    else:
        found, postcodes = list(names.filter(source=actions.ADMINISTRATOR)), []
    total = len(found) + len(postcodes)
    shown = postcodes[:SHOWN]
    rows = found[: SHOWN - len(shown)]
    return page(request, "places", {"q": asked, "places": rows, "postcodes": shown, "total": total, "most": SHOWN})


@role("administrator")
@require_http_methods(["GET", "POST"])
def add_place(request: HttpRequest) -> HttpResponse:
    """Add a name that people type."""
    form = PlaceForm(request.POST or None, initial={"name": request.GET.get("naam", "")[:80]})
    if request.method == "POST" and form.is_valid():
        added = actions.add_place(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": added.name})
        return redirect("places")
    return page(request, "add_place", {"form": form})


@role("administrator")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """To which municipality a name leads."""
    kept = get_object_or_404(Place.objects.select_related("municipality"), pk=pk)
    form = MunicipalityForm(request.POST or None, initial={"municipality": kept.municipality})
    if request.method == "POST" and kept.removed_at is None and form.is_valid():
        moved = actions.move_place(place=kept, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is bewaard.") % {"name": moved.name})
        return redirect("places")
    return page(request, "place", {"form": form, "place": kept})


@role("administrator")
@require_POST
def place_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a name, or bring it back."""
    kept = get_object_or_404(Place, pk=pk)
    if kept.removed_at:
        actions.bring_back_place(place=kept, by=request.user)
        messages.success(request, _("%(name)s telt weer mee.") % {"name": kept.name})
    else:
        actions.remove_place(place=kept, by=request.user)
        messages.success(request, _("%(name)s telt niet meer mee.") % {"name": kept.name})
    return redirect("places")


@role("administrator")
@require_http_methods(["GET", "POST"])
def postcode(request: HttpRequest, pc4: str) -> HttpResponse:
    """To which municipality a postcode leads."""
    kept = get_object_or_404(Postcode.objects.select_related("municipality"), pk=pc4)
    form = MunicipalityForm(request.POST or None, initial={"municipality": kept.municipality})
    if request.method == "POST" and form.is_valid():
        actions.move_postcode(postcode=kept, by=request.user, **form.cleaned_data)
        messages.success(request, _("Postcode %(pc4)s is bewaard.") % {"pc4": kept.pc4})
        return redirect("places")
    return page(request, "postcode", {"form": form, "postcode": kept})
