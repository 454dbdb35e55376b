"""Routing in a real browser: a lead, a network that supports, what they will see, and undoing it in time."""

import re
import time

import pytest
from playwright.sync_api import expect

from meldpunt.teams.models import Coverage
from signals.models import Assignment
from signals.tasks import sweep
from tests.worlds import World, a_municipality

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings):
    settings.ROUTE_HOLD_SECONDS = 40
    return World(settings)


@pytest.fixture
def desk(world, live_server, new_page):
    """Make a page in which a coordinator is signed in: ``desk(javascript=False)``."""

    def make(**more):
        page = new_page(**more)
        cookies = world.client("coordinator").cookies
        kept = {"domain": "localhost", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
        page.context.add_cookies([kept | {"name": name, "value": m.value} for name, m in cookies.items()])
        return page

    return make


def send(page, live_server, case) -> None:
    """Choose, look at what they will see, and confirm."""
    page.goto(f"{live_server.url}/zaken/{case.reference}/routeren/")
    page.check("[name=route-team][value=almelo]")
    page.check("[name=route-support][value=zwolle]")
    page.check("[name=route-basis][value=prevent_harm]")
    page.select_option("[name=route-reason]", "lives_there")
    page.fill("[name=route-note]", "Bel de school niet.")
    page.click("text=Naar bevestigen")
    preview = page.inner_text(".doc")
    assert "Almelo" in preview
    assert "Zwolle" in preview
    assert "Bel de school niet." in preview
    assert "Canarie" not in preview
    page.click("[name=confirmed]")
    page.wait_for_selector("text=Maak ongedaan")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_coordinator_routes_to_two_networks_undoes_it_and_nobody_saw_it(world, desk, live_server, javascript):
    case, page = world.case(), desk(javascript=javascript)
    send(page, live_server, case)
    if javascript:
        page.locator("[data-hold-left]", has_text=re.compile(r"^3[0-7]$")).wait_for()
    assert sweep() == 0
    page.click("text=Maak ongedaan")
    assert "Niemand heeft de zaak gezien" in page.inner_text("main")
    assert page.input_value("[name=route-note]") == "Bel de school niet."
    assert set(Assignment.objects.values_list("state", flat=True)) == {"recalled"}


def test_when_the_time_is_over_the_page_says_so_and_the_letters_go(world, desk, live_server, settings):
    settings.ROUTE_HOLD_SECONDS = 5
    case, page = world.case(), desk()
    send(page, live_server, case)
    page.wait_for_selector("text=De tijd is om.", timeout=15_000)
    assert not page.is_visible("text=Maak ongedaan")
    time.sleep(1)  # the page counts whole seconds, and never more than there are
    assert sweep() == 2
    page.goto(f"{live_server.url}/zaken/{case.reference}/gedeeld/")
    assert "Netwerk Zwolle" in page.inner_text("main")


def test_another_network_takes_the_reason_of_the_proposal_away_but_not_a_chosen_one(world, desk, live_server):
    almelo = a_municipality()
    Coverage.objects.create(municipality=almelo, team=world.teams["almelo"])
    page = desk()
    page.goto(f"{live_server.url}/zaken/{world.case(municipality=almelo).reference}/routeren/")
    reason = page.locator("[name=route-reason]")
    expect(reason).to_have_value("lives_there")
    page.check("[name=route-team][value=zwolle]")
    expect(reason).to_have_value("")
    page.check("[name=route-team][value=almelo]")
    expect(reason).to_have_value("lives_there")
    reason.select_option("known_there")
    page.check("[name=route-team][value=zwolle]")
    expect(reason).to_have_value("known_there")
