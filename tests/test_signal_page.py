"""The page of a signal: its place in the list, one line of time, and paper."""

import pytest
from django.urls import reverse

from meldpunt.audit.models import Entry
from signals.desk import signal_page as desk
from signals.models import OwnWords
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
NAMED = {"name": "Zoë Canarie", "age_band": "12_15"}


@pytest.fixture
def world(settings):
    return World(settings)


def address(signal, name="signal", query=""):
    return reverse(name, args=[signal.reference]) + query


def test_the_pager_keeps_the_filter_of_the_list(world):
    signals = [a_signal(world) for _ in range(3)]
    query = "?stand=nieuw&van=school"
    page = world.client("coordinator").get(address(signals[1], query=query))
    pager = page.context["pager"]
    assert (pager.number, pager.total) == (2, 3)
    assert (pager.before, pager.after) == (signals[0].reference, signals[2].reference)
    assert f"/meldingen/{signals[2].reference}/?stand=nieuw&amp;van=school" in page.content.decode()


@pytest.mark.parametrize("query", ["", "?stand=bestaat-niet", "?stand=besloten", "?stand=nieuw&gemeente=%27", "?na=x"])
def test_without_a_list_there_is_no_pager(world, query):
    page = world.client("coordinator").get(address(a_signal(world), query=query))
    assert page.status_code == 200 and page.context["pager"] is None


def test_a_row_of_the_queue_leads_to_the_page_with_its_list(world):
    signal = a_signal(world)
    client = world.client("coordinator")
    assert f"{address(signal)}?stand=nieuw" in client.get(reverse("queue")).content.decode()


def test_the_line_of_time_is_filtered_by_the_address(world):
    signal, client = a_signal(world), world.client("coordinator")
    client.get(address(signal))
    kinds = {chip: [m.kind for m in client.get(address(signal, query=f"?toon={chip}")).context["moments"]]
             for chip in ("alles", "besluiten", "inzage", "bestanden")}  # fmt: skip
    assert set(kinds["alles"]) == {"besluiten", "inzage"}
    assert set(kinds["besluiten"]) == {"besluiten"} and set(kinds["inzage"]) == {"inzage"}
    assert kinds["bestanden"] == []


def test_paper_has_no_name_unless_it_is_asked_for_and_is_in_the_log(world):
    signal, client = a_signal(world, person=NAMED), world.client("coordinator")
    plain = client.get(address(signal, "print_signal")).content.decode()
    assert plain.count("Vertrouwelijk") == 1
    assert "Canarie" not in plain and "Vertrouwelijk" in plain and "Coordinator" in plain
    assert "Canarie" in client.get(address(signal, "print_signal", "?contact=1")).content.decode()
    assert [e.purpose for e in Entry.objects.filter(act="print").order_by("id")] == ["", "contact"]


def test_one_may_look_with_a_reason_of_ones_own_which_is_sealed(world):
    signal, client = a_signal(world, person=NAMED), world.client("coordinator")
    asked = {"object": "signal", "reference": signal.reference, "kind": "name", "reason": "other", "next": address(signal)}
    client.post(reverse("reveal"), asked | {"words": "  "})
    assert "Canarie" not in client.get(address(signal)).content.decode()
    client.post(reverse("reveal"), asked | {"words": "Belde mij terug"})
    page = client.get(address(signal)).content.decode()
    assert "Zoë Canarie" in page and "Belde mij terug" in page
    assert b"Belde" not in bytes(OwnWords.objects.get().words)


def test_a_network_may_look_with_a_reason_of_its_own_too(world):
    letter = world.accepted()
    client, case = world.client("member"), letter.case
    asked = {"object": "case", "reference": case.reference, "kind": "name", "reason": "other", "words": "Huisbezoek"}
    assert client.post(reverse("reveal"), asked).status_code == 302
    assert "Huisbezoek" in world.client("coordinator").get(address(case, "case")).content.decode()


def test_what_the_lists_of_places_say_is_shown_in_words(world):
    said = desk.in_words("hamlet Baarlo in Zwartewaterland GM1896; a part is in Dalfsen GM0148")
    assert said == "buurtschap Baarlo in Zwartewaterland; een deel ligt in Dalfsen"
