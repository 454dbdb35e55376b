"""Taking in, in a real browser: with the keyboard only, nothing lost, no violation; and nothing of it lies in the clear."""

import secrets
import string
import time

from tests import leftovers, tour_intake
from tests.leftovers import Needle
from tests.test_axe import LOOKS, walk
from tests.test_canary import report
from tests.test_canary import signed_in as signed_in_over_http

PAGE = "/meldingen/invoer/"


@LOOKS
def test_taking_in_has_no_violation(stack, signed_in, look):
    page = signed_in("coordinator", **look)
    assert walk(page, tour_intake.intake(page, stack.url)) == 3


@LOOKS
def test_what_is_seen_before_it_is_kept_has_no_violation(stack, signed_in, look):
    page = signed_in("administrator", **look)
    assert walk(page, tour_intake.kept(page, stack.url)) == 5


def test_a_call_is_taken_in_with_the_keyboard_only(stack, signed_in):
    page = signed_in("coordinator")
    page.goto(stack.url + PAGE)
    page.keyboard.type("Een moeder belt. Haar dochter krijgt dure kleren van een man.")
    wanted = {"received-role": "Ouder", "person-age_band": "12", "person-name": "Lotte", "place-place": "Almelo"}
    for _tab in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name")
        if name in wanted:
            page.keyboard.type(wanted.pop(name))
        if page.evaluate("document.activeElement.matches('.asked .send button.btn')"):
            break
    assert not wanted
    page.keyboard.press("Enter")
    page.wait_for_url("**/klaar/")
    assert len(page.inner_text("output").split()) == 4
    page.click("button[value=signal]")
    assert page.get_by_text("Almelo").first.is_visible()


def test_what_is_typed_is_kept_by_itself_and_a_link_away_wipes_the_code(stack, signed_in):
    page = signed_in("coordinator")
    page.goto(stack.url + PAGE)
    with page.expect_response("**/invoer/bewaar/") as kept:
        page.fill("[name=signs-words]", "Halverwege een gesprek")
    assert kept.value.status == 204
    page.wait_for_function("document.querySelector('[data-kept]').textContent.includes('bewaard om')")
    page.goto(stack.url + PAGE)
    assert page.input_value("[name=signs-words]") == "Halverwege een gesprek"
    page.click(".asked .send button.btn")
    page.wait_for_url("**/klaar/")
    page.click(".rail nav a >> nth=1")
    page.wait_for_url("**/zaken/")
    for _try in range(20):  # the word to wipe travels beside the way to the next page
        page.goto(f"{stack.url}{PAGE}klaar/")
        if page.url.endswith("/meldingen/"):
            return
        page.wait_for_timeout(250)
    raise AssertionError("the code is still there")


def test_what_a_coordinator_types_over_and_the_code_lie_nowhere(stack):
    since, canary = time.time(), "Kanarie" + "".join(secrets.choice(string.ascii_letters) for _ in range(12))
    karim = next(account for account in stack.accounts if account["email"] == "karim@practice.test")
    desk = signed_in_over_http(stack, karim)
    desk.open(PAGE)
    steps = report(canary)
    words = {f"{step}-{name}": value for step, fields in steps.items() for name, value in fields.items()}
    words |= {"signs-signs": "SC01", "received-channel": "mail", "received-received_on": "2-3-2026"}
    assert desk.submit("/invoer/", **words | {"received-received_on": canary}).status_code == 422
    assert canary in desk.html
    desk.submit("/invoer/", **words)
    code = "".join(desk.html.split("<output")[1].split(">", 1)[1].split("</output>")[0].split())
    code = "".join(part.split("<")[0] for part in code.split("<span>")[1:])
    assert len(code) == 16
    needles = [Needle("canary", canary), Needle("code", code)]
    assert leftovers.search(stack, needles, since) == set()

