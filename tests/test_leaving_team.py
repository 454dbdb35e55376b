"""Somebody leaves: what is written after the keys were renewed opens with nothing that this person has, or steals later."""

import pytest
from django.core.exceptions import PermissionDenied

from meldpunt.teams import actions
from meldpunt.teams.models import Membership
from meldpunt.vault import crypto, keys, sealed
from meldpunt.vault.models import ContentKey, ContentSeal, TeamKeySeal
from networks.actions import casework
from signals.actions import renewing, routing
from signals.models import Assignment
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Geschreven toen het lid er nog was.", "Geschreven nadat het lid weg was."


@pytest.fixture
def world(settings):
    return World(settings)


def leaves(world, who="member"):
    """End the membership as the administrator does, and let the lead renew the team key."""
    membership = Membership.objects.get(user=world.people[who], ended_at=None)
    actions.end_membership(membership, by=world.user("administrator"))
    ring = world.keyring("coordinator" if who == "coordinator" else "lead")
    keys.make_signer(ring.user, world.root.secret, practice=True)
    actions.renew_key(membership.team, by=ring.user, keyring=ring)
    return membership.team


def renewed(world, team):
    """Renew every content key, step by step; returns how many steps it took."""
    steps = iter(lambda: renewing.renew_step(team, by=world.user("lead"), most=2).left, 0)
    return len(list(steps)) + 1


def opens(secrets: list[bytes], rows, blob: bytes, context: str) -> bool:
    """Try every secret on every seal, every key that comes out on the blob; also team keys through their seals."""
    found, tried = list(secrets), set()
    while found:
        secret = found.pop()
        if secret in tried:
            continue
        tried.add(secret)
        for row, statement in rows:
            try:
                found.append(crypto.unseal_key(secret, row, statement))
            except crypto.CannotOpen:
                continue
        try:
            crypto.open_sealed(secret, blob, context)
        except crypto.CannotOpen:
            continue
        return True
    return False


def stolen() -> list[tuple[bytes, str]]:
    """Every seal of the database, each with the statement that it was made with."""
    rows = []
    for seal in TeamKeySeal.objects.select_related("team_key"):
        rows.append((bytes(seal.sealed), seal.team_key.statement))
    for seal in ContentSeal.objects.select_related("content_key", "team_key").exclude(team_key=None):
        recipient = f"{seal.team_key.owner}|{seal.team_key.version}"
        rows.append((bytes(seal.sealed), seal.content_key.statement(recipient)))
    return rows


def written(world, letter, words, who):
    ring = world.keyring(who)
    return casework.write_note(letter, by=ring.user, keyring=ring, words=words)


def blob_of(note):
    version = int.from_bytes(bytes(note.words)[:2], "big")
    return bytes(note.words)[2:], f"v1|note|{note.pk}|words|{version}"


def test_old_copy_new_copy_and_own_password_together_open_nothing_written_after_the_renewal(world):
    letter = world.accepted()
    before = written(world, letter, BEFORE, "member")
    own = world.secrets[world.people["member"].pk]
    old_copy = stolen()
    team = leaves(world)
    renewed(world, team)
    after = written(world, letter, AFTER, "lead")
    both = old_copy + stolen()
    assert opens([own], both, *blob_of(before)), "the attack itself works on what the member could read"
    assert not opens([own], both, *blob_of(after))


def test_without_the_renewal_of_content_keys_the_attack_would_succeed(world):
    letter, own = world.accepted(), world.secrets[world.people["member"].pk]
    old_copy = stolen()
    leaves(world)
    after = written(world, letter, AFTER, "lead")
    assert opens([own], old_copy + stolen(), *blob_of(after))


def test_the_team_still_reads_what_was_written_before_and_after(world):
    letter = world.accepted()
    before = written(world, letter, BEFORE, "member")
    renewed(world, leaves(world))
    after = written(world, letter, AFTER, "lead")
    ring = world.keyring("lead")
    assert [sealed.peek(ring, note, "words").decode() for note in (before, after)] == [BEFORE, AFTER]


def test_what_the_desk_shares_afterwards_lies_under_the_new_key_too(world):
    letter = world.accepted()
    renewed(world, leaves(world))
    newest = ContentKey.objects.filter(object_id=letter.case_id, purpose="shared").order_by("-version").first()
    assert newest.version == 2
    assert {seal.team_key.team.slug for seal in newest.seals.all()} == {"desk", "almelo"}
    assert newest.seals.get(team_key__team=world.teams["almelo"]).team_key.version == 2


def test_steps_that_are_small_do_all_of_it_and_a_second_time_nothing(world):
    for _n in range(3):
        world.accepted()
    team = leaves(world)
    assert renewing.to_renew(team).count() == 6
    assert renewed(world, team) == 3
    assert renewing.renew_step(team, by=world.user("lead")) == renewing.Step(0, 0)
    assert ContentKey.objects.filter(version=2).count() == 6


def test_what_is_closed_keeps_its_keys(world):
    letter, ring = world.accepted(), world.keyring("lead")
    routing.close_case(letter, by=ring.user, keyring=ring, outcome="police", youth_care_needed=False, safe_now="yes")
    team = leaves(world)
    assert not renewing.to_renew(team).exists()


def test_a_signal_of_the_desk_gets_a_new_report_and_thread_key_and_the_referrer_keeps_the_thread(world):
    signal = a_signal(world)
    desk = world.teams["desk"]
    actions.renew_key(desk, by=world.user("coordinator"), keyring=world.keyring("coordinator"))
    assert renewing.renew_step(desk, by=world.user("coordinator")).left == 0
    newest = {row.purpose: row for row in ContentKey.objects.filter(object_id=signal.pk, version=2)}
    assert set(newest) == {"report", "thread"}
    assert newest["thread"].seals.exclude(referrer_key=None).count() == 1


def test_only_a_lead_or_coordinator_of_that_team_renews(world):
    world.accepted()
    for who in ("member", "stranger", "administrator", "other_lead", "coordinator"):
        with pytest.raises(PermissionDenied):
            renewing.renew_step(world.teams["almelo"], by=world.user(who))


def test_letter_is_still_delivered_by_the_keyless_worker_after_a_renewal(world):
    letter = world.routed()
    keys.make_signer(world.user("lead"), world.root.secret, practice=True)
    actions.renew_key(world.teams["almelo"], by=world.user("lead"), keyring=world.keyring("lead"))
    renewing.renew_step(world.teams["almelo"], by=world.user("lead"))
    assert routing.deliver(letter.pk)
    assert Assignment.objects.get(pk=letter.pk).state == "delivered"


def told(world) -> bool:
    """Let the lead unlock, and look whether the page says that somebody left."""
    client = world.client("lead", locked=True)
    page = client.post("/ontgrendel/", {"password": "een lang wachtwoord"}, follow=True).content.decode()
    return "Iemand ging weg uit Almelo." in page


def test_who_may_renew_is_told_at_each_unlocking_until_it_is_done(world):
    assert told(world) and told(world)
    leaves(world)
    assert not told(world)


def test_many_keys_take_a_few_statements(world, django_assert_max_num_queries):
    for _n in range(4):
        world.accepted()
    team = leaves(world)
    with django_assert_max_num_queries(15):
        assert renewing.renew_step(team, by=world.user("lead")).done == 8
