"""Choosing a period to look at, and a period to publish."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.web.forms import BaseForm
from networks.balance.counting import Period
from networks.balance.picture import Picture, preview_of
from networks.balance.publishing import Publication, cleared

FIRST_YEAR = 2000


class PeriodForm(BaseForm):
    """From the first day to the last one."""

    begins_on = forms.DateField(label=_("Van"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Tot en met"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Kies een dag na de eerste dag."))
        return cleaned

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["begins_on"], self.cleaned_data["ends_on"])


class PublicationForm(BaseForm):
    """A quarter or a whole year that is over."""

    year = forms.IntegerField(label=_("Jaar"), min_value=FIRST_YEAR, max_value=datetime.MAXYEAR)
    quarter = forms.TypedChoiceField(
        label=_("Wat wil je publiceren?"),
        choices=[
            ("1", _("januari tot en met maart")),
            ("2", _("april tot en met juni")),
            ("3", _("juli tot en met september")),
            ("4", _("oktober tot en met december")),
            ("0", _("het hele jaar")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("Dit jaar moet nog komen."))
        return year

    @property
    def publication(self) -> Publication:
        return Publication(self.cleaned_data["year"], self.cleaned_data["quarter"] or None)

    def preview(self) -> Picture:
        """Return the page as the public would see it; raises QuartersFirst."""
        return preview_of(self.publication, cleared(self.publication))
