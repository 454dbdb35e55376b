"""A referrer and a coordinator write to each other in real browsers: file, ask back, answer, decide, read the feedback."""

import pytest

ONWARD = "main form button.btn:not(.alt)"
WORDS = "Het was bij het station. 😀 مرحبا <script>"


def file(page, url: str) -> tuple[str, str]:
    """File as a school with only words; returns reference and code."""
    page.goto(f"{url}/m/begin/school/")
    page.click(ONWARD)
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    page.fill("[name=words]", "Een auto haalt elke avond een meisje op.")
    page.click("button[name=now]")
    page.click(ONWARD)
    page.wait_for_url("**/m/klaar/")
    return page.inner_text(".ref").split()[-1], " ".join(page.inner_text("output").split())


def come_back(page, url: str, code: str) -> None:
    """Give the code."""
    page.goto(f"{url}/code/")
    page.fill("[name=code]", code.lower())
    page.click(ONWARD)
    page.wait_for_url("**/code/verder/")


def write(desk, words: str = "") -> None:
    """Send what stands in the form for a message, or `words`."""
    if words:
        desk.fill("[name=message-words]", words)
    desk.click("form[action*='/bericht/'] button[name=send]")
    desk.wait_for_load_state()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_an_answer_a_decision_and_feedback(stack, new_page, signed_in, javascript):
    page = new_page(width=390, javascript=javascript)
    desk = signed_in("coordinator", javascript=javascript)
    reference, code = file(page, stack.url)
    page.fill("[name=last]", "zzzz")
    page.click("main .last button")
    assert page.locator(".last .err").count() == 1 and code.split()[0] in page.inner_text("output")
    page.fill("[name=last]", code[-4:].lower())
    page.click("main .last button")
    assert "goed opgeschreven" in page.inner_text(".code")
    assert page.locator("[data-copy]").is_visible() == javascript
    desk.goto(f"{stack.url}/meldingen/{reference}/")
    desk.click("#schrijf > summary")
    desk.select_option("[name=message-text]", "ask-place")
    desk.click("button[name=pick]")
    desk.click("button[name=preview]")
    assert "Waar woont of slaapt" in desk.inner_text("#schrijf .ours")
    write(desk)
    assert "Wacht op antwoord" in desk.inner_text(".idbar")
    come_back(page, stack.url, code)
    assert "Waar woont of slaapt" in page.inner_text(".thread")
    page.click("#reply button")
    assert page.locator("#reply .err").count() == 1
    page.fill("[name=reply-words]", WORDS)
    page.click("#reply button")
    page.wait_for_url("**/code/verder/?ok=1")
    assert WORDS in page.inner_text(".thread .mine")
    page.click("text=Ik wil een andere manier van contact")
    page.check("[name=contact-how][value=text]")
    page.fill("[name=contact-reach]", "06 12345678")
    page.click("button:has-text('Vraag dit aan')")
    desk.goto(f"{stack.url}/meldingen/{reference}/")
    assert WORDS in desk.inner_text("#berichten .mine >> nth=0") and desk.locator("#berichten .chip.u").count() >= 1
    assert "12345678" not in desk.content()
    desk.check("[name=settle-checked]")
    desk.fill("[name=settle-words]", "Gebeld op het oude nummer")
    desk.click("button[name=grant]")
    desk.click("button:has-text('Markeer als gelezen')")
    assert desk.locator("#berichten .chip.u").count() == 0
    desk.check("[name=decide-decision][value=no_signal]")
    desk.select_option("[name=decide-reason]", "too_little")
    desk.click("form[action*='/besluit/'] button.btn")
    come_back(page, stack.url, code)
    assert page.inner_text("h1") == "Je melding is afgehandeld."
    assert "We hebben je melding goed gelezen" in page.inner_text(".thread .ours >> nth=-1")
    page.click("main a:has-text('Klaar, sluit deze pagina')", no_wait_after=True)


def test_the_code_is_copied_and_printed_without_a_subject(stack, new_page):
    page = new_page(width=390, permissions=["clipboard-write"])
    _reference, code = file(page, stack.url)
    page.click("[data-copy]")
    page.wait_for_selector("text=Gekopieerd")
    page.emulate_media(media="print")
    shown = page.inner_text("body")
    assert code.split()[0] in shown and "OV-" in shown
    for word in ("melding", "meldpunt", "Oever", "Snel weg", "112", "Oefen"):
        assert word.lower() not in shown.lower()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.title().strip() == ""
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.title()


def test_the_warning_of_the_visit_stays_or_ends_it(stack, new_page):
    page = new_page(width=390)
    page.clock.install()
    _reference, code = file(page, stack.url)
    come_back(page, stack.url, code)
    page.clock.fast_forward("08:01")
    page.wait_for_selector("dialog[open]")
    page.click("[data-idle-stay]")
    page.wait_for_selector("dialog[open]", state="hidden")
    page.clock.fast_forward("10:30")
    page.wait_for_url("**/code/")
