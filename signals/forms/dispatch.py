"""Forms for handing a case over outside, for the receipt, and for the password of the document."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.partners import LegalBasis
from meldpunt.web.forms import BaseForm
from signals.actions.dispatching import fits
from signals.dispatch.parts import FIRST_PARTS, PARTS
from signals.forms.triage import VersionedForm
from signals.models.dispatch import Body, SafeWay
from signals.sharing.consent import covers

LONGEST_WORDS = 4000
LONGEST_NAME = 120


class DispatchForm(BaseForm):
    """What goes to whom, on what basis, by which way; of `case`."""

    prefix = "dispatch"
    body = forms.ChoiceField(
        label=_("Waar gaat het heen?"),
        help_text=_("CoMensha krijgt namen en tekens alleen met schriftelijke toestemming."),
        choices=Body.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waar het heen gaat.")},
    )
    recipient = forms.CharField(label=_("Welke organisatie precies?"), max_length=LONGEST_NAME)
    contact = forms.CharField(
        label=_("Wie krijgt het daar?"), help_text=_("Naam en functie."), max_length=LONGEST_NAME
    )
    basis = forms.ChoiceField(
        label=_("Waarom mag dit?"),
        help_text=_("Toestemming is niet de enige grond."),
        choices=LegalBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom dit mag.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Wat geef je mee?"),
        help_text=_("Niet meer dan nodig is. Wie meldde, gaat nooit mee."),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        initial=FIRST_PARTS,
        error_messages={"required": _("Kies wat je meegeeft.")},
    )
    why = forms.CharField(
        label=_("Wat vraag je aan hen?"),
        help_text=_("Dit staat bovenaan wat zij krijgen."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    way = forms.ChoiceField(
        label=_("Langs welke veilige weg?"),
        choices=SafeWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de weg.")},
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case

    def clean(self):
        """CoMensha gets more than numbers with consent only, a consent must stand that carries what goes, and a case that may
        only be kept goes in danger only.
        """
        said = super().clean()
        if self.errors:
            return said
        if not fits(said["body"], said["basis"], said["parts"]):
            self.add_error("parts", gettext("Zonder toestemming krijgt CoMensha alleen de eerste regel."))
        if said["basis"] == LegalBasis.CONSENT and not covers(self.case.consents, said["body"], said["parts"]):
            message = gettext("Voor deze delen staat er geen toestemming bij de zaak. Schrijf die eerst op.")
            self.add_error("basis", message)
        if self.case.restricted_on and said["basis"] != LegalBasis.VITAL_INTEREST:
            self.add_error("basis", gettext("Deze zaak mag even niet gebruikt worden. Delen mag nu alleen bij gevaar."))
        return said


class ReceiptForm(VersionedForm):
    """Who says they have it, since when; `sent_on` is the day it went."""

    prefix = "receipt"
    who = forms.CharField(label=_("Wie zegt dat het er is?"), help_text=_("Naam en functie."), max_length=LONGEST_NAME)
    received_on = forms.DateField(
        label=_("Op welke dag kwam het aan?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Vul de dag in."), "invalid": _("Vul een dag in, zoals 23-11-2026.")},
    )

    def __init__(self, *args, sent_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on

    def clean_received_on(self):
        """Between the day it went and today."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("Deze dag moet nog komen."))
        if day < self.sent_on:
            raise forms.ValidationError(gettext("Toen was het nog niet weg."))
        return day
