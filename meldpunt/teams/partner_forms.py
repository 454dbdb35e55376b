"""The forms of the register of partners. They validate; actions write."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.models import Role, Team, TeamKind
from meldpunt.teams.partners import LegalBasis, Partner, PartnerRole
from meldpunt.web.forms import BaseForm

SAME_NAME = _("Deze organisatie staat al in dit netwerk. Kies een andere naam, of wijzig die regel.")

AGREED_ALREADY = _("Dit staat er al. Haal eerst de andere regel weg.")
LONGEST_WITHOUT_REVIEW = datetime.timedelta(days=5 * 366)


def _day(label, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class PartnerForm(BaseForm):
    """What was agreed with one organisation. Give `row` where it is there already: its version travels along."""

    organisation = forms.CharField(label=_("Organisatie"), max_length=120)
    role = forms.ChoiceField(label=_("Soort organisatie"), choices=[("", _("Kies een soort")), *PartnerRole.choices])
    purpose = forms.CharField(
        label=_("Waarvoor deze partner meedoet"),
        help_text=_("Bijvoorbeeld: zorgen dat een kind weer veilig naar school gaat. Schrijf hier niets over een zaak."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    bases = forms.MultipleChoiceField(
        label=_("Waarom delen mag"),
        help_text=_("Toestemming is niet altijd nodig. Kies wat in de afspraak staat."),
        choices=LegalBasis.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.CharField(
        label=_("Contactpersoon"), help_text=_("Een naam en zo nodig een functie."), max_length=120
    )
    agreed_on = _day(_("Afgesproken op"))
    review_on = _day(_("Opnieuw bekijken op"), _("Twee maanden ervoor krijg je een bericht."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, row: Partner | None = None, **kwargs):
        self.row = row
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in (*self.KEPT, "version")}
        super().__init__(*args, **kwargs)

    KEPT = ("organisation", "role", "purpose", "bases", "contact", "agreed_on", "review_on")

    def clean_organisation(self):
        found = Partner.objects.current().filter(organisation__iexact=self.cleaned_data["organisation"])
        if self.row is not None and found.filter(team=self.row.team_id).exclude(pk=self.row.pk).exists():
            raise ValidationError(SAME_NAME)
        return self.cleaned_data["organisation"]

    def clean_agreed_on(self):
        day = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Vul een dag in die geweest is."))
        return day

    def clean(self):
        words = super().clean()
        agreed, review = words.get("agreed_on"), words.get("review_on")
        if agreed and review and review <= agreed:
            self.add_error("review_on", _("Kies een dag na de dag waarop het is afgesproken."))
        elif review and review > timezone.localdate() + LONGEST_WITHOUT_REVIEW:
            self.add_error("review_on", _("Kies een dag binnen vijf jaar: een afspraak wordt op tijd opnieuw bekeken."))
        return words

    @property
    def values(self) -> dict:
        """What is kept of a valid form."""
        return {name: self.cleaned_data[name] for name in self.KEPT}

    def renew(self, version: int) -> None:
        """Keep what was typed, against the version that is there now."""
        self.data = self.data.copy()
        self.data["version"] = version


class NewPartnerForm(PartnerForm):
    """One more partner: of which network comes first. A lead adds to the own networks only."""

    team = forms.ModelChoiceField(label=_("Netwerk"), queryset=Team.objects.none(), empty_label=_("Kies een netwerk"))
    field_order = ["team"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(kind=TeamKind.NETWORK)
        if Role.ADMINISTRATOR not in user.roles():
            teams = teams.filter(pk__in=[team.pk for team in user.teams(Role.LEAD)])
        self.fields["team"].queryset = teams
        if len(teams) == 1:
            self.fields["team"].initial = teams[0].pk

    def clean(self):
        words = super().clean()
        name, team = words.get("organisation"), words.get("team")
        if name and team and Partner.objects.current().filter(team=team, organisation__iexact=name).exists():
            self.add_error("organisation", SAME_NAME)
        return words


class BelongForm(BaseForm):
    """From which partner organisation a member of a network comes."""

    partner = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=Partner.objects.none(), empty_label=_("Kies een organisatie")
    )

    def __init__(self, *args, team: Team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.current().filter(team=team)


class AgreementForm(BaseForm):
    """Which part a kind of partner gets, what for, on what basis and until when."""

    role = forms.ChoiceField(label=_("Soort organisatie"), choices=[("", _("Kies een soort")), *PartnerRole.choices])
    part = forms.ChoiceField(label=_("Welk deel van een zaak"), choices=[("", _("Kies een deel")), *Part.choices])
    basis = forms.ChoiceField(label=_("Waarom delen mag"), choices=[("", _("Kies een reden")), *LegalBasis.choices])
    purpose = forms.CharField(label=_("Waarvoor"), max_length=200)
    until = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Laat dit leeg als er geen einde is."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Deze dag is al geweest. Kies vandaag of later."))
        return day

    def clean(self):
        words = super().clean()
        kept = {name: words.get(name) for name in ("role", "part", "basis")}
        if all(kept.values()) and Agreement.objects.current().filter(**kept).exists():
            self.add_error("part", AGREED_ALREADY)
        return words
