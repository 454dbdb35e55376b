"""Sending a file along: in a step of a filing, and later with the code; and what a coordinator says about one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.web.forms import BaseForm
from signals.files.listing import Shown
from signals.forms.filing import PROFESSIONAL, StepForm

ACCEPT = "image/*,application/pdf,video/*"


def file_field() -> forms.FileField:
    """One file; nothing is required, and what is wrong with it is said by `add_error`."""
    field = forms.FileField(
        label=_("Kies een foto, pdf of kort filmpje"),
        help_text=_("Bijvoorbeeld een schermafdruk. Een foto van je telefoon past altijd."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    field.silent = True
    return field


class FilesForm(StepForm):
    """The step with the files: `chosen` are those that wait in the draft. Going on without any is always right."""

    def __init__(self, *args, chosen: list[Shown] = (), **kwargs) -> None:
        self.chosen = list(chosen)
        super().__init__(*args, **kwargs)

    def declare(self) -> None:
        super().declare()
        self.heading = _("Wil je iets meesturen?")
        self.professional = self.who in PROFESSIONAL
        self.add(file=file_field())

    @property
    def rows(self) -> list[dict]:
        """What stands on the check page."""
        lines = [f"{shown.note.name} ({shown.kind}, {shown.size})" for shown in self.chosen]
        label = _("Wat je meestuurt")
        return [{"label": label, "lines": lines, "control": "id_file"}] if lines else []


class LaterFileForm(BaseForm):
    """A file that is added with the code."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = file_field()


class HoldForm(BaseForm):
    """Why a file is not to be opened, or may be again after all."""

    prefix = "hold"
    words = forms.CharField(
        label=gettext_lazy("Wat zag je, of waarom twijfel je?"),
        help_text=gettext_lazy("Kort en zonder namen. Beschrijf het beeld niet verder dan nodig is."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReleaseForm(BaseForm):
    """Why a file may be opened again."""

    prefix = "release"
    words = forms.CharField(
        label=gettext_lazy("Waarom mag dit bestand weer open?"),
        help_text=gettext_lazy("Bijvoorbeeld: de politie keek ernaar en gaf het vrij."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
