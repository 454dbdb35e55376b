"""A coordinator takes a signal in by telephone, letter or mail: one page, the checks of the public form, a code to read."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.vault import codes, keys
from meldpunt.vault.models import ReferrerKey, UnlockedKey
from signals.filing import intake
from signals.models import Draft, Signal, Transition
from signals.reading import report_of
from tests.filing_pages import reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db
PAGE = "/meldingen/invoer/"
WORDS = "Ze krijgt elke week dure kleren van een man. Ze is veertien."


@pytest.fixture
def world(settings):
    world = World(settings)
    reference_data()
    return world


@pytest.fixture
def client(world):
    return world.client("coordinator")


def token_in(page) -> str:
    return re.search(r'name="token" value="([0-9a-f]{64})"', page.content.decode())[1]


def told(client, **values) -> dict:
    """What a browser sends of a page that was just opened."""
    sent = {"token": token_in(client.get(PAGE)), "received-channel": "phone", "received-language": "nl"}
    return sent | {"signs-words": WORDS} | values


def code_on(page) -> str:
    return re.sub(r"<[^>]+>|\s", "", re.search(r"<output.*?</output>", page.content.decode(), re.S)[0])


def test_words_alone_make_a_signal_with_a_code_to_read_out(client, world):
    page = client.post(PAGE, told(client), follow=True)
    signal, code = Signal.objects.get(), code_on(page)
    assert page.status_code == 200 and signal.reference in page.content.decode()
    assert codes.normalise(code) == code and keys.find_by_code(code).object_id == signal.pk
    assert (signal.channel, signal.taken_in_by, signal.referrer_role) == ("phone", world.people["coordinator"], "other")
    assert report_of(world.keyring("coordinator"), signal).words == WORDS
    assert Transition.objects.get(signal=signal).by == world.people["coordinator"]
    assert Entry.objects.get(act="create", object_kind="signal").user == world.people["coordinator"]


def test_a_code_that_was_read_out_must_be_changed_at_first_use(client):
    client.post(PAGE, told(client))
    assert ReferrerKey.objects.get().must_change_code


def test_everything_that_is_asked_is_sealed_with_it(client, world):
    more = {
        "received-role": "police_municipality", "danger-danger": "yes", "you-name": "Agent Smit",
        "you-organisation": "Politie", "person-name": "Zoë", "person-age_band": "12_15", "person-language": "Pools",
        "person-suspect_nickname": "Ricky", "person-peer_1_name": "Bo", "place-place": "Almelo",
        "signs-signs": ["SC01", "DW01"], "signs-heard": "Van de buurvrouw", "contact-allowed": "yes", "contact-how": "phone",
        "contact-phone": "0612345678", "contact-never": "Naar huis bellen",
    }  # fmt: skip
    client.post(PAGE, told(client, **more))
    signal = Signal.objects.get()
    report = report_of(world.keyring("coordinator"), signal)
    assert (signal.referrer_role, signal.urgency, signal.may_contact) == ("police_municipality", "acute", True)
    assert signal.municipality.name == "Almelo" and set(report.signs) == {"SC01", "DW01"}
    row = client.get("/meldingen/").content.decode()
    assert "telefoon (Coordinator)" in row
    assert (report.person.name, report.suspect.nickname, report.others[0].name) == ("Zoë", "Ricky", "Bo")
    assert (report.referrer.name, report.referrer.phone, report.heard) == ("Agent Smit", "0612345678", "Van de buurvrouw")


def test_wrong_answers_are_refused_as_on_the_public_form_and_nothing_typed_is_lost(client):
    sent = told(client, **{"contact-allowed": "yes", "contact-how": "phone", "person-name": "<b>Zoë</b> =1+1"})
    assert "None (" not in client.get(PAGE).content.decode()
    page = client.post(PAGE, sent | {"signs-words": ""})
    text = page.content.decode()
    assert page.status_code == 422 and not Signal.objects.exists()
    assert "Schrijf op wat de melder vertelt" in text and "Vul een telefoonnummer in" in text
    assert 'href="#id_signs-words"' in text and "&lt;b&gt;Zoë&lt;/b&gt; =1+1" in text
    assert token_in(page) == sent["token"]


def test_sending_twice_makes_one_signal_and_shows_the_same_code(client):
    sent = told(client)
    first, second = client.post(PAGE, sent, follow=True), client.post(PAGE, sent, follow=True)
    assert Signal.objects.count() == 1 and code_on(first) == code_on(second)
    client.post("/meldingen/invoer/weg/", {"to": "queue"})
    third = client.post(PAGE, sent)
    assert Signal.objects.count() == 1 and third.url == Signal.objects.get().get_absolute_url()


def test_the_code_is_gone_when_the_page_is_left_and_after_half_an_hour(client):
    client.post(PAGE, told(client))
    signal = Signal.objects.get()
    assert client.post("/meldingen/invoer/weg/", {"to": "signal"}).url == signal.get_absolute_url()
    assert client.get("/meldingen/invoer/klaar/").url == "/meldingen/" and not Draft.objects.exists()
    client.post(PAGE, told(client))
    assert Draft.objects.get().expires_at <= timezone.now() + datetime.timedelta(minutes=30)
    Draft.objects.update(expires_at=timezone.now())
    assert client.get("/meldingen/invoer/klaar/").url == "/meldingen/"


def test_who_wants_no_code_gets_none(client):
    page = client.post(PAGE, told(client, **{"received-no_code": "on"}), follow=True)
    assert "<output" not in page.content.decode() and "Er is geen code" in page.content.decode()
    assert not ReferrerKey.objects.exists() and Signal.objects.exists()


def test_a_letter_says_when_it_came_and_its_clock_runs_from_that_day(client):
    letter = {"received-channel": "paper"}
    assert client.post(PAGE, told(client, **letter)).status_code == 422
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    future = client.post(PAGE, told(client, **letter, **{"received-received_on": f"{tomorrow:%d-%m-%Y}"}))
    assert future.status_code == 422 and "moet nog komen" in future.content.decode()
    client.post(PAGE, told(client, **letter, **{"received-received_on": "2-3-2026"}))
    signal = Signal.objects.get()
    assert (signal.channel, signal.received_on) == ("paper", datetime.date(2026, 3, 2))
    assert timezone.localdate(signal.due_at) == datetime.date(2026, 3, 9)


def test_keys_that_lock_during_a_call_lose_nothing(client):
    sent = told(client, **{"person-name": "Zoë", "signs-signs": ["SC01", "DW01"], "received-channel": "mail"})
    assert client.post("/meldingen/invoer/bewaar/", sent).status_code == 204
    opened = list(UnlockedKey.objects.all())
    UnlockedKey.objects.all().delete()
    assert client.get(PAGE).url == f"/ontgrendel/?next={PAGE}"
    UnlockedKey.objects.bulk_create(opened)
    page = client.get(PAGE)
    text = page.content.decode()
    assert token_in(page) == sent["token"] and WORDS in text and 'value="Zoë"' in text
    assert len(re.findall(r'name="signs-signs" value="(?:SC01|DW01)"[^>]* checked', text)) == 2
    UnlockedKey.objects.all().delete()
    assert client.post(PAGE, sent | {"received-received_on": "2-3-2026"}).url == "/meldingen/invoer/klaar/"
    assert client.get("/meldingen/invoer/klaar/").url == "/ontgrendel/?next=/meldingen/invoer/klaar/"
    assert Signal.objects.count() == 1
    assert client.post("/meldingen/invoer/bewaar/", sent).status_code == 409
    UnlockedKey.objects.bulk_create(opened)
    assert codes.normalise(code_on(client.get("/meldingen/invoer/klaar/")))


def test_a_locked_screen_shows_no_code_and_still_lets_a_call_begin(client):
    UnlockedKey.objects.all().delete()
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, told(client)).status_code == 303
    assert client.get("/meldingen/invoer/klaar/").status_code == 302


def test_what_is_typed_lies_sealed_and_is_nobody_elses(client, world):
    sent = told(client)
    client.post("/meldingen/invoer/bewaar/", sent)
    assert b"kleren" not in bytes(Draft.objects.get().blob)
    other = world.client("coordinator")
    assert WORDS not in other.get(PAGE).content.decode()
    assert WORDS in client.get(PAGE).content.decode()
    client.post("/meldingen/invoer/weg/", {"to": "new"})
    assert WORDS not in client.get(PAGE).content.decode() and not Draft.objects.exists()


def test_far_too_much_is_refused_and_said(client):
    page = client.post(PAGE, told(client, **{"signs-words": "a" * 300_000}))
    assert page.status_code == 422 and "te lang" in page.content.decode()
    assert client.post("/meldingen/invoer/bewaar/", told(client, **{"signs-words": "a" * 300_000})).status_code == 409
    nonsense = told(client, token="x", **{"signs-signs": ["??"], "person-age_band": "old", "received-role": "boss"})
    assert client.post(PAGE, nonsense).status_code == 422


def test_looking_at_the_page_writes_nothing(client):
    with CaptureQueriesContext(connection) as found:
        client.get(PAGE)
    assert not [q["sql"] for q in found if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"])]
    assert len(found) <= 12


def test_each_symbol_of_a_code_has_a_word():
    assert {symbol for symbol in codes.SYMBOLS if not symbol.isdigit()} == set(intake.ALPHABET)
    assert intake.spelled("K7AB")[0][:2] == [("K", "Karel"), ("7", "7")]
