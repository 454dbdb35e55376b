"""A team's key never ends up with nobody: not by ending, renewing or expiry, and not with a key that was swapped."""

import datetime
import threading
import uuid

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.urls import reverse

from meldpunt.teams import actions, holders, renewal_actions
from meldpunt.teams.models import Membership, Role, User
from meldpunt.vault import crypto, keys, trust, unlocking
from meldpunt.vault.models import Signer, TeamKey, TeamKeySeal, UserKey
from signals.models import StaffDraft
from tests.accounts import colleague, make_signer, mark_of, sign_in

pytestmark = pytest.mark.django_db
TODAY = datetime.date.today()
SOON, YESTERDAY = TODAY + datetime.timedelta(days=30), TODAY - datetime.timedelta(days=1)


def ring(person) -> unlocking.Keyring:
    return unlocking.Keyring(User.objects.get(pk=person.user.pk), person.key)


def give(person, by) -> None:
    team = by.user.memberships.get().team
    actions.give_key(person.user, team=team, by=by.user, keyring=ring(by), seen=mark_of(person.user))


def place(person) -> Membership:
    return Membership.objects.get(user=person.user)


@pytest.fixture
def administrator():
    return colleague(Role.ADMINISTRATOR)


@pytest.fixture
def lead(settings):
    """A lead who signs, and holds the first key of the team."""
    found = colleague(Role.LEAD)
    make_signer(found, settings)
    keys.sign_key(ring(found), keys.newest_user_key(found.user))
    actions.renew_key(place(found).team, by=found.user, keyring=ring(found))
    return found


@pytest.fixture
def second(lead):
    """A second lead who holds the key; no signer yet."""
    found = colleague(Role.LEAD)
    give(found, by=lead)
    return found


def test_the_membership_of_the_last_one_who_holds_the_key_is_not_ended(administrator, lead):
    client, path = sign_in(administrator), reverse("end_membership", args=[place(lead).pk])
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 409 and "niemand anders de sleutel" in answer.content.decode()
    with pytest.raises(holders.NobodyToAdmit):
        actions.end_membership(place(lead), by=administrator.user)
    assert place(lead).ended_at is None
    assert TeamKeySeal.objects.filter(user_key__user=lead.user).exists()


def test_a_lead_is_not_ended_where_only_a_member_who_cannot_give_the_key_stays(administrator, lead):
    member = colleague(Role.MEMBER)
    give(member, by=lead)
    with pytest.raises(holders.NobodyToAdmit):
        actions.end_membership(place(lead), by=administrator.user)
    actions.end_membership(place(member), by=administrator.user)
    assert place(member).ended_at


def test_a_signer_who_must_go_is_ended_where_another_lead_holds_the_key(administrator, lead, second):
    actions.end_membership(place(lead), by=administrator.user)
    assert place(lead).ended_at
    assert not TeamKeySeal.objects.filter(user_key__user=lead.user).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_are_ended_at_the_same_moment_one_stays(administrator, lead, second):
    places, said, start = [place(lead), place(second)], [], threading.Barrier(2)

    def end(membership):
        start.wait()
        try:
            actions.end_membership(membership, by=User.objects.get(pk=administrator.user.pk))
            said.append("ended")
        except holders.NobodyToAdmit:
            said.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=end, args=[one]) for one in places]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == ["ended", "refused"]
    assert TeamKeySeal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_whose_access_is_renewed_at_the_same_moment_one_keeps_the_key(administrator, lead, second, settings):
    root = crypto.new_signing_pair()
    settings.TRUST_ROOT = root.public.hex()
    for person in (lead, second):
        keys.make_signer(person.user, root.secret, practice=True)
    said, start = [], threading.Barrier(2)

    def renew(user):
        start.wait()
        try:
            renewal_actions.renew_access(user, by=User.objects.get(pk=administrator.user.pk))
            said.append("renewed")
        except holders.NobodyToAdmit:
            said.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=renew, args=[person.user]) for person in (lead, second)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == ["refused", "renewed"]
    assert TeamKeySeal.objects.exists()


def test_a_team_key_is_never_made_without_the_one_who_makes_it(lead, second):
    UserKey.objects.filter(user=lead.user).update(expires_on=YESTERDAY)
    team = place(lead).team
    with pytest.raises(trust.NotTrusted):
        actions.renew_key(team, by=lead.user, keyring=ring(lead))
    assert sign_in(lead).post(reverse("renew_key", args=[team.slug])).status_code == 409
    assert TeamKey.objects.count() == 1


def test_a_team_key_is_never_made_for_nobody(lead):
    with pytest.raises(trust.NotTrusted):
        keys.make_team_key(ring(lead), place(lead).team, [])
    assert TeamKey.objects.count() == 1


def test_a_key_that_ends_soon_is_on_the_page_and_a_signer_gives_it_another_year(lead, second):
    UserKey.objects.filter(user=second.user).update(expires_on=SOON)
    keys.sign_key(ring(lead), keys.newest_user_key(lead.user))
    client = sign_in(lead)
    page = client.get(reverse("team_keys")).content.decode()
    assert "geldig tot" in page and page.count("Verleng de sleutel") == 1
    path = reverse("give_key", args=["almelo", second.user.pk])
    assert client.post(path, {"seen": mark_of(second.user)}).status_code == 302
    key = keys.newest_user_key(second.user)
    assert key.expires_on == TODAY + keys.YEAR
    trust.check(key)
    assert "geldig tot" not in client.get(reverse("team_keys")).content.decode()
    assert ring(second).team_secret(TeamKey.objects.get())


def test_an_expired_key_counts_again_once_it_is_signed_again(lead, second):
    UserKey.objects.filter(user=second.user).update(expires_on=YESTERDAY)
    assert not actions.is_signed(keys.newest_user_key(second.user))
    give(second, by=lead)
    assert actions.is_signed(keys.newest_user_key(second.user))


def test_the_end_of_the_teams_key_and_of_signing_is_said_sixty_days_ahead(lead):
    TeamKey.objects.update(expires_on=SOON)
    Signer.objects.update(expires_on=SOON)
    page = sign_in(lead).get(reverse("team_keys")).content.decode()
    assert "De sleutel van dit team loopt tot" in page and "Je mag sleutels geven tot" in page


def test_the_deploy_check_names_every_key_that_ends_soon(lead):
    def found():
        return [one.id for one in run_checks(include_deployment_checks=True) if one.id.startswith("teams.")]

    assert found() == []
    for model in (TeamKey, Signer, UserKey):
        model.objects.update(expires_on=SOON)
    assert sorted(found()) == ["teams.W001", "teams.W002", "teams.W003"]


def test_the_team_is_told_who_left_until_the_key_is_renewed(administrator, lead, second):
    actions.end_membership(place(second), by=administrator.user)
    client = sign_in(lead)
    assert "ging weg" in client.get(reverse("team_keys")).content.decode()
    client.post(reverse("renew_key", args=["almelo"]))
    assert "ging weg" not in client.get(reverse("team_keys")).content.decode()


def test_a_key_that_came_after_the_fingerprint_was_compared_is_not_signed(lead):
    member = colleague(Role.MEMBER)
    client, path, compared = sign_in(lead), reverse("give_key", args=["almelo", member.user.pk]), mark_of(member.user)
    assert f'value="{compared}"' in client.get(reverse("team_keys")).content.decode()
    keys.make_user_key(member.user, "een ander wachtwoord")
    for seen in ({"seen": compared}, {}):
        answer = client.post(path, seen)
        assert answer.status_code == 409 and "Vergelijk de vingerafdruk opnieuw" in answer.content.decode()
    assert not TeamKeySeal.objects.filter(user_key__user=member.user).exists()


def test_a_renewal_leaves_nothing_of_the_old_secret_nor_what_was_sealed_to_it(administrator, lead, second):
    StaffDraft.objects.create(user=second.user, object_kind="case", object_id=uuid.uuid4(), form="note", fields=b"sealed")
    renewal_actions.renew_access(second.user, by=administrator.user)
    assert bytes(UserKey.objects.get(user=second.user).wrapped_secret) == b""
    assert not StaffDraft.objects.exists()
    assert keys.newest_user_key(second.user) is None


def test_a_renewed_signer_signs_nothing_until_the_root_signs_again(administrator, lead, second, settings):
    root = crypto.new_signing_pair()
    settings.TRUST_ROOT = root.public.hex()
    for person in (lead, second):
        keys.make_signer(person.user, root.secret, practice=True)
    keys.sign_key(ring(lead), keys.newest_user_key(lead.user))
    renewal_actions.renew_access(second.user, by=administrator.user)
    user = User.objects.get(pk=second.user.pk)
    user.set_password("een nieuw wachtwoord")
    user.save()
    keys.make_user_key(user, "een nieuw wachtwoord")
    actions.give_key(user, team=place(lead).team, by=lead.user, keyring=ring(lead), seen=mark_of(user))
    assert not holders.may_sign(user)
    with pytest.raises(holders.NobodyToAdmit):
        renewal_actions.renew_access(lead.user, by=administrator.user)
    keys.make_signer(user, root.secret, practice=True)
    assert holders.may_sign(user)
