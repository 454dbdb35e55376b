"""The step with the files in a real browser, with and without JavaScript."""

import pytest

from tests import samples

ONWARD = "main form button.btn:not(.alt)"


def to_the_files(page, url: str) -> None:
    """Answer as somebody whom it is about, up to the files."""
    page.goto(f"{url}/m/begin/self/")
    page.click(ONWARD)
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.fill("[name=words]", "Ik durf niet naar huis.")
    page.click(ONWARD)
    page.check("[name=age_band][value='16_17']")
    page.click(ONWARD)
    page.check("[name=allowed][value=no]")
    page.click(ONWARD)
    page.wait_for_selector("input[type=file]")


def choose(page, data: bytes, name: str) -> None:
    """Choose a file and send it."""
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "image/jpeg", "buffer": data})
    page.click("form[data-file] button")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_refused_added_and_taken_out(stack, new_page, javascript):
    page = new_page(width=390, javascript=javascript)
    to_the_files(page, stack.url)
    choose(page, b"Dag", "brief.docx")
    page.wait_for_selector(".summary >> text=brief.docx")
    choose(page, samples.photo(), "foto.jpg")
    page.wait_for_selector(".files >> text=foto.jpg", timeout=60_000)
    page.wait_for_selector("button[form=vraag]")
    page.click(".files button")
    page.wait_for_selector("text=Ik stuur niets mee")
    page.click("text=Ik stuur niets mee")
    page.wait_for_url("**/m/controle/")


def test_a_file_that_is_too_large_does_not_set_out(stack, new_page):
    page, sent = new_page(width=390), []
    to_the_files(page, stack.url)
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    choose(page, bytes(20_000_001), "groot.mp4")
    page.wait_for_selector("[role=status] >> text=groter dan 20 MB")
    assert sent == []


def test_who_goes_on_with_a_file_that_was_not_sent_is_told_so(stack, new_page):
    page = new_page(width=390)
    to_the_files(page, stack.url)
    page.set_input_files("input[type=file]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()})
    page.click("text=Ik stuur niets mee")
    page.wait_for_selector("[role=status] >> text=stuurde het nog niet")
    page.set_input_files("input[type=file]", [])
    page.click("text=Ik stuur niets mee")
    page.wait_for_url("**/m/controle/")
