"""Somebody lost the password or the phone: an administrator closes and invites, a colleague admits; the team reads on."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.teams import actions, renewal_actions
from meldpunt.teams.holders import NobodyToAdmit
from meldpunt.teams.models import Invitation, Membership, Role, Team, TeamKind, User
from meldpunt.vault import crypto, keys, trust, unlocking
from meldpunt.vault.models import Purpose, TeamKey, TeamKeySeal, UnlockedKey
from tests.accounts import browser, colleague, make_signer, mark_of, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "vijf ganzen op het ijs"


def team() -> Team:
    return Team.objects.get_or_create(slug="almelo", defaults={"kind": TeamKind.NETWORK, "name": "Almelo"})[0]


def keyring_of(person) -> unlocking.Keyring:
    return unlocking.Keyring(User.objects.get(pk=person.user.pk), person.key)


@pytest.fixture
def administrator():
    return colleague(Role.ADMINISTRATOR)


@pytest.fixture
def lead(settings):
    """A lead who signs keys, with the team's first key."""
    found = colleague(Role.LEAD)
    make_signer(found, settings)
    keys.sign_key(keyring_of(found), keys.newest_user_key(found.user))
    actions.renew_key(team(), by=found.user, keyring=keyring_of(found))
    return found


@pytest.fixture
def member(lead):
    """A member who holds the key."""
    found = colleague(Role.MEMBER)
    actions.give_key(found.user, team=team(), by=lead.user, keyring=keyring_of(lead), seen=mark_of(found.user))
    return found


def renewed(administrator, person) -> tuple[str, str]:
    """Press the button; returns the token of the link and the code to be read out."""
    page = sign_in(administrator).post(reverse("renew_access", args=[person.user.pk]), follow=True)
    text = page.content.decode()
    return re.search(r"/uitnodiging/([^/]+)/", text)[1], re.search(r"data-code>([^<]+)<", text)[1]


def test_everything_that_opened_the_account_is_gone_at_once(administrator, member, lead):
    working, email = sign_in(member), member.user.email
    renewed(administrator, member)
    assert working.get("/netwerk/").url.startswith(reverse("account_login"))
    assert not UnlockedKey.objects.filter(user=member.user).exists()
    assert not TeamKeySeal.objects.filter(user_key__user=member.user).exists()
    assert keys.newest_user_key(member.user) is None
    user = User.objects.get(email=email)
    assert not user.has_usable_password() and not user.authenticator_set.exists()
    again = sign_in(member)
    assert again.get("/netwerk/").url.startswith(reverse("account_login"))
    assert Membership.objects.get(user=user).ended_at is None
    entry = Entry.objects.get(act="change", object_kind="user", purpose="renew_access")
    assert (entry.user, entry.object_id) == (administrator.user, str(user.pk))


def test_a_colleague_admits_the_new_key_and_the_old_content_opens_again(administrator, member, lead):
    content = keys.new_content_key("case", uuid.uuid4(), Purpose.SHARED, [team()])
    token, code = renewed(administrator, member)
    client = browser()
    words = {"code": code, "new_password": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("accept_invitation", args=[token]), words).url == reverse("mfa_activate_totp")
    user = User.objects.get(pk=member.user.pk)
    assert User.objects.filter(email=user.email).count() == 1 and user.memberships.count() == 1
    assert keys.newest_user_key(user).version == 2
    assert Notice.objects.filter(kind="give_key", user=lead.user).exists()
    fresh = unlocking.Keyring(user, unlocking.unlock(user, PASSWORD)[1])
    with pytest.raises(crypto.CannotOpen):
        fresh.team_secret(TeamKey.objects.get())
    actions.give_key(user, team=team(), by=lead.user, keyring=keyring_of(lead), seen=mark_of(user))
    fresh = unlocking.Keyring(user, fresh.secret)
    assert fresh.content_key(content.row) == content.key == keyring_of(lead).content_key(content.row)
    with pytest.raises(crypto.CannotOpen):
        keyring_of(member).content_key(content.row)


def test_the_lost_key_is_not_given_anything_while_the_invitation_is_open(administrator, member, lead):
    renewed(administrator, member)
    user, seen = User.objects.get(pk=member.user.pk), mark_of(member.user)
    with pytest.raises(trust.NotTrusted):
        actions.give_key(user, team=team(), by=lead.user, keyring=keyring_of(lead), seen=seen)
    answer = sign_in(lead).post(reverse("give_key", args=["almelo", user.pk]), {"seen": seen})
    assert answer.status_code == 409


def test_the_only_one_who_holds_the_key_is_not_locked_out(administrator, lead):
    client = sign_in(administrator)
    path = reverse("renew_access", args=[lead.user.pk])
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 409 and "niemand anders de sleutel" in answer.content.decode()
    assert TeamKeySeal.objects.filter(user_key__user=lead.user).exists()
    with pytest.raises(NobodyToAdmit):
        renewal_actions.renew_access(lead.user, by=administrator.user)


def test_an_older_invitation_for_the_same_person_closes(administrator, member):
    first, _code = renewed(administrator, member)
    second, _code = renewed(administrator, member)
    assert browser().get(reverse("accept_invitation", args=[first])).status_code == 410
    assert browser().get(reverse("accept_invitation", args=[second])).status_code == 200
    assert Invitation.objects.filter(email=member.user.email).count() == 2


def test_nobody_renews_the_own_access_and_only_an_administrator_renews(administrator, member, lead):
    assert sign_in(administrator).get(reverse("renew_access", args=[administrator.user.pk])).status_code == 404
    for by in (lead.user, member.user):
        with pytest.raises(PermissionDenied):
            renewal_actions.renew_access(member.user, by=by)


def test_the_question_is_asked_before_anything_happens(administrator, member):
    page = sign_in(administrator).get(reverse("renew_access", args=[member.user.pk]))
    assert page.status_code == 200 and "opnieuw toegang geven?" in page.content.decode()
    assert User.objects.get(pk=member.user.pk).has_usable_password()


def test_somebody_of_two_teams_waits_for_both_keys(administrator, member, lead):
    desk = colleague(Role.COORDINATOR)
    actions.join(desk.user, team=team(), role=Role.MEMBER, by=administrator.user)
    Notice.objects.all().delete()
    token, code = renewed(administrator, desk)
    words = {"code": code, "new_password": PASSWORD, "again": PASSWORD}
    browser().post(reverse("accept_invitation", args=[token]), words)
    assert set(Notice.objects.filter(kind="give_key").values_list("user", flat=True)) == {lead.user.pk}
    assert User.objects.get(pk=desk.user.pk).memberships.filter(ended_at=None).count() == 2
