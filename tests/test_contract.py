"""Safe contact: what was agreed is read before the first contact, and a contact that breaks it is refused or explained."""

import datetime

import pytest
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.clocks import AMSTERDAM
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from networks.actions import contacts
from networks.actions.contacts import Breaks, NotRead
from networks.casework import contract
from networks.casework.hours import fits
from networks.content import ContactContent
from networks.models import Contact, ContractRead
from signals import content
from signals.actions import sharing
from signals.content import Report, SafeContact, Shared
from signals.models import Assignment
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
AGREED = SafeContact(allowed=True, how="text", when="op schooldagen na 3 uur", never="naar huis bellen", code_word="Kastanje")


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/werk/{act}"


def with_contract(world, agreed=AGREED, **values):
    """A letter that was accepted, about a person who asked for contact in this way."""
    letter = world.accepted()
    desk, case = world.keyring("coordinator"), letter.case
    shared = content.from_bytes(Shared, sealed.peek(desk, case, "shared"))
    shared.contact = agreed
    for name, value in values.items():
        setattr(shared, name, value)
    sealed.seal(sealed.key_for(desk, case, "shared"), case, "shared", content.to_bytes(shared))
    case.save(update_fields=["shared"])
    return letter


def said(**values):
    return ContactContent(**({"with_whom": "school", "who": "mentor", "how": "phone", "reached": "spoke"} | values))


def write(world, letter, by="member", at=None, **values):
    ring = world.keyring(by)
    return contacts.write_contact(letter, by=ring.user, keyring=ring, held_at=at or timezone.now(), said=said(**values))


def filled(**values):
    today = timezone.localdate().isoformat()
    sent = {"with_whom": "school", "who": "mentor", "how": "phone", "on": today, "at": "10:15", "reached": "spoke"}
    return {f"contact-{name}": value for name, value in (sent | values).items()}


def test_contact_waits_until_this_member_has_read_what_was_agreed(world):
    letter, client = world.accepted(), world.client("member")
    page = client.get(address(letter)).content.decode()
    assert "Lees eerst wat is afgesproken." in page and 'name="contact-who"' not in page
    response = client.post(address(letter, "contact/"), filled(words="bewaar mij"))
    assert response.status_code == 409 and "bewaar mij" in response.content.decode()
    with pytest.raises(NotRead):
        write(world, letter)
    assert client.post(address(letter, "afspraken/")).status_code == 302
    assert client.post(address(letter, "contact/"), filled()).url == address(letter) + "#contacten"
    with pytest.raises(NotRead):
        write(world, letter, "lead")
    assert (Contact.objects.count(), ContractRead.objects.count()) == (1, 1)
    row = Entry.objects.get(purpose="contract")
    assert (row.user.name, row.act, row.object_id) == ("Member", "read", letter.case.reference)


def test_what_the_desk_shares_anew_is_read_anew(world):
    letter, client, desk = world.accepted(), world.client("member"), world.keyring("coordinator")
    client.post(address(letter, "afspraken/"))
    write(world, letter)
    sharing.keep(desk, letter.case, [letter], by=desk.user)
    with pytest.raises(NotRead):
        write(world, letter)


def test_case_without_any_agreement_asks_for_no_reading(world):
    letter = with_contract(world, SafeContact(how=""), must_not_know="")
    write(world, letter)
    page = world.client("member").get(address(letter)).content.decode()
    assert "Er zijn geen afspraken over contact doorgegeven." in page


def test_agreement_stands_on_both_pages_whole(world):
    letter, client = with_contract(world), world.client("member")
    for page in (client.get(address(letter)), client.get(f"/netwerk/{letter.case.reference}/")):
        for shown in ("Alleen appen of sms", "op schooldagen na 3 uur", "naar huis bellen", "Kastanje", "Vader"):
            assert shown in page.content.decode()


def test_channel_that_is_not_safe_is_refused_also_by_the_action(world):
    letter, client = with_contract(world), world.client("member")
    client.post(address(letter, "afspraken/"))
    response = client.post(address(letter, "contact/"), filled(with_whom="person", anyway="Toch maar", words="bewaar mij"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dit is geen veilige manier. Afgesproken is: appen of sms." in page and "bewaar mij" in page
    with pytest.raises(Breaks):
        write(world, letter, with_whom="person", how="phone", anyway="Toch maar")
    assert not Contact.objects.exists()


def test_outside_the_hours_a_reason_is_asked_and_kept(world):
    letter, client = with_contract(world), world.client("member")
    client.post(address(letter, "afspraken/"))
    monday = {"with_whom": "person", "how": "text", "on": "2026-11-23", "at": "11:00"}
    response = client.post(address(letter, "contact/"), filled(**monday))
    assert response.status_code == 422
    assert "Dit is buiten de tijd." in response.content.decode()
    assert client.post(address(letter, "contact/"), filled(**monday, anyway="Er was gevaar")).status_code == 302
    assert "Er was gevaar" in client.get(address(letter)).content.decode()
    assert b"Er was gevaar" not in bytes(Contact.objects.get().content)


def test_who_must_not_know_is_refused_and_a_relative_asks_for_a_reason(world):
    letter, ring = world.accepted(), world.keyring("member")
    contacts.note_contract_read(letter, by=ring.user)
    with pytest.raises(Breaks) as broken:
        write(world, letter, with_whom="family", who="haar vader", anyway="Toch maar")
    assert broken.value.breaches[0].refused
    with pytest.raises(Breaks) as broken:
        write(world, letter, with_whom="family", who="tante Ans")
    assert not broken.value.breaches[0].refused
    assert write(world, letter, with_whom="family", who="tante Ans", anyway="Zij hielp met melden.")


@pytest.mark.parametrize(
    ("agreed", "secret_from", "contact", "refused"),
    [
        (SafeContact(how=""), "", said(), []),
        (SafeContact(how="none"), "", said(with_whom="person", how="email"), [True]),
        (SafeContact(how="none"), "", said(with_whom="person", how="meeting"), [False]),
        (SafeContact(allowed=True, how="code"), "", said(with_whom="person", how="text"), [True]),
        (SafeContact(allowed=True, how="phone"), "", said(with_whom="person", how="phone"), []),
        (SafeContact(allowed=True, how="phone"), "", said(with_whom="person", how="letter"), [True]),
        (SafeContact(allowed=True, how="phone"), "", said(with_whom="person", how="meeting"), []),
        (SafeContact(allowed=True, how="text"), "", said(with_whom="school", how="email"), []),
        (SafeContact(how=""), "De politie en mijn ouders", said(with_whom="police"), [True]),
        (SafeContact(how=""), "mijn ouders", said(with_whom="family", who="moeder"), [True]),
        (SafeContact(how=""), "Ricky", said(with_whom="circle", who="ricky"), [True]),
        (SafeContact(how=""), "Ricky", said(with_whom="other", who=""), [False]),
        (SafeContact(how=""), "Ricky", said(with_whom="school", who="de mentor"), []),
        (SafeContact(how="", never="naar huis bellen"), "", said(with_whom="family", who="moeder"), [False]),
        (SafeContact(how="", never="naar huis bellen"), "", said(with_whom="school"), []),
        (SafeContact(how="", never="niet bellen als ik thuis ben"), "", said(with_whom="person", how="phone"), [False]),
        (SafeContact(how="", never="niet bellen als ik thuis ben"), "", said(with_whom="person", how="text"), []),
        (SafeContact(how="", never="Never call me"), "", said(with_whom="person", how="phone"), [False]),
    ],
)
def test_each_breach_is_a_refusal_or_a_warning(agreed, secret_from, contact, refused):
    shared = Shared(contact=agreed, must_not_know=secret_from)
    found = contract.breaches(shared, contact, datetime.datetime(2026, 11, 24, 16, tzinfo=AMSTERDAM))
    assert [breach.refused for breach in found] == refused


@pytest.mark.parametrize(
    ("words", "moment", "expected"),
    [
        ("op schooldagen na 3 uur", (23, 15, 30), True),
        ("op schooldagen na 3 uur", (23, 14, 30), False),
        ("op schooldagen na 3 uur", (22, 15, 30), False),
        ("tussen 9 en 12", (23, 10, 0), True),
        ("tussen 9.30 en 12 uur", (23, 9, 0), False),
        ("dinsdag of donderdag", (24, 12, 0), True),
        ("dinsdag of donderdag", (25, 12, 0), False),
        ("in het weekend", (22, 12, 0), True),
        ("alleen 's avonds", (23, 20, 0), True),
        ("voor 5 uur", (23, 18, 0), False),
        ("niet na 3 uur", (23, 16, 0), None),
        ("als mijn broer er niet is", (23, 16, 0), None),
        ("", (23, 16, 0), None),
        ("na 99 uur", (23, 16, 0), None),
    ],
)
def test_hours_are_read_from_words_as_far_as_that_goes(words, moment, expected):
    day, hour, minute = moment
    assert fits(words, datetime.datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)) is expected


def test_only_who_files_about_oneself_sends_the_whole_agreement_along():
    mine = Report(contact=SafeContact(allowed=True, how="text", when="na 3 uur", never="bellen", must_not_know="Vader"))
    theirs = Report(contact=SafeContact(allowed=True, how="email", when="op school", never="naar huis gaan"))
    shared = content.share([theirs, mine], roles=["school", "self"])
    assert (shared.contact.how, shared.contact.when) == ("text", "na 3 uur")
    assert shared.contact.never == "naar huis gaan\nbellen"
    only = content.share([theirs], roles=["school"])
    assert (only.contact.how, only.contact.when, only.contact.never) == ("", "", "naar huis gaan")


@pytest.mark.parametrize("wrong", [{"on": "gisteren"}, {"at": "25:00"}, {"with_whom": "god"}, {"how": ""}, {"reached": ""}])
def test_wrong_contact_is_refused_and_keeps_what_was_typed(world, wrong):
    letter, client = world.accepted(), world.client("member")
    client.post(address(letter, "afspraken/"))
    response = client.post(address(letter, "contact/"), filled(words="bewaar mij", **wrong))
    assert response.status_code == 422 and "bewaar mij" in response.content.decode()
    assert not Contact.objects.exists()


def test_other_people_neither_read_the_agreement_nor_write_a_contact(world):
    letter = world.accepted()
    for who, status in (("stranger", 404), ("other_lead", 404), ("former", 403), ("coordinator", 403), ("analyst", 403)):
        for act in ("afspraken/", "contact/"):
            assert world.client(who).post(address(letter, act), filled()).status_code == status
    for who in ("stranger", "former", "coordinator"):
        with pytest.raises(Assignment.DoesNotExist):
            write(world, letter, who)
    with pytest.raises(NotAllowed):
        write(world, world.delivered())
    assert not ContractRead.objects.exists()


def test_desk_cannot_open_a_contact(world):
    letter, ring = world.accepted(), world.keyring("member")
    contacts.note_contract_read(letter, by=ring.user)
    write(world, letter)
    assert not Contact.objects.visible_to(world.user("coordinator")).exists()
    assert not keys.holds(letter.pk, Purpose.ASSIGNMENT, world.teams["desk"])
