"""The forms of the names of places and postcodes. They validate; actions write."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Municipality
from meldpunt.web.forms import BaseForm
from signals.models import Place
from signals.places.text import key

KINDS = {
    "spelling": _("Een andere naam of spelling"),
    "woonplaats": _("Een plaats"),
    "buurtschap": _("Een buurtschap"),
    "wijk": _("Een wijk"),
}


class MunicipalityForm(BaseForm):
    """To which municipality a name or postcode leads."""

    municipality = forms.ModelChoiceField(
        label=_("Gemeente"), queryset=Municipality.objects.none(), empty_label=_("Kies een gemeente")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.all()


class PlaceForm(MunicipalityForm):
    """A name that people type, and where it leads."""

    name = forms.CharField(label=_("Naam zoals mensen hem typen"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Wat is het?"), choices=list(KINDS.items()), widget=forms.RadioSelect, initial="spelling"
    )
    field_order = ["name", "kind", "municipality"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not key(name):
            raise ValidationError(_("Een naam heeft letters. Typ de naam van een plaats."))
        return name

    def clean(self):
        words = super().clean()
        if len(words) == 3 and Place.objects.filter(**words, removed_at=None).exists():
            self.add_error("name", _("Deze naam staat er al voor deze gemeente."))
        return words
