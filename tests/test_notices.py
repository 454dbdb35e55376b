"""Notices: nothing is lost, and nothing is told."""

import socketserver
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from meldpunt.clocks import AMSTERDAM
from meldpunt.notices.actions import leave, mark_read, next_digest
from meldpunt.notices.models import STUCK_AFTER, Notice
from meldpunt.notices.tasks import back_off, send_waiting
from meldpunt.teams.models import User

pytestmark = pytest.mark.django_db
PATH = "/zaken/ZK-7QK-2MD/"


@pytest.fixture
def anna():
    return User.objects.create(email="anna@example.org", name="Anna")


@pytest.fixture
def bert():
    return User.objects.create(email="bert@example.org", name="Bert", language="en")


class RefusesBert(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs; it does not know Bert."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.taken += 1
            answer = (
                b"550 unknown"
                if verb == b"RCPT" and b"bert" in line
                else b"221 bye"
                if verb == b"QUIT"
                else b"250 ok"
            )
            self.wfile.write(answer + b"\r\n")
            if verb == b"QUIT":
                return


@pytest.fixture
def mail_server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), RefusesBert) as server:
        server.taken = 0
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def later(**span):
    """Let the time go by for all that waits."""
    Notice.objects.update(due_at=timezone.now() - timedelta(**span))


def test_the_mail_says_nothing_but_that_something_waits(anna, mailoutbox, settings):
    leave([anna], kind="delivered", path=PATH)
    send_waiting()
    (mail,) = mailoutbox
    assert mail.subject == "Er staat iets klaar"
    assert mail.to == ["anna@example.org"]
    assert mail.from_email == settings.DEFAULT_FROM_EMAIL
    words = str(mail.message())
    assert settings.SITE_URL in words
    for content in ("ZK-", "zaken", "delivered", "Anna", "Meldpunt", "meldpunt"):
        assert content not in words.replace("anna@example.org", "")


def test_one_mail_a_sweep_whatever_waits(anna, bert, mailoutbox):
    leave([anna, bert], kind="delivered", path=PATH)
    leave([anna], kind="returned", path="/zaken/ZK-OTHER/")
    send_waiting()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["anna@example.org", "bert@example.org"]
    send_waiting()
    assert len(mailoutbox) == 2
    assert not Notice.objects.waiting().exists()


def test_what_waits_already_is_not_left_again(anna, mailoutbox):
    for _ in range(3):
        leave([anna, anna], kind="delivered", path=PATH)
    assert Notice.objects.count() == 1


def test_a_second_letter_is_mailed_although_the_first_was_not_read(anna, mailoutbox):
    for number in (1, 2):
        leave([anna], kind="delivered", path="/netwerk/")
        send_waiting()
        assert len(mailoutbox) == number


def test_a_digest_that_waits_does_not_hold_up_what_is_urgent(anna, mailoutbox):
    leave([anna], kind="delivered", path=PATH, digest=True)
    leave([anna], kind="delivered", path=PATH)
    send_waiting()
    assert len(mailoutbox) == 1


def test_users_may_be_a_query(anna, bert):
    leave(User.objects.order_by("email"), kind="delivered", path=PATH)
    assert Notice.objects.count() == 2


def test_what_was_read_before_the_sweep_is_not_mailed(anna, mailoutbox):
    leave([anna], kind="delivered", path=PATH)
    assert mark_read(anna, PATH) == 1
    assert mark_read(anna, PATH) == 0
    send_waiting()
    assert mailoutbox == []


def test_reading_touches_only_ones_own(anna, bert):
    leave([anna, bert], kind="delivered", path=PATH)
    mark_read(anna, PATH)
    assert not Notice.objects.visible_to(anna).unread().exists()
    assert Notice.objects.visible_to(bert).unread().exists()


def test_somebody_who_left_gets_no_mail(anna, mailoutbox):
    leave([anna], kind="delivered", path=PATH)
    User.objects.update(is_active=False)
    send_waiting()
    assert mailoutbox == []


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil", "zaken", "", "/code/?c=1", "/#x"]
)
def test_a_path_that_leads_elsewhere_or_carries_more_is_refused(anna, path):
    with pytest.raises(ValueError, match="path"):
        leave([anna], kind="delivered", path=path)


def test_a_kind_in_words_is_refused(anna):
    with pytest.raises(ValueError, match="no words"):
        leave([anna], kind="Moeder belde", path=PATH)


def test_a_notice_vanishes_with_the_act_that_left_it(anna):
    with transaction.atomic():
        leave([anna], kind="delivered", path=PATH)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_a_mail_server_that_is_down_loses_nothing(anna, bert, no_mail_server, settings, mailoutbox):
    leave([anna], kind="delivered", path=PATH)
    leave([bert], kind="delivered", path=PATH)
    send_waiting()
    tried, waits = Notice.objects.order_by("-attempts")
    assert (tried.attempts, waits.attempts) == (1, 0), "the rest waits for the next sweep"
    assert tried.due_at > timezone.now() + timedelta(seconds=40)
    assert Notice.objects.waiting().count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_waiting()
    assert len(mailoutbox) == 1, "the other one keeps to its back-off"
    later(minutes=1)
    send_waiting()
    assert len(mailoutbox) == 2


def test_a_long_outage_shows_and_ends(anna, no_mail_server, settings, mailoutbox):
    leave([anna], kind="delivered", path=PATH)
    for _ in range(STUCK_AFTER):
        later(hours=1)
        send_waiting()
    assert Notice.objects.stuck().count() == 1
    later(hours=1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_waiting()
    assert len(mailoutbox) == 1
    assert not Notice.objects.stuck().exists()


def test_one_address_that_is_refused_does_not_stop_the_others(anna, bert, mail_server):
    leave([bert], kind="delivered", path=PATH)
    leave([anna], kind="delivered", path=PATH)
    send_waiting()
    assert mail_server.taken == 1
    assert Notice.objects.get(user=anna).sent_at
    assert Notice.objects.get(user=bert).attempts == 1
    assert Notice.objects.waiting().get().user == bert


def test_waiting_grows_to_an_hour_and_not_further():
    assert timedelta(seconds=48) <= back_off(0) <= timedelta(seconds=72)
    assert timedelta(minutes=48) <= back_off(6) <= timedelta(minutes=72)
    assert back_off(10_000) <= timedelta(minutes=72)


def test_a_digest_waits_for_eight_in_the_morning_of_a_working_day(anna, mailoutbox):
    leave([anna], kind="reminder", path=PATH, digest=True)
    send_waiting()
    assert mailoutbox == []
    friday = datetime(2026, 12, 24, 8, 0, tzinfo=AMSTERDAM)
    assert next_digest(friday) == datetime(2026, 12, 28, 8, 0, tzinfo=AMSTERDAM)
    assert next_digest(friday - timedelta(minutes=1)) == friday
    later(minutes=1)
    send_waiting()
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_one_mail(anna, mailoutbox):
    leave([anna], kind="delivered", path=PATH)
    locked, go_on = threading.Event(), threading.Event()

    def other_sweep():
        with transaction.atomic():
            list(Notice.objects.select_for_update())
            locked.set()
            go_on.wait(10)
        connection.close()

    other = threading.Thread(target=other_sweep)
    other.start()
    assert locked.wait(10)
    send_waiting()
    assert mailoutbox == []
    go_on.set()
    other.join()
    send_waiting()
    assert len(mailoutbox) == 1
