"""Coming back with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.vault import codes
from meldpunt.web.forms import BaseForm

WRONG = _("Deze code klopt niet. Kijk of alle 16 tekens er staan.")


class CodeForm(BaseForm):
    """One field; small letters, spaces and dashes are fine."""

    code = forms.CharField(
        label=_("Wat is je code?"),
        help_text=_("16 letters en cijfers, bijvoorbeeld K7QM 3XVD 9RTA W4HP."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "size": 22}),
        error_messages={"required": _("Vul je code in.")},
    )

    def clean_code(self) -> str:
        """Return the code as 16 symbols; the check symbol is looked at before anything else."""
        code = codes.normalise(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(WRONG)
        return code
