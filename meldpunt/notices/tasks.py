"""The sweep that mails what waits. The row is the outbox: what cannot be mailed now is tried again."""

import logging
import random
from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPResponseException

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meldpunt.notices.models import Notice

log = logging.getLogger(__name__)
USERS_A_SWEEP = 200
LONGEST_WAIT = timedelta(hours=1)


class MailServerDown(Exception):
    """The mail server does not answer: trying the next user now is no use."""


@shared_task(ignore_result=True)
def send_waiting() -> None:
    """Send one mail to each user for whom something waits, whatever the number of notices.

    Two sweeps at once skip each other's rows. A mail server that is down costs an attempt of the first user
    only; the others keep their turn for the next sweep.
    """
    users = Notice.objects.ripe().values("user").annotate(first=Min("due_at")).order_by("first")
    for row in list(users[:USERS_A_SWEEP]):
        try:
            send_to(row["user"])
        except MailServerDown:
            log.warning("The mail server does not answer; notices wait for the next sweep.")
            return


def send_to(user_id: int) -> bool:
    """Mail user `user_id` that something waits, and return whether that went. Raises MailServerDown."""
    down = False
    with transaction.atomic():
        ripe = (
            Notice.objects.ripe()
            .filter(user=user_id)
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
        )
        found = list(ripe.values_list("pk", "attempts", "user__email", "user__language"))
        if not found:
            return False
        notices = Notice.objects.filter(pk__in=[pk for pk, *_rest in found])
        _pk, attempts, email, language = max(found, key=lambda row: row[1])
        try:
            mail(email, language).send()
        except (OSError, SMTPException) as error:
            down = not _is_about_one_address(error)
            log.warning("A mail was not taken (%s), attempt %d.", type(error).__name__, attempts + 1)
            notices.update(attempts=F("attempts") + 1, due_at=timezone.now() + back_off(attempts))
        else:
            notices.update(attempts=F("attempts") + 1, sent_at=timezone.now())
            return True
    if down:
        raise MailServerDown
    return False


def mail(email: str, language: str) -> EmailMessage:
    """Return the one mail that we send: something waits, and nothing else (security.md, Mail).

    The message id is ours, because the default one tells the name of the machine.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    with translation.override(language):
        return EmailMessage(
            subject=_("Er staat iets klaar"),
            body=_("Er staat iets voor je klaar. Meld je aan om het te lezen:")
            + f"\n\n{settings.SITE_URL}\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[email],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)},
        )


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after `attempts` earlier attempts: 1, 2, 4 … minutes, at most an hour, with jitter."""
    wait = min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)


def _is_about_one_address(error: Exception) -> bool:
    """Whether the server answers, but does not take this recipient."""
    if isinstance(error, SMTPResponseException):
        return 500 <= error.smtp_code < 600 and error.smtp_code not in (530, 535)
    return type(error).__name__ == "SMTPRecipientsRefused"
