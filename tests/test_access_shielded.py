"""One more column of the access table: somebody who is kept out. Every address answers as if nothing existed."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from signals.models import Case, Shield, Signal
from tests.test_access import TABLE, answer, arguments, confirmed
from tests.worlds import World

pytestmark = pytest.mark.django_db

ABOUT = {"signal", "case"}
KEPT_OUT = ("coordinator", "member", "lead")
# What says that a role has no business there at all comes before what it may see.
NEVER = (403, "sign in")


@pytest.fixture
def world(settings):
    return World(settings)


def keep_everybody_out(world):
    """Keep the coordinator, the member and the lead out of every case and signal there is."""
    for who in KEPT_OUT:
        user = world.people[who]
        for signal in Signal.objects.all():
            Shield.objects.create(user=user, signal=signal, source="referrer", at=timezone.now())
        for case in Case.objects.all():
            Shield.objects.create(user=user, case=case, source="coordinator", at=timezone.now())


def shielded_answers(world, method, address):
    found = {}
    for who in KEPT_OUT:
        with transaction.atomic():
            response = confirmed(world.client(who)).generic(method, address)
            found[who] = answer(response), response.content.decode(errors="ignore")
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", sorted(name for name, (_m, wanted, _e) in TABLE.items() if ABOUT & set(wanted)))
def test_an_address_of_something_that_one_is_kept_out_of_answers_that_it_does_not_exist(world, name):
    method, wanted, expected = TABLE[name]
    address = reverse(name, args=arguments(world, wanted))
    keep_everybody_out(world)
    for who, (status, _body) in shielded_answers(world, method, address).items():
        assert status == 404 or status == expected[who] in NEVER, who


@pytest.mark.parametrize("name", sorted(name for name, (_m, wanted, _e) in TABLE.items() if not ABOUT & set(wanted)))
def test_no_other_page_names_what_one_is_kept_out_of(world, name):
    method, wanted, _expected = TABLE[name]
    address = reverse(name, args=arguments(world, wanted))
    world.delivered()
    keep_everybody_out(world)
    names = [thing.reference for kind in (Case, Signal) for thing in kind.objects.all()]
    for who, (_status, body) in shielded_answers(world, method, address).items():
        assert not [reference for reference in names if reference in body], who
