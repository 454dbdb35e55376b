"""What has lapsed goes: unlocked keys, sessions, and the key that waits for a second factor which never comes."""

import datetime

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils import timezone

from meldpunt.teams.adapters import WAITING_KEY
from meldpunt.vault import crypto, unlocking
from meldpunt.vault.models import SealedSession, UnlockedKey
from meldpunt.vault.sessions import SessionStore
from meldpunt.vault.tasks import forget_lapsed
from tests.accounts import browser, colleague, sign_in
from tests.people import one_time_code
from tests.roles import granted, working_as  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def unlocked(*, used: int = 0, made: int = 0) -> UnlockedKey:
    """An unlocked key that was used and made so many seconds ago."""
    person, now = colleague(), timezone.now()
    unlocking.keep_unlocked(person.user, person.key)
    ago = {"used_at": now - datetime.timedelta(seconds=used), "created_at": now - datetime.timedelta(seconds=made)}
    UnlockedKey.objects.filter(user=person.user).update(**ago)
    return UnlockedKey.objects.get(user=person.user)


def session_of(client) -> SessionBase:
    return SessionStore(client.cookies["__Host-s"].value)


def give_password(person):
    client = browser()
    client.post(reverse("account_login"), {"login": person.user.email, "password": person.password})
    return client


@pytest.mark.usefixtures("granted")
def test_the_worker_deletes_what_nobody_can_open_any_more_and_nothing_else(settings):
    fresh = unlocked(used=settings.IDLE_SECONDS - 60, made=3600)
    unlocked(used=settings.IDLE_SECONDS + 1, made=3600)
    unlocked(used=1, made=settings.LONGEST_SECONDS + 1)
    now = timezone.now()
    SealedSession.objects.create(lookup=b"old", blob=b"sealed", expires_at=now - datetime.timedelta(seconds=1))
    SealedSession.objects.create(lookup=b"new", blob=b"sealed", expires_at=now + datetime.timedelta(seconds=60))
    with working_as("meldpunt_worker"):
        assert forget_lapsed() == 3
    assert UnlockedKey.objects.get().pk == fresh.pk
    assert bytes(SealedSession.objects.get().lookup) == b"new"


def test_a_password_alone_unlocks_nothing_and_gives_no_cookie():
    person = colleague()
    client = give_password(person)
    assert unlocking.COOKIE not in client.cookies
    assert not UnlockedKey.objects.exists()
    waiting = session_of(client)[WAITING_KEY]
    assert person.key.hex() not in waiting
    assert unlocking.open_after_second_factor(person.user, waiting) == person.key
    with pytest.raises(crypto.CannotOpen):
        unlocking.open_after_second_factor(colleague().user, waiting)


def test_what_waits_for_the_second_factor_ends_within_minutes(settings):
    client = give_password(colleague())
    row = SealedSession.objects.get()
    assert row.expires_at <= timezone.now() + datetime.timedelta(seconds=settings.ACCOUNT_LOGIN_TIMEOUT)
    SealedSession.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.post(reverse("mfa_authenticate"), {"code": "123456"}).url.startswith(reverse("account_login"))
    assert forget_lapsed() == 1


def test_a_wrong_second_factor_unlocks_nothing_and_the_right_one_does():
    person = colleague()
    client = give_password(person)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not UnlockedKey.objects.exists()
    client.post(reverse("mfa_authenticate"), {"code": one_time_code(person.totp_secret)})
    assert UnlockedKey.objects.get().user == person.user
    assert WAITING_KEY not in session_of(client).load()
    assert session_of(client).get_expiry_age() == 12 * 3600


def test_who_has_no_second_factor_yet_is_asked_the_password_again_after_enrolling():
    person = colleague(second_factor=False)
    client = sign_in(person)
    assert unlocking.COOKIE not in client.cookies and not UnlockedKey.objects.exists()
    assert client.get("/team/").url == reverse("mfa_activate_totp")
    assert WAITING_KEY not in session_of(client).load()
