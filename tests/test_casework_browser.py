"""A member works a case on a phone: takes it on, reads what is agreed, plans, talks, writes; with JavaScript and without."""

import datetime

import pytest
from playwright.sync_api import expect

from tests import samples

REASON = "textarea#id_contact-anyway"


def to_a_case(page, url: str) -> None:
    """Open and take on the first case that waits; where none waits, go on with the first that runs."""
    page.goto(f"{url}/netwerk/?stand=bevestigen")
    waits = page.locator("tbody a.id").count()
    if not waits:
        page.goto(f"{url}/netwerk/?stand=lopend")
    page.click("tbody a.id >> nth=0")
    if page.locator("form[action$='/openen/'] button").count():
        page.click("form[action$='/openen/'] button")
    if waits:
        page.click("form[action$='/aannemen/'] button")


def narrow(page) -> None:
    """Nothing on this page is wider than the phone."""
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def unfold(page, place: str) -> None:
    """Open what is folded, as a finger does."""
    if page.locator(f"{place}:not([open])").count():
        page.click(f"{place} > summary")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_member_works_a_case_on_a_phone(worked_stack, signed_in, javascript):
    url = worked_stack.url
    page = signed_in("lead", "almelo", width=360, height=740, javascript=javascript)
    to_a_case(page, url)
    narrow(page)
    if page.locator("text=Ik heb dit gelezen").count():
        page.click("text=Ik heb dit gelezen")
    page.click("nav >> text=Werk")
    narrow(page)
    before = page.locator("#acties > table tbody tr").count()
    unfold(page, "#nieuwe-actie")
    page.select_option("[name=action-kind]", "police")
    page.fill("[name=action-words]", "Bel de wijkagent over de auto.")
    page.fill("[name=action-due_on]", (datetime.date.today() + datetime.timedelta(days=2)).isoformat())
    page.click("text=Plan deze actie")
    page.wait_for_selector("text=De actie is gepland.")
    expect(page.locator("#acties > table tbody tr")).to_have_count(before + 1)
    unfold(page, "#nieuw-contact")
    page.select_option("[name=contact-with_whom]", "school")
    page.fill("[name=contact-who]", "zorgcoördinator")
    page.select_option("[name=contact-how]", "phone")
    page.select_option("[name=contact-reached]", "spoke")
    page.fill("[name=contact-words]", "Denkt mee.")
    page.click("text=Bewaar dit contact")
    page.wait_for_load_state("load")
    if page.locator(REASON).count():
        page.fill(REASON, "Dit is iemand die mag helpen.")
        page.click("text=Bewaar dit contact")
    assert "Denkt mee." in page.inner_text("#contacten")
    page.fill("[name=note-words]", "Morgen verder.")
    page.click("text=Bewaar notitie")
    assert "Morgen verder." in page.inner_text("#notities")
    page.set_input_files("#bestanden [name=file]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()})
    page.click("text=Voeg dit bestand toe")
    page.wait_for_load_state("load")
    with page.expect_download() as saved:
        page.click("#bestanden button >> text=foto.jpg >> nth=0")
    assert saved.value.suggested_filename == "foto.jpg"
    page.click("tr:has-text('Bel de wijkagent over de auto.') .quick summary >> nth=0")
    page.click("tr:has-text('Bel de wijkagent over de auto.') .quick button >> nth=0")
    expect(page.locator("#acties > table tbody tr")).to_have_count(before)
    narrow(page)
    page.goto(f"{url}/netwerk/?stand=lopend")
    narrow(page)


def test_note_survives_a_connection_that_is_lost(worked_stack, signed_in):
    page = signed_in("lead", "almelo", width=360, height=740)
    page.goto(f"{worked_stack.url}/netwerk/?stand=lopend")
    page.click("tbody a.id >> nth=0")
    page.click("nav >> text=Werk")
    with page.expect_response("**/concept/note/") as kept:
        page.fill("[name=note-words]", "Dit typte ik onderweg.")
    assert kept.value.status == 204
    address = page.url
    page.context.set_offline(True)
    page.click("text=Bewaar notitie", no_wait_after=True)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(address)
    assert page.input_value("[name=note-words]") == "Dit typte ik onderweg."
    page.click("section.unsent button >> text=Gooi weg")
    assert page.input_value("[name=note-words]") == ""
