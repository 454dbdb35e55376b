"""The receipt: the code, hidden where it should be, checked by who wants to, and on paper without a subject."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from meldpunt.teams.models import DutyShift
from meldpunt.vault import codes
from signals.models import Draft
from tests.filing_pages import SCHOOL, filed, reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


def receipt(client, **posted):
    response = client.post("/m/klaar/", posted) if posted else client.get("/m/klaar/")
    return response, response.content.decode()


def test_the_code_is_hidden_until_asked_for_when_it_is_about_oneself():
    client = Client()
    _signal, code = filed(client, "self")
    _response, page = receipt(client)
    before, inside = page.split("<details", 1)
    assert codes.grouped(code)[0] not in before and codes.grouped(code)[0] in inside.split("</details>")[0]
    assert 'class="more" open' not in page


def test_a_school_sees_the_code_at_once():
    client = Client()
    _signal, code = filed(client)
    _response, page = receipt(client)
    assert "<details" not in page.split("</output>")[0].split('id="code-title"')[1]
    assert all(group in page for group in codes.grouped(code))


@pytest.mark.parametrize("typed", ["last", "whole", "small", "spaced"])
def test_the_last_four_may_be_typed_in_many_ways(typed):
    client = Client()
    _signal, code = filed(client)
    ways = {"last": code[-4:], "whole": code, "small": code[-4:].lower(), "spaced": " ".join(code[-4:])}
    response, page = receipt(client, last=ways[typed])
    assert response.status_code == 200 and "Je hebt je code goed opgeschreven" in page


@pytest.mark.parametrize("typed", ["", "????", "<script>", "a" * 5000, "٤٤٤٤"])
def test_other_symbols_get_a_kind_sentence_and_the_code_stays(typed):
    client = Client()
    _signal, code = filed(client, "self")
    response, page = receipt(client, last=typed)
    assert response.status_code == 422
    assert codes.grouped(code)[3] in page and 'href="/weg/"' in page and 'class="more" open' in page
    assert "<script>" not in page


def test_the_receipt_can_be_loaded_again_for_half_an_hour_and_no_longer():
    client = Client()
    filed(client)
    until = Draft.objects.get().expires_at
    for _again in range(3):
        assert receipt(client)[0].status_code == 200
    assert Draft.objects.get().expires_at == until, "looking at it gives it no more time"
    Draft.objects.update(expires_at=timezone.now())
    assert receipt(client)[0]["Location"] == "/m/verlopen/"
    assert client.post("/m/klaar/", {"last": "1234"})["Location"] == "/m/verlopen/"


def test_only_code_and_number_go_on_paper():
    client = Client()
    signal, _code = filed(client)
    _response, page = receipt(client)
    main = page.split("<main")[1].split("</main>")[0]
    assert f'<p class="print">Nummer {signal.reference}</p>' in main
    assert main.count("noprint") >= 6


def test_an_acute_report_promises_no_time_while_nobody_is_on_duty(world):
    client = Client()
    filed(client, "school", SCHOOL | {"danger": {"danger": "yes"}})
    assert "Er is nu niemand die meteen leest." in receipt(client)[1]
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    DutyShift.objects.create(user=world.user("coordinator"), starts_at=now - hour, ends_at=now + hour)
    page = receipt(client)[1]
    assert "Er is nu niemand die meteen leest." not in page and "Uiterlijk" in page
