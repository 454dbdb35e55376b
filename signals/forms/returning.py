"""Coming back with a code, writing to the desk, and the two requests."""

import secrets

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.vault import codes
from meldpunt.web.forms import BaseForm
from signals.content import NewContact

LONGEST_MESSAGE = 4000
LONGEST_WORDS = 1000
WRONG = _("Deze code klopt niet. Kijk of alle 16 tekens er staan.")
WAYS = {
    "phone": _("Bellen"),
    "text": _("Appen of sms"),
    "email": _("Mailen"),
    "code": _("Alleen hier, met mijn code"),
}


def token() -> str:
    """Return a new token for a form that is to be sent once."""
    return secrets.token_hex(16)


class OnceForm(BaseForm):
    """A form that carries a token: sending it twice is sending it once."""

    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", token())


class CodeForm(BaseForm):
    """One field; small letters, spaces and dashes are fine. Whether it is right is not looked at here."""

    code = forms.CharField(
        label=_("Wat is je code?"),
        help_text=_("16 letters en cijfers, bijvoorbeeld K7QM 3XVD 9RTA W4HP."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "size": 22}),
        error_messages={"required": _("Vul je code in.")},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class LastFourForm(BaseForm):
    """The last four symbols of the code: whoever can type them has written it down."""

    last = forms.CharField(
        label=_("Typ de laatste vier tekens"),
        help_text=_("Zo weet je zeker dat je code goed is opgeschreven."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "size": 6}),
    )

    def __init__(self, *args, code: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["last"].silent = True

    def clean_last(self) -> str:
        """The whole code is fine too; small letters, spaces, O for 0 and I for 1 as everywhere."""
        typed = codes.folded(self.cleaned_data["last"])
        if not typed:
            raise forms.ValidationError(gettext("Typ de laatste vier tekens van je code."))
        if typed not in (self.code, self.code[-4:]):
            raise forms.ValidationError(gettext("Dit zijn andere tekens. Kijk nog eens naar het laatste vakje."))
        return typed


class ReplyForm(OnceForm):
    """What the referrer writes to the desk."""

    prefix = "reply"
    words = forms.CharField(
        label=_("Schrijf ons iets"),
        help_text=_("Een antwoord, of iets wat je nog weet. Eén zin is genoeg."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf eerst iets op.")},
    )


class WithdrawForm(OnceForm):
    """Asking to withdraw; why is for who wants to say it."""

    prefix = "withdraw"
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewContactForm(OnceForm):
    """Asking for another safe contact."""

    prefix = "contact"
    how = forms.ChoiceField(
        label=_("Hoe is het nu veilig?"),
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe we je veilig bereiken.")},
    )
    reach = forms.CharField(
        label=_("Nummer of e-mailadres"),
        help_text=_("Niet nodig als je alleen je code gebruikt."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    when = forms.CharField(
        label=_("Wanneer kan het?"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
    say = forms.CharField(
        label=_("Wat mogen we zeggen?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        """A way to reach somebody needs where; an e-mail address looks like one."""
        cleaned = super().clean()
        how, reach = cleaned.get("how"), (cleaned.get("reach") or "").strip()
        if how == "email":
            try:
                forms.EmailField().clean(reach)
            except forms.ValidationError:
                self.add_error("reach", gettext("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."))
        elif how in ("phone", "text") and sum(sign.isdigit() for sign in reach) < 8:
            self.add_error("reach", gettext("Vul een telefoonnummer in, bijvoorbeeld 06 12 34 56 78."))
        return cleaned

    def wanted(self) -> NewContact:
        """Return what is asked for."""
        given = self.cleaned_data
        reach = "" if given["how"] == "code" else given["reach"].strip()
        return NewContact(given["how"], reach, given["when"].strip(), given["say"].strip())
