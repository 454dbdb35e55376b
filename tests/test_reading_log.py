"""The reading log, as the privacy officer sees it: newest first, narrowed by the address, and looking is written down."""

import pytest

from meldpunt.audit.log import record
from meldpunt.audit.models import Entry
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def browser(world):
    return world.client("privacy_officer")


def shown(page):
    return [entry.object_id for entry, _roles in page.context["lines"]]


def test_fifty_rows_on_a_page_newest_first_and_then_the_older_ones(world, browser):
    for number in range(60):
        record("read", by=world.user("member"), obj=("case", f"ZK-{number}"))
    page = browser.get("/leesboek/", {"wie": world.people["member"].pk})
    assert shown(page) == [f"ZK-{number}" for number in range(59, 9, -1)]
    older = browser.get("/leesboek/?" + page.context["older"])
    assert shown(older)[:10] == [f"ZK-{number}" for number in range(9, -1, -1)]
    assert not older.context["older"]


def test_rows_are_narrowed_by_user_object_and_act(world, browser):
    record("read", by=world.user("member"), obj=("case", "ZK-A"))
    record("list", by=world.user("lead"), obj=("case", ""), rows=["ZK-A", "ZK-B"])
    record("reveal", by=world.user("lead"), obj=("case", "ZK-B"), purpose="call")
    assert len(shown(browser.get("/leesboek/", {"wat": "ZK-A"}))) == 2
    assert shown(browser.get("/leesboek/", {"daad": "reveal"})) == ["ZK-B"]
    assert len(shown(browser.get("/leesboek/", {"wie": world.people["lead"].pk, "wat": "ZK-B"}))) == 2


def test_nothing_found_says_so_and_a_wrong_filter_is_refused(browser):
    assert "niets gevonden" in browser.get("/leesboek/", {"wat": "ZK-NIET"}).content.decode()
    assert browser.get("/leesboek/", {"daad": "weten"}).status_code == 422


def test_looking_is_written_down_itself(world, browser):
    browser.get("/leesboek/")
    entry = Entry.objects.first()
    assert (entry.act, entry.object_kind, entry.user) == ("list", "entry", world.people["privacy_officer"])
