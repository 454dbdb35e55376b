"""What allauth asks of us: nobody signs up, errors are neutral, and secrets of the second factor are sealed."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldpunt.audit.log import record
from meldpunt.vault import crypto

CONTEXT = "v1|second-factor"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; each sign-in leaves a row in the reading log."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "too_many_login_attempts": _("Dat waren veel pogingen. Wacht even en probeer het opnieuw."),
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Return the user with these credentials who may work here, or None."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request, **credentials):
        """Log that a sign-in was refused, without what was typed."""
        record("sign_in", result="refused")

    def post_login(self, request, user, **kwargs):
        """Log who has signed in, both factors done."""
        response = super().post_login(request, user, **kwargs)
        record("sign_in", by=user)
        return response

    def add_message(self, *args, **kwargs):
        """No flash messages from allauth: the next page shows that it worked."""

    def send_notification_mail(self, *args, **kwargs):
        """No mail from allauth: mail holds nothing but 'something is waiting' (notices)."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals what an authenticator app shares with us, under a key that only the web process has."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code in je app en probeer die."),
    }

    def encrypt(self, text):
        return base64.b64encode(crypto.seal(_key(), text.encode(), CONTEXT)).decode()

    def decrypt(self, encrypted_text):
        return crypto.open_sealed(_key(), base64.b64decode(encrypted_text), CONTEXT).decode()


def _key() -> bytes:
    return crypto.derive(b"meldpunt-second-factor", "second-factor", settings.WEB_SECRET.encode())
