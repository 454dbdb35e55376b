"""Two browsers at one signal: each sees the other, both write, and nothing of either is lost."""

import pytest
from playwright.sync_api import expect

from signals.filing.robot import Referrer
from tests.browsing import sign_in
from tests.test_axe import LOOKS, walk
from tests.tour_acts import acts


@pytest.fixture
def two(stack, new_page):
    """Pages of two coordinators."""
    people = [account for account in stack.accounts if account["role"] == "coordinator"][:2]
    assert len(people) == 2
    pages = [new_page(), new_page()]
    for page, account in zip(pages, people, strict=True):
        sign_in(page, stack, account)
    return pages


@pytest.fixture
def signal(stack):
    """The address of a signal that was filed just now."""
    answers = {
        "you": {}, "danger": {"danger": "no"}, "signs": {"signs": ["SC01"]}, "person": {"age_band": "12_15"},
        "place": {"place": "Almelo"}, "contact": {"allowed": "no"},
    }  # fmt: skip
    return f"{stack.url}/meldingen/{Referrer(stack.url).file('school', answers)[0]}/"


def correct(page, number: int):
    page.locator("form[action*='/plaats/']").evaluate("form => { form.closest('details').open = true; }")
    page.select_option("[name=place-municipality]", index=number)
    label = page.locator("[name=place-municipality] option:checked").inner_text()
    page.click("form[action*='/plaats/'] button.btn")
    page.wait_for_load_state()
    return label


def test_two_browsers_at_one_signal_lose_nothing(two, signal):
    first, second = two
    first.goto(signal)
    second.goto(signal)
    expect(second.locator("[data-here-who]")).to_contain_text("kijkt mee")
    for page, words in ((first, "Notitie van de een"), (second, "Notitie van de ander")):
        page.fill("[name=note-words]", words)
    theirs = correct(first, 2)
    second.fill("[name=decide-words]", "Half getypt besluit")
    mine = correct(second, 3)
    expect(second.locator("h1")).to_contain_text("was je voor")
    expect(second.locator("main")).to_contain_text(theirs)
    expect(second.locator("main")).to_contain_text(mine)
    second.click("main form button.btn >> nth=0")
    expect(second.locator("h1")).to_contain_text(mine)
    for page in (first, second):
        page.goto(signal)
        page.click("form[action*='/notitie/'] button.btn >> nth=-1")
        page.wait_for_load_state()
    second.goto(signal)
    for words in ("Notitie van de een", "Notitie van de ander"):
        expect(second.locator("#tijdlijn")).to_contain_text(words)
    assert second.input_value("[name=decide-words]") == "Half getypt besluit"


def test_what_is_typed_is_there_again_after_the_browser_went(two, signal):
    first, second = two
    first.goto(signal)
    with first.expect_response(lambda answer: "/concept/" in answer.url) as kept:
        first.locator("[name=note-words]").press_sequentially("Blijft staan")
    assert kept.value.status == 204
    first.goto("about:blank")
    first.goto(signal)
    assert first.input_value("[name=note-words]") == "Blijft staan"
    second.goto(signal)
    assert second.input_value("[name=note-words]") == ""


@LOOKS
def test_what_a_coordinator_does_has_no_violation(worked_stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, acts(page, worked_stack.url)) >= 10
