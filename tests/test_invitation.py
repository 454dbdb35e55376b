"""Coming and going: invitations, the key of a team, the end of a membership, coverage; and the practice people."""

import datetime
import json
import re
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.teams import actions
from meldpunt.teams.fingerprints import fingerprint
from meldpunt.teams.models import Invitation, Membership, Role, Team, TeamKind, User
from meldpunt.teams.partners import Partner
from meldpunt.teams.practice import make_people
from meldpunt.vault import crypto, keys, trust, unlocking
from meldpunt.vault.models import TeamKey, TeamKeySeal, UnlockedKey, UserKey
from tests.accounts import browser, colleague, make_signer, mark_of, sign_in
from tests.people import one_time_code

pytestmark = pytest.mark.django_db
PASSWORD = "vier eenden in de sloot"


def invite(by, team, role=Role.MEMBER):
    return actions.invite(by=by.user, email="nieuw@practice.test", name="Nieuw", team=team, role=role)


def accept(client, token, code, password=PASSWORD):
    return client.post(reverse("accept_invitation", args=[token]), {"code": code, "new_password": password, "again": password})


@pytest.fixture
def administrator():
    return colleague(Role.ADMINISTRATOR)


@pytest.fixture
def lead(settings):
    """A lead who signs keys, with the team's first key."""
    found = colleague(Role.LEAD)
    make_signer(found, settings)
    keyring = unlocking.Keyring(found.user, found.key)
    keys.sign_key(keyring, keys.newest_user_key(found.user))
    actions.renew_key(team(), by=found.user, keyring=keyring)
    return found


def team():
    return Team.objects.get_or_create(slug="almelo", defaults={"kind": TeamKind.NETWORK, "name": "Almelo"})[0]


def partner():
    days = {"agreed_on": datetime.date(2026, 1, 5), "review_on": datetime.date(2027, 1, 5)}
    return Partner.objects.create(
        team=team(), organisation="OSG Noord", role="school", purpose="Naar school", bases=["consent"], contact="Els", **days
    )


def test_link_and_code_are_shown_once_and_stored_as_hashes(administrator):
    words = {"name": "Nieuw", "email": "Nieuw@practice.test", "team": team().pk, "role": "member", "partner": partner().pk}
    page = sign_in(administrator).post(reverse("invite"), words).content.decode()
    token = re.search(r"/uitnodiging/([^/]+)/", page)[1]
    code = re.search(r"data-code>([^<]+)<", page)[1]
    row = Invitation.objects.get()
    assert token.encode() not in bytes(row.token_hash) and code.replace("-", "") not in row.code_hash
    assert row.expires_at - timezone.now() <= datetime.timedelta(hours=72)
    assert code not in sign_in(colleague(Role.ADMINISTRATOR)).get(reverse("people")).content.decode()


def test_role_must_fit_the_team(administrator):
    words = {"name": "Nieuw", "email": "nieuw@practice.test", "team": team().pk, "role": "coordinator"}
    assert "Deze rol hoort niet bij dit team." in sign_in(administrator).post(reverse("invite"), words).content.decode()
    assert not Invitation.objects.exists()


def test_link_and_code_make_an_account_with_a_key_and_then_a_second_factor(administrator):
    _row, token, code = invite(administrator, team())
    client = browser()
    assert accept(client, token, code.lower()).url == reverse("mfa_activate_totp")
    user = User.objects.get(email="nieuw@practice.test")
    assert user.role_in(team()) == Role.MEMBER
    assert unlocking.unlock(user, PASSWORD)
    assert not TeamKeySeal.objects.filter(user_key__user=user).exists()
    assert client.get("/start/").url == reverse("mfa_activate_totp")


def test_link_works_once(administrator):
    _row, token, code = invite(administrator, team())
    accept(browser(), token, code)
    assert accept(browser(), token, code).status_code == 410
    assert User.objects.filter(email="nieuw@practice.test").count() == 1


def test_link_without_the_code_does_not_suffice_and_closes_after_five_tries(administrator):
    _row, token, code = invite(administrator, team())
    for _ in range(5):
        assert "Deze code klopt niet." in accept(browser(), token, "AAAA-AAAA").content.decode()
    assert accept(browser(), token, code).status_code == 410
    assert not User.objects.filter(email="nieuw@practice.test").exists()


def test_link_is_over_after_72_hours(administrator):
    row, token, code = invite(administrator, team())
    Invitation.objects.filter(pk=row.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert accept(browser(), token, code).status_code == 410
    assert browser().get(reverse("accept_invitation", args=["bestaat-niet"])).status_code == 410


def test_short_password_is_refused_without_costing_a_try(administrator):
    row, token, code = invite(administrator, team())
    assert accept(browser(), token, code, "kort").status_code == 200
    row.refresh_from_db()
    assert row.tries_left == 5


def test_who_holds_no_key_gets_none(administrator):
    province = Team.objects.get(kind=TeamKind.PROVINCE)
    _row, token, code = invite(administrator, province, Role.ANALYST)
    accept(browser(), token, code)
    assert not UserKey.objects.filter(user__email="nieuw@practice.test").exists()


@pytest.mark.parametrize("name", ["people", "invite", "coverage"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.MEMBER, Role.ANALYST, Role.PRIVACY_OFFICER])
def test_administration_is_for_administrators(name, role):
    assert sign_in(colleague(role)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR, Role.ANALYST, Role.PRIVACY_OFFICER])
def test_keys_of_a_team_are_for_who_may_give_them(role):
    assert sign_in(colleague(role)).get(reverse("team_keys")).status_code == 403


def test_action_itself_refuses_who_is_no_administrator(lead):
    with pytest.raises(PermissionDenied):
        invite(lead, team())
    with pytest.raises(PermissionDenied):
        actions.end_membership(Membership.objects.get(user=lead.user), by=lead.user)


def test_new_member_waits_until_a_colleague_gives_the_key(lead):
    member = colleague(Role.MEMBER)
    client = sign_in(lead)
    page = client.get(reverse("team_keys")).content.decode()
    assert "wacht op sleutel" in page
    assert " ".join(fingerprint(keys.newest_user_key(member.user))) in page
    path, compared = reverse("give_key", args=["almelo", member.user.pk]), {"seen": mark_of(member.user)}
    assert client.post(path, compared).url == reverse("team_keys")
    keyring = unlocking.Keyring(member.user, member.key)
    assert keyring.team_secret(TeamKey.objects.get())
    assert "wacht op sleutel" not in client.get(reverse("team_keys")).content.decode()


def test_who_is_no_signer_cannot_give_the_key(lead):
    other, member = colleague(Role.LEAD), colleague(Role.MEMBER)
    answer = sign_in(other).post(reverse("give_key", args=["almelo", member.user.pk]), {"seen": mark_of(member.user)})
    assert answer.status_code == 409
    assert not TeamKeySeal.objects.filter(user_key__user=member.user).exists()


def test_key_of_another_team_is_not_found(lead):
    stranger = colleague(Role.COORDINATOR)
    path = reverse("give_key", args=["almelo", lead.user.pk])
    assert sign_in(stranger).post(path).status_code == 404


def test_end_of_a_membership_takes_seals_and_unlocked_keys_at_once_and_asks_for_a_new_key(lead, administrator):
    member = colleague(Role.MEMBER)
    keyring = unlocking.Keyring(lead.user, lead.key)
    actions.give_key(member.user, team=team(), by=lead.user, keyring=keyring, seen=mark_of(member.user))
    working = sign_in(member)
    membership = Membership.objects.get(user=member.user)
    client = sign_in(administrator)
    assert client.post(reverse("end_membership", args=[membership.pk])).url == reverse("people")
    assert not TeamKeySeal.objects.filter(user_key__user=member.user).exists()
    assert not UnlockedKey.objects.filter(user=member.user).exists()
    assert Notice.objects.get(kind="renew_key").user == lead.user
    assert Entry.objects.filter(act="change", object_kind="membership", user=administrator.user).exists()
    assert working.get("/start/").status_code == 200
    assert "niet bij een team" in working.get("/start/").content.decode()


def test_renewed_key_is_sealed_to_who_is_there_and_the_old_one_stays_readable(lead):
    member = colleague(Role.MEMBER)
    keyring = unlocking.Keyring(lead.user, lead.key)
    actions.give_key(member.user, team=team(), by=lead.user, keyring=keyring, seen=mark_of(member.user))
    actions.end_membership(Membership.objects.get(user=member.user), by=colleague(Role.ADMINISTRATOR).user)
    assert sign_in(lead).post(reverse("renew_key", args=["almelo"])).url == reverse("renew_contents", args=["almelo"])
    assert trust.newest_team_key(team()).version == 2
    fresh = unlocking.Keyring(lead.user, lead.key)
    assert all(fresh.team_secret(row) for row in TeamKey.objects.all())
    with pytest.raises(crypto.CannotOpen):
        unlocking.Keyring(member.user, member.key).team_secret(trust.newest_team_key(team()))


def test_colleague_joins_one_more_team_without_its_key(lead, administrator):
    coordinator = colleague(Role.COORDINATOR)
    client = sign_in(administrator)
    path = reverse("join_team", args=[coordinator.user.pk])
    said = {"team": team().pk, "role": "member", "partner": partner().pk}
    assert client.post(path, said).url == reverse("people")
    assert "hoort al bij dit team" in client.post(path, said | {"role": "lead"}).content.decode()
    assert Notice.objects.get(kind="give_key").user == lead.user
    assert not TeamKeySeal.objects.filter(user_key__user=coordinator.user).exists()


def test_practice_people_are_made_once_and_can_sign_in(settings):
    root = crypto.new_signing_pair()
    settings.TRUST_ROOT = f"practice-{root.public.hex()}"
    accounts = make_people(root.secret)
    assert make_people(root.secret) is None
    assert len(accounts) == 15
    assert all(trust.newest_team_key(found) for found in Team.objects.exclude(kind=TeamKind.PROVINCE))
    account = next(row for row in accounts if row["email"] == "member-almelo@practice.test")
    client = browser()
    client.post(reverse("account_login"), {"login": account["email"], "password": account["password"]})
    client.post(reverse("mfa_authenticate"), {"code": one_time_code(account["totp_secret"])})
    assert client.get("/start/").url == "/netwerk/"
    fresh = Client(HTTP_HOST="localhost")
    fresh.post(reverse("account_login"), {"login": account["email"], "password": account["password"]})
    fresh.post(reverse("mfa_authenticate"), {"code": account["recovery_code"]})
    assert fresh.get("/start/").url == "/netwerk/"


def test_practice_people_are_never_made_in_production(settings):
    settings.PRACTICE = False
    with pytest.raises(RuntimeError):
        make_people(crypto.new_signing_pair().secret)


def test_accounts_of_practice_go_to_a_file_that_only_its_owner_reads(settings, tmp_path, monkeypatch):
    root = crypto.new_signing_pair()
    settings.TRUST_ROOT = f"practice-{root.public.hex()}"
    monkeypatch.setenv("TRUST_ROOT_SECRET", root.secret.hex())
    monkeypatch.setenv("PRACTICE_FILE", str(tmp_path / "practice.json"))
    call_command("make_practice", stdout=StringIO())
    file = tmp_path / "practice.json"
    assert file.stat().st_mode & 0o777 == 0o600
    fields = {"name", "email", "role", "team", "password", "totp_secret", "recovery_code"}
    assert all(set(account) == fields for account in json.loads(file.read_text()))


def test_desk_is_founded_with_a_root_of_its_own(settings, tmp_path):
    said = StringIO()
    call_command("new_root", str(tmp_path / "root"), stdout=said)
    settings.TRUST_ROOT = said.getvalue().strip().removeprefix("TRUST_ROOT=")
    with pytest.raises(CommandError):
        call_command("new_root", str(tmp_path / "root"), stdout=said)
    people = {"administrator": ["b@example.org", "Bea"], "coordinator": ["c@example.org", "Cor"]}
    said = StringIO()
    call_command("found_desk", stdout=said, **people)
    links = re.findall(r"/uitnodiging/([^/]+)/\n  code (\S+)", said.getvalue())
    for token, code in links:
        assert accept(browser(), token, code).url == reverse("mfa_activate_totp")
    call_command("found_desk", root=str(tmp_path / "root"), signer=["c@example.org"], stdout=said)
    first = User.objects.get(email="c@example.org")
    keyring = unlocking.Keyring(first, unlocking.unlock(first, PASSWORD)[1])
    desk = Team.objects.get(kind=TeamKind.DESK)
    actions.give_key(first, team=desk, by=first, keyring=keyring, seen=mark_of(first))
    actions.renew_key(desk, by=first, keyring=keyring)
    assert trust.newest_team_key(desk).version == 1
    assert unlocking.Keyring(first, keyring.secret).team_secret(TeamKey.objects.get())
    assert User.objects.get(email="b@example.org").roles() == {Role.ADMINISTRATOR}
