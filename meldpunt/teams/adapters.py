"""What allauth asks of us: nobody signs up, errors are neutral, and secrets of the second factor are sealed."""

import base64
from contextlib import suppress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from meldpunt.audit.log import record
from meldpunt.teams.access import gave_second_factor
from meldpunt.vault import crypto, unlocking

CONTEXT = "v1|second-factor"
WAITING_KEY = "waiting_key"


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
        """Unlock the key that waited for the second factor, and log who has signed in.

        Who has no second factor yet gets no key before enrolling: the password is asked again then.
        """
        response = super().post_login(request, user, **kwargs)
        waiting = request.session.pop(WAITING_KEY, None)
        request.session.set_expiry(0)  # as long as any session: the short term was for who waits
        if waiting and gave_second_factor(request):
            with suppress(crypto.CannotOpen):
                request.unlock_cookie = unlocking.keep_unlocked(user, unlocking.open_after_second_factor(user, waiting))
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
