"""Filing and coming back in a real browser, with and without JavaScript."""

import pytest


def onward(page):
    page.click("main form button.btn:not(.alt)")


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_files_about_oneself_and_comes_back_with_the_code(stack, new_page, javascript):
    page = new_page(width=390, javascript=javascript)
    page.goto(f"{stack.url}/m/begin/self/")
    onward(page)
    page.check("[name=danger][value=no]")
    onward(page)
    page.fill("[name=words]", "Ik ben bang voor iemand. 😀")
    onward(page)
    page.check("[name=age_band][value='16_17']")
    onward(page)
    page.check("[name=allowed][value=no]")
    onward(page)
    page.click("text=Ik stuur niets mee")
    page.wait_for_url("**/m/controle/")
    assert "Ik ben bang voor iemand. 😀" in page.inner_text("main")
    onward(page)
    assert page.url.endswith("/m/klaar/")
    page.click("text=Toon mijn code")
    code = page.inner_text("output")
    page.goto(f"{stack.url}/code/")
    page.fill("[name=code]", code.replace("\n", " ").lower())
    onward(page)
    assert page.inner_text("h1") == "Je melding is binnen. Wij gaan hem lezen."
    assert "/code/" in page.url and code.replace("\n", "")[:4] not in page.url


def test_back_shows_the_step_with_what_was_answered(stack, page):
    page.goto(f"{stack.url}/m/begin/parent/")
    onward(page)
    page.check("[name=danger][value=unknown]")
    onward(page)
    page.wait_for_url("**/m/3/")
    page.go_back()
    page.wait_for_url("**/m/2/")
    assert page.is_checked("[name=danger][value=unknown]")
    page.go_forward()
    page.wait_for_url("**/m/3/")
    assert page.url.endswith("/m/3/")
