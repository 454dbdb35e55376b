"""The forms of signing in, keys and administration. They validate; actions write."""

from contextlib import suppress

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from meldpunt.teams import limits
from meldpunt.teams.adapters import WAITING_KEY
from meldpunt.teams.models import Role, Team, TeamKind, User
from meldpunt.teams.partners import Partner
from meldpunt.vault import unlocking
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.models import UserKey
from meldpunt.web.forms import BaseForm, PlainWords

TOO_OFTEN = _("Dat waren veel pogingen. Wacht even en probeer het opnieuw.")
NOT_NOW = _("Codes uit de app werken nu even niet. Typ een herstelcode, of probeer het later opnieuw.")
ROLES_OF = {
    TeamKind.DESK: {Role.COORDINATOR},
    TeamKind.NETWORK: {Role.MEMBER, Role.LEAD},
    TeamKind.PROVINCE: {Role.ANALYST, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER},
}


class _DutchLogin(LoginForm):
    """allauth's form with our labels and without its placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mailadres")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Wachtwoord")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(PlainWords, _DutchLogin):
    """E-mail address and password; a right password also opens the key of who holds one, for after the second factor."""

    def clean(self):
        """Limit before hashing (security.md, key 1)."""
        login = self.cleaned_data.get("login", "")
        allowed = limits.allow(self.request, "sign_in", settings.SIGN_INS_PER_ACCOUNT, account=login)
        if not limits.allow(self.request, "sign_in", settings.SIGN_INS_PER_SOURCE) or not allowed:
            raise ValidationError(TOO_OFTEN, code="too_often")
        return super().clean()

    def login(self, request, redirect_url=None):
        """Open the key, which waits in the sealed session, and go on to the second factor."""
        request.session.pop(WAITING_KEY, None)
        with suppress(UserKey.DoesNotExist, CannotOpen):
            secret = unlocking.open_key(self.user, self.cleaned_data["password"])
            request.session[WAITING_KEY] = unlocking.seal_for_second_factor(self.user, secret)
        response = super().login(request, redirect_url)
        if WAITING_KEY in request.session:
            request.session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)
        return response


class _LimitedCode:
    """Limits the tries of a second factor, per source and, the password being right, per account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code uit je app")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self):
        account = str(self.user.pk)
        allowed = limits.allow(context.request, "second_factor", settings.SIGN_INS_PER_ACCOUNT, account=account)
        if not limits.allow_account("second_factor", settings.SECOND_FACTORS_PER_HOUR, account=account) or not allowed:
            raise ValidationError(TOO_OFTEN, code="too_often")
        try:
            return super().clean_code()
        except (RedisError, OSError) as error:  # without Redis nobody knows whether a code was used before
            raise ValidationError(NOT_NOW, code="not_now") from error


class SecondFactorForm(PlainWords, _LimitedCode, AuthenticateForm):
    """The second step of signing in: a code from the app, or a recovery code."""


class ConfirmForm(PlainWords, _LimitedCode, ReauthenticateForm):
    """The second factor again, before an act on keys or memberships."""


class EnrolForm(PlainWords, _LimitedCode, ActivateTOTPForm):
    """The first code of a new authenticator app."""


class _NewPassword(BaseForm):
    """A new password of at least twelve characters, typed once and readable on request."""

    new_password = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_("Minstens 12 tekens. Een zin die alleen jij weet, werkt goed."),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nog een keer je nieuwe wachtwoord"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_new_password(self):
        validate_password(self.cleaned_data["new_password"], self.user)
        return self.cleaned_data["new_password"]

    def clean_again(self):
        if self.cleaned_data.get("new_password") not in (None, self.cleaned_data["again"]):
            raise ValidationError(_("De twee wachtwoorden zijn niet hetzelfde. Typ ze opnieuw."))
        return self.cleaned_data["again"]


class PasswordForm(_NewPassword):
    """Change the own password; needs the one that is valid now."""

    old_password = forms.CharField(
        label=_("Wachtwoord van nu"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password", "again"]


class AcceptForm(_NewPassword):
    """Accept an invitation: the code that was given by voice, and a password."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Die hoor je van de persoon die jou uitnodigt, bijvoorbeeld 7QK2-MD4T."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["code", "new_password", "again"]


class UnlockForm(BaseForm):
    """The password again, to unlock the key."""

    password = forms.CharField(
        label=_("Wachtwoord"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PartnerField(forms.ModelChoiceField):
    """A partner organisation with its network."""

    def label_from_instance(self, partner: Partner) -> str:
        return f"{partner.team}: {partner.organisation}"


class JoinForm(BaseForm):
    """Which team somebody joins, in which role, and in a network: from which partner organisation."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    partner = PartnerField(
        label=_("Organisatie"),
        help_text=_("Alleen voor een netwerk. Staat de organisatie er niet bij? Voeg haar eerst toe bij Partners."),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Geen: meldpunt of provincie"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.all()
        partners = Partner.objects.current().select_related("team")
        self.fields["partner"].queryset = partners.order_by("team__name", "organisation")

    def clean(self):
        team, role = self.cleaned_data.get("team"), self.cleaned_data.get("role")
        if team and role and role not in ROLES_OF[team.kind]:
            self.add_error("role", _("Deze rol hoort niet bij dit team. Kies een andere rol of een ander team."))
        partner = self.cleaned_data.get("partner")
        if team and "partner" not in self.errors and (partner and partner.team_id) != self._network(team):
            self.add_error("partner", _("Deze organisatie hoort niet bij dit team. Kies een andere."))
        return self.cleaned_data

    def _network(self, team: Team) -> int | None:
        return team.pk if team.kind == TeamKind.NETWORK else None


class InviteForm(JoinForm):
    """Who becomes a member of which team, in which role."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres van het werk"))
    field_order = ["name", "email", "team", "role", "partner"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if any(user.has_usable_password() for user in User.objects.filter(email=email)):
            raise ValidationError(_("Met dit e-mailadres is er al een account. Kies de persoon in de lijst."))
        return email
