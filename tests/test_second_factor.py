"""The second factor: for everybody, sealed, limited, and asked again before a heavy act."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from meldpunt.teams.models import Role
from meldpunt.vault.models import SealedSession
from tests.accounts import browser, colleague, sign_in
from tests.people import one_time_code

pytestmark = pytest.mark.django_db


def with_password_only(person):
    client = browser()
    answer = client.post(reverse("account_login"), {"login": person.user.email, "password": person.password})
    return client, answer


def test_password_alone_opens_nothing():
    client, answer = with_password_only(colleague())
    assert answer.url == reverse("mfa_authenticate")
    assert client.get("/start/").url == "/aanmelden/?next=/start/"
    assert client.get("/team/").url == "/aanmelden/?next=/team/"


def test_wrong_code_opens_nothing():
    client, _answer = with_password_only(colleague())
    assert "Deze code klopt niet." in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert client.get("/start/").status_code == 302


def test_recovery_code_works_once():
    person = colleague(Role.ANALYST)
    assert sign_in(person, code=person.recovery_codes[0]).get("/start/").status_code == 200
    assert sign_in(person, code=person.recovery_codes[0]).get("/start/").status_code == 302


def test_code_works_once():
    person = colleague(Role.ANALYST)
    client = sign_in(person)
    assert client.get("/start/").status_code == 200
    again = Client(HTTP_HOST="localhost")
    again.post(reverse("account_login"), {"login": person.user.email, "password": person.password})
    again.post(reverse("mfa_authenticate"), {"code": one_time_code(person.totp_secret)})
    assert again.get("/start/").status_code == 302


def test_tries_of_a_code_are_limited_for_an_account_wherever_they_come_from(settings):
    settings.SECOND_FACTORS_PER_HOUR = 2
    person = colleague()
    client, _answer = with_password_only(person)
    for number in range(3):
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{number}")
    assert "Dat waren veel pogingen" in answer.content.decode()


def test_secret_of_an_app_is_sealed_in_the_database():
    person = colleague()
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert person.totp_secret not in stored
    assert not any(code in stored for code in person.recovery_codes)


def test_who_has_no_app_can_do_nothing_but_connect_one():
    person = colleague(second_factor=False)
    client, answer = with_password_only(person)
    assert answer.url == reverse("start")
    for path in ("/start/", "/team/", "/wachtwoord/", "/ontgrendel/", "/bevestig/"):
        assert client.get(path).url == reverse("mfa_activate_totp")


def test_connecting_an_app_shows_the_code_as_drawing_and_text_and_then_the_recovery_codes():
    person = colleague(Role.ANALYST, second_factor=False)
    client, _answer = with_password_only(person)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page and "data:" not in page and " style=" not in page
    secret = re.search(r"<b class=\"num\">([A-Z2-7 ]+)</b>", page)[1].replace(" ", "")
    assert secret.encode() not in b"".join(bytes(row.blob) for row in SealedSession.objects.all())
    answer = client.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})
    assert answer.url == reverse("recovery_codes")
    codes = re.findall(r"<li>(\d{8})</li>", client.get(reverse("recovery_codes")).content.decode())
    assert len(codes) == 10
    assert client.post(reverse("recovery_codes")).url == reverse("start")
    assert client.get(reverse("recovery_codes")).url == reverse("start")
    assert client.get("/start/").status_code == 200


def test_wrong_first_code_connects_nothing():
    client, _answer = with_password_only(colleague(second_factor=False))
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_app_that_is_connected_is_not_replaced():
    assert sign_in(colleague()).get(reverse("mfa_activate_totp")).url == reverse("start")


def test_code_is_asked_again_before_keys_and_memberships_after_ten_minutes(monkeypatch):
    person = colleague(Role.ADMINISTRATOR)
    client = sign_in(person)
    assert client.get(reverse("invite")).status_code == 200
    monkeypatch.setattr("meldpunt.teams.access.CONFIRMED_SECONDS", -1)
    assert client.get(reverse("invite")).url == "/bevestig/?next=/beheer/uitnodigen/"
    monkeypatch.undo()
    answer = client.post(reverse("confirm"), {"code": person.recovery_codes[1], "next": "/beheer/uitnodigen/"})
    assert answer.url == "/beheer/uitnodigen/"
    assert client.get(reverse("invite")).status_code == 200


def test_without_redis_a_recovery_code_still_lets_somebody_in(settings):
    person = colleague(Role.ANALYST)
    client, _answer = with_password_only(person)
    settings.CACHES = settings.CACHES | {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    answer = client.post(reverse("mfa_authenticate"), {"code": one_time_code(person.totp_secret)})
    assert "Typ een herstelcode" in answer.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": person.recovery_codes[0]})
    assert client.get("/start/").status_code == 200
