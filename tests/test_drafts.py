"""A draft is sealed under its cookie, goes when somebody leaves, and is gone after half an hour."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from signals.filing.drafts import COOKIE
from signals.models import Draft
from tests.filing_pages import SCHOOL, cookie_of, reference_data, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signs():
    reference_data()


def test_looking_at_the_first_page_makes_no_draft():
    client = Client()
    for who in ("self", "parent", "school", "care", "other"):
        assert client.get(f"/m/begin/{who}/").status_code == 200
    assert not Draft.objects.exists()
    assert COOKIE not in client.cookies


def test_the_table_holds_no_word_of_the_draft_and_not_its_cookie():
    client = Client()
    walk(client, "school", SCHOOL)
    row = Draft.objects.get()
    kept = bytes(row.lookup) + bytes(row.blob)
    assert b"Anneke" not in kept
    assert bytes.fromhex(cookie_of(client)) not in kept


def test_the_cookie_is_closed_to_scripts_and_to_other_sites():
    client = Client()
    walk(client, "school", SCHOOL, until="danger")
    cookie = client.cookies[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert not cookie["max-age"] and not cookie["domain"]


def test_what_was_answered_stands_there_when_going_back():
    client = Client()
    walk(client, "school", SCHOOL, until="place")
    assert "Ze stapt na school in een auto." in client.get("/m/3/").content.decode()
    assert 'value="Sanne"' in client.get("/m/4/").content.decode()


def test_leaving_wipes_the_draft_and_the_cookies():
    client = Client()
    walk(client, "school", SCHOOL)
    response = client.get("/weg/")
    assert response.status_code == 303
    assert not Draft.objects.exists()
    assert response.cookies[COOKIE].value == ""


def test_a_step_without_a_cookie_leads_away_and_one_whose_time_is_over_says_so(settings):
    for path in ("/m/1/", "/m/4/", "/m/nu/", "/m/controle/"):
        response = Client().get(path)
        assert (response.status_code, response["Location"]) == (303, settings.LEAVE_TO)
        late = Client()
        late.cookies[COOKIE] = "0" * 64
        response = late.get(path)
        assert (response.status_code, response["Location"]) == (303, "/m/verlopen/")
    assert Client().get("/m/verlopen/").status_code == 200


def test_what_somebody_wrote_for_longer_than_half_an_hour_is_not_lost():
    client = Client()
    walk(client, "school", SCHOOL)
    Draft.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    sent = client.post("/m/3/", {"who": "school", "words": "Lang over nagedacht."})
    assert (sent.status_code, sent["Location"]) == (303, "/m/4/")
    assert "Lang over nagedacht." in client.get("/m/3/").content.decode()
    first = client.get("/m/1/").content.decode()
    assert "Anneke" not in first and "Wat je eerder invulde, is gewist." in first
    assert client.post("/m/4/", {"age_band": "unknown", "now": "1"})["Location"] == "/m/2/"


def test_going_on_gives_another_half_hour_as_often_as_needed():
    client = Client()
    walk(client, "school", SCHOOL)
    for _time in range(11):
        Draft.objects.update(expires_at=timezone.now() + datetime.timedelta(seconds=5))
        assert client.get("/m/blijf/").status_code == 204
        assert Draft.objects.get().expires_at > timezone.now() + datetime.timedelta(minutes=29)


def test_a_draft_that_is_gone_or_sent_is_not_extended():
    client = Client()
    assert client.get("/m/blijf/").status_code == 410
    walk(client, "school", SCHOOL)
    Draft.objects.update(sent_reference="OV-AAA-AAA")
    assert client.get("/m/blijf/").status_code == 410


def test_beginning_again_says_that_a_report_waits_and_shows_nothing_of_it():
    client = Client()
    walk(client, "school", SCHOOL, until="person")
    page = client.get("/m/begin/parent/").content.decode()
    assert "Je was al bezig" in page and 'href="/m/4/"' in page and "Anneke" not in page
    assert "Ze stapt na school in een auto." in client.get("/m/3/").content.decode()


def test_a_draft_is_gone_after_half_an_hour():
    client = Client()
    walk(client, "school", SCHOOL)
    Draft.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get("/m/3/")["Location"] == "/m/verlopen/"


def test_every_answer_gives_another_half_an_hour():
    client = Client()
    walk(client, "school", SCHOOL, until="signs")
    Draft.objects.update(expires_at=timezone.now() + datetime.timedelta(seconds=5))
    client.post("/m/3/", SCHOOL["signs"])
    assert Draft.objects.get().expires_at > timezone.now() + datetime.timedelta(minutes=29)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 64, "é" * 32, "0" * 63, "g" * 64])
def test_a_strange_cookie_opens_nothing(cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get("/m/3/")["Location"] == "/m/verlopen/"
    assert client.get("/m/blijf/").status_code == 410
