"""What the privacy officer looks for in the reading log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.audit.models import Act, EntryQuerySet
from meldpunt.teams.models import User
from meldpunt.web.forms import BaseForm


class LogForm(BaseForm):
    """Filters by user, object and act; `voor` is the row before which the page begins."""

    wie = forms.ModelChoiceField(
        label=_("Wie"), queryset=User.objects.none(), required=False, empty_label=_("Iedereen")
    )
    wat = forms.CharField(
        label=_("Waarvan"), help_text=_("Bijvoorbeeld OV-7QK-2MD of ZK-7QK-2MD."), max_length=80, required=False
    )
    daad = forms.ChoiceField(label=_("Wat is er gedaan"), choices=[("", _("Alles")), *Act.choices], required=False)
    voor = forms.IntegerField(min_value=1, max_value=2**62, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wie"].queryset = User.objects.order_by("name")
        for name in ("wie", "wat", "daad"):
            self.fields[name].silent = True

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Return the rows that the filters leave."""
        asked = self.cleaned_data
        if asked["wie"]:
            entries = entries.filter(user=asked["wie"])
        if asked["wat"]:
            entries = entries.naming(asked["wat"].strip())
        if asked["daad"]:
            entries = entries.filter(act=asked["daad"])
        return entries.filter(id__lt=asked["voor"]) if asked["voor"] else entries
