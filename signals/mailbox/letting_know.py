"""Mail to a referrer who asked for it: something is waiting, and nothing else (security.md, Mail and notices).

The address lies sealed under the report key, so only the unlocked request of a coordinator can send. It is never put
in an outbox: it would lie there in clear. What the mail server does not take is lost; the message itself waits.
"""

import logging
from email.utils import make_msgid
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from meldpunt.vault import sealed
from meldpunt.vault.unlocking import Keyring
from signals import content
from signals.models import Message, MessageKind, Signal

log = logging.getLogger(__name__)
SECONDS = 4


def address_of(signal: Signal, keyring: Keyring) -> str:
    """Return where a referrer wants mail, or the empty string: by a granted new contact, else as filed."""
    granted = Message.objects.filter(signal=signal, kind=MessageKind.CONTACT, granted=True).order_by("-settled_at").first()
    if granted:
        new = content.from_bytes(content.NewContact, sealed.peek(keyring, granted, "amendment"))
        return new.reach if new.how == "email" else ""
    report = content.from_bytes(content.Report, sealed.peek(keyring, signal, "report"))
    wanted = report.contact.allowed and report.contact.how == "email"
    return report.referrer.email if wanted else ""


def after_commit(signal: Signal, keyring: Keyring) -> None:
    """Once this transaction is committed, mail the referrer where that was asked for."""
    address = address_of(signal, keyring).strip()
    try:
        validate_email(address)
    except ValidationError:
        return
    language = signal.language
    transaction.on_commit(lambda: _send(address, language))


def _send(address: str, language: str) -> None:
    try:
        mail(address, language).send()
    except (OSError, SMTPException) as error:
        log.warning("a mail to a referrer was not taken (%s)", type(error).__name__)


def mail(address: str, language: str) -> EmailMessage:
    """Return the one mail that a referrer gets; it names neither the site's purpose nor the code."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    with translation.override(language):
        return EmailMessage(
            subject=_("Er staat iets klaar"),
            body=_("Er staat iets voor je klaar om te lezen:") + f"\n\n{settings.SITE_URL}\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)},
            connection=get_connection(timeout=SECONDS),
        )
