"""Signing in, the hash of a password, locking and unlocking, and who may open what."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.management import CommandError, call_command
from django.urls import reverse

from meldpunt.audit.models import Entry
from meldpunt.teams.models import Membership, Role, Team, User
from meldpunt.vault import crypto, unlocking
from meldpunt.vault.models import UnlockedKey, UserKey
from tests.accounts import browser, colleague, sign_in

pytestmark = pytest.mark.django_db


def try_password(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_password_hash_is_peppered_argon2id_with_the_costs_of_the_settings(settings):
    user = colleague().user
    kind, version, *rest = user.password.split("$")
    assert (kind, version, rest[0]) == ("pepper_argon2", str(settings.PEPPER_VERSION), "argon2id")
    assert f"m={settings.ARGON2_MEMORY},t={settings.ARGON2_TIME},p=1" in rest
    assert not identify_hasher(user.password).must_update(user.password)


def test_password_hash_is_worthless_without_the_pepper(settings):
    person = colleague()
    assert person.user.check_password(person.password)
    settings.PEPPER = crypto.new_key()
    assert not person.user.check_password(person.password)


def test_higher_cost_asks_for_a_new_hash(settings):
    person = colleague()
    settings.ARGON2_TIME += 1
    assert identify_hasher(person.user.password).must_update(person.user.password)
    assert person.user.check_password(person.password)
    person.user.refresh_from_db()
    assert not identify_hasher(person.user.password).must_update(person.user.password)


def test_pages_of_staff_send_a_stranger_to_sign_in():
    for path in ("/start/", "/beheer/", "/team/", "/wachtwoord/", "/ontgrendel/"):
        answer = browser().get(path)
        assert answer.status_code == 302
        assert answer.url == f"/aanmelden/?next={path}"


def test_wrong_password_and_unknown_address_get_the_same_answer():
    person = colleague()
    wrong = try_password(browser(), person.user.email, "iets heel anders")
    unknown = try_password(browser(), "niemand@practice.test", "iets heel anders")
    sentence = "Het e-mailadres of het wachtwoord klopt niet."
    assert sentence in wrong.content.decode() and sentence in unknown.content.decode()
    assert wrong.status_code == unknown.status_code == 200


def test_somebody_who_was_switched_off_gets_that_answer_too():
    person = colleague()
    User.objects.filter(pk=person.user.pk).update(is_active=False)
    assert "klopt niet" in try_password(browser(), person.user.email, person.password).content.decode()


def test_refused_sign_in_is_logged_without_the_name_that_was_typed():
    person = colleague()
    try_password(browser(), person.user.email, "iets heel anders")
    row = Entry.objects.get(act="sign_in")
    assert (row.result, row.user, row.object_id) == ("refused", None, "")


def test_signing_in_unlocks_the_key_and_leaves_a_row_in_the_log():
    person = colleague()
    client = sign_in(person)
    assert client.get(reverse("team_keys")).status_code == 200
    assert Entry.objects.filter(act="sign_in", user=person.user, result="ok").count() == 1
    cookie = client.cookies[unlocking.COOKIE]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Strict"
    assert unlocking.keyring(cookie.value, person.user, at_work=True).secret == person.key


def test_unlocked_key_lies_in_the_database_only_sealed():
    person = colleague()
    sign_in(person)
    assert person.key not in bytes(UnlockedKey.objects.get().blob)


def test_a_source_that_tries_an_account_too_often_has_to_wait_and_the_owner_elsewhere_does_not(settings):
    settings.SIGN_INS_PER_ACCOUNT = 2
    person = colleague()
    client = browser()
    for _ in range(3):
        answer = try_password(client, person.user.email, "iets heel anders")
    assert "Dat waren veel pogingen" in answer.content.decode()
    path, words = reverse("account_login"), {"login": person.user.email, "password": person.password}
    assert "Dat waren veel pogingen" in client.post(path, words).content.decode()
    assert client.post(path, words, REMOTE_ADDR="198.51.100.7").url == reverse("mfa_authenticate")


def test_full_queue_for_hashes_answers_503_and_says_when_to_come_back(monkeypatch):
    monkeypatch.setattr(unlocking, "WAIT_SECONDS", 0.05)
    person = colleague()
    with unlocking.hashing_slot():
        answer = try_password(browser(), person.user.email, person.password)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_locking_keeps_somebody_signed_in_and_asks_the_password_again():
    person = colleague()
    client = sign_in(person)
    assert client.post(reverse("lock")).url == reverse("unlock")
    assert client.get("/team/").url == "/ontgrendel/?next=/team/"
    answer = client.post(reverse("unlock"), {"password": "iets anders", "next": "/team/"})
    assert "Dit wachtwoord klopt niet." in answer.content.decode()
    answer = client.post(reverse("unlock"), {"password": person.password, "next": "/team/"})
    assert answer.url == "/team/"
    assert client.get("/team/").status_code == 200


def test_post_with_lapsed_keys_lands_on_the_unlock_page(settings):
    person = colleague()
    client = sign_in(person)
    settings.IDLE_SECONDS = -1
    answer = client.post(reverse("renew_key", args=["desk"]), HTTP_REFERER="http://localhost/team/")
    assert answer.url == "/ontgrendel/?next=/team/"


def test_unlocking_leads_back_to_our_own_pages_only():
    person = colleague()
    client = sign_in(person)
    answer = client.post(reverse("unlock"), {"password": person.password, "next": "https://evil.example/"})
    assert answer.url == reverse("start")


def test_who_comes_to_a_role_with_a_key_later_gets_a_key_at_unlocking():
    person = colleague(Role.ANALYST)
    client = sign_in(person)
    assert client.get(reverse("unlock")).status_code == 403
    colleague(Role.LEAD)
    Membership.objects.create(user=person.user, team=Team.objects.get(slug="almelo"), role=Role.LEAD)
    assert client.post(reverse("unlock"), {"password": "iets anders"}).status_code == 200
    assert client.post(reverse("unlock"), {"password": person.password}).url == reverse("start")
    assert unlocking.unlock(person.user, person.password)


def test_signing_out_locks_the_key_and_clears_the_browser():
    person = colleague()
    client = sign_in(person)
    answer = client.post(reverse("account_logout"))
    assert "Clear-Site-Data" in answer.headers
    assert not UnlockedKey.objects.exists()
    assert client.get("/start/").url == "/aanmelden/?next=/start/"


def test_signing_out_needs_a_post():
    assert sign_in(colleague()).get(reverse("account_logout")).status_code == 405


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.COORDINATOR, "/meldingen/"),
        (Role.MEMBER, "/netwerk/"),
        (Role.LEAD, "/netwerk/"),
        (Role.ADMINISTRATOR, "/beheer/"),
    ],
)
def test_everybody_starts_where_their_work_is(role, path):
    assert sign_in(colleague(role)).get("/start/").url == path


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PRIVACY_OFFICER])
def test_who_has_no_list_gets_a_page_that_says_what_is_there(role):
    assert "je hebt daar geen sleutel voor" in sign_in(colleague(role)).get("/start/").content.decode()


def test_changing_the_password_keeps_the_key_and_locks_other_places():
    person = colleague()
    here, there = sign_in(person), sign_in(person, code=person.recovery_codes[0])
    new = "vier eenden in de sloot"
    words = {"old_password": person.password, "new_password": new, "again": new}
    assert here.post(reverse("password"), words).url == reverse("password_changed")
    assert here.get("/team/").status_code == 200
    assert there.get("/team/").url.startswith("/aanmelden/")
    assert UnlockedKey.objects.count() == 1
    assert unlocking.unlock(person.user, new)[1] == person.key
    with pytest.raises(crypto.CannotOpen):
        unlocking.unlock(person.user, person.password)


def test_changing_the_password_needs_the_one_of_now():
    person = colleague()
    words = {"old_password": "iets anders", "new_password": "vier eenden in de sloot", "again": "vier eenden in de sloot"}
    assert "Dit wachtwoord klopt niet." in sign_in(person).post(reverse("password"), words).content.decode()
    assert UserKey.objects.get().version == 1


def test_command_that_sets_a_password_beside_the_vault_is_closed():
    with pytest.raises(CommandError):
        call_command("changepassword", colleague().user.email)


@pytest.mark.parametrize("path", ["/signup/", "/password/reset/", "/accounts/signup/", "/aanmelden/signup/"])
def test_nobody_signs_up_and_mail_resets_nothing(path):
    assert browser().get(path).status_code == 404
