"""What an administrator keeps: signs, names of places, clocks and helplines. No report is seen here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.teams.access import role
from meldpunt.teams.rail import rail
from signals.actions import reference as actions
from signals.forms.reference import ClocksForm, HelplineForm, MunicipalityForm, PlaceForm, SignForm
from signals.models import Helpline, Indicator, Place, Postcode
from signals.place_text import key
from signals.steps import TOPICS

SHOWN = 50
INVALID = 422


def _page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    form = context.get("form")
    status = INVALID if form is not None and form.errors else 200
    return render(request, f"signals/reference/{name}.html", {**context, **rail(request)}, status=status)


@role("administrator")
@require_GET
def signs(request: HttpRequest) -> HttpResponse:
    """All signs by topic, those that are retired too."""
    groups = {topic: [] for topic in TOPICS}
    for sign in Indicator.objects.all():
        groups.setdefault(sign.topic, []).append(sign)
    shown = [(TOPICS.get(topic, topic), rows) for topic, rows in groups.items() if rows]
    return _page(request, "signs", {"groups": shown})


@role("administrator")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Words, urgency, weight and audience of one sign."""
    kept = get_object_or_404(Indicator, pk=code)
    form = SignForm(request.POST or None, instance=get_object_or_404(Indicator, pk=code))
    if request.method == "POST" and form.is_valid():
        actions.change_sign(sign=kept, by=request.user, **form.cleaned_data)
        messages.success(request, _("Teken %(code)s is bewaard.") % {"code": kept.code})
        return redirect("signs")
    return _page(request, "sign", {"form": form, "sign": kept})


@role("administrator")
@require_POST
def sign_state(request: HttpRequest, code: str) -> HttpResponse:
    """Retire a sign, or bring it back."""
    kept = get_object_or_404(Indicator, pk=code)
    if kept.retired_at:
        actions.bring_back_sign(sign=kept, by=request.user)
        messages.success(request, _("Teken %(code)s wordt weer gevraagd.") % {"code": kept.code})
    else:
        actions.retire_sign(sign=kept, by=request.user)
        messages.success(request, _("Teken %(code)s wordt niet meer gevraagd.") % {"code": kept.code})
    return redirect("signs")


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
    return _page(request, "places", {"q": asked, "places": rows, "postcodes": shown, "total": total, "most": SHOWN})


@role("administrator")
@require_http_methods(["GET", "POST"])
def add_place(request: HttpRequest) -> HttpResponse:
    """Add a name that people type."""
    form = PlaceForm(request.POST or None, initial={"name": request.GET.get("naam", "")[:80]})
    if request.method == "POST" and form.is_valid():
        added = actions.add_place(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": added.name})
        return redirect("places")
    return _page(request, "add_place", {"form": form})


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
    return _page(request, "place", {"form": form, "place": kept})


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
    return _page(request, "postcode", {"form": form, "postcode": kept})


@role("administrator")
@require_http_methods(["GET", "POST"])
def clocks(request: HttpRequest) -> HttpResponse:
    """How long each leg may take at each urgency."""
    form = ClocksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_clocks(terms=form.terms(), by=request.user)
        messages.success(request, _("De klokken zijn bewaard."))
        return redirect("clocks")
    return _page(request, "clocks", {"form": form})


@role("administrator")
@require_GET
def helplines(request: HttpRequest) -> HttpResponse:
    """The helplines of the public pages, with the day on which somebody checked each."""
    return _page(request, "helplines", {"helplines": Helpline.objects.all()})


@role("administrator")
@require_http_methods(["GET", "POST"])
def add_helpline(request: HttpRequest) -> HttpResponse:
    """Add a helpline."""
    form = HelplineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_helpline(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": added.name})
        return redirect("helplines")
    return _page(request, "helpline", {"form": form})


@role("administrator")
@require_http_methods(["GET", "POST"])
def helpline(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a helpline, or note that it was checked."""
    kept = get_object_or_404(Helpline, pk=pk)
    form = HelplineForm(request.POST or None, instance=get_object_or_404(Helpline, pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.change_helpline(helpline=kept, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is bewaard.") % {"name": kept.name})
        return redirect("helplines")
    return _page(request, "helpline", {"form": form, "helpline": kept})
