"""Read this first: one signal, from a teacher's phone to the outcome, through real processes in a real browser."""

import re
import time

SECONDS = 30


def onward(page):
    """Press the one big button of the step."""
    page.click("main form button.btn:not(.alt)")


def file_as_teacher(stack, page) -> tuple[str, str]:
    """File a signal on a phone; returns the reference and the code."""
    page.goto(f"{stack.url}/")
    page.click("text=Ik werk op een school")
    page.fill("[name=organisation]", "Voorbeeldcollege")
    onward(page)
    page.check("[name=danger][value=no]")
    onward(page)
    page.locator("[name=signs]").first.check()
    page.fill("[name=words]", "Een oudere jongen wacht haar elke dag op bij het fietsenhok.")
    onward(page)
    page.check("[name=age_band][value='12_15']")
    page.fill("[name=name]", "Zoë")
    onward(page)
    page.fill("[name=place]", "haaksbergen")
    onward(page)
    page.check("[name=allowed][value=no]")
    onward(page)
    assert "Wil je iets meesturen?" in page.inner_text("main")
    onward(page)
    assert "haaksbergen" in page.inner_text("main")
    onward(page)
    reference = re.search(r"OV-\w{3}-\w{3}", page.inner_text("main")).group()
    return reference, page.inner_text("output").replace("\n", " ")


def status_of(stack, page, code: str) -> str:
    """What the referrer reads with the code."""
    page.goto(f"{stack.url}/code/")
    page.fill("[name=code]", code)
    onward(page)
    return page.inner_text("h1")


def open_new_case(stack, desk, reference: str) -> None:
    """The coordinator finds the signal in the queue, reads it, takes it up and makes a case of it."""
    desk.goto(f"{stack.url}/meldingen/")
    desk.click(f"text={reference}")
    assert "fietsenhok" in desk.inner_text("main")
    assert "Zoë" not in desk.inner_text("main")
    assert "netwerk enschede" in desk.inner_text("main").lower()
    desk.click("text=Pak op")
    desk.check("[name=decide-decision][value=new_case]")
    desk.select_option("[name=decide-reason]", "enough_signs")
    desk.click("text=Bewaar dit besluit")


def route_to_the_proposed_network(desk) -> str:
    """Confirm the proposal; returns the reference of the case."""
    assert "Haaksbergen hoort bij netwerk Enschede" in desk.inner_text("main")
    desk.select_option("[name$=reason]", "lives_there") if desk.query_selector("select[name$=reason]") else desk.check(
        "[name$=reason][value=lives_there]"
    )
    desk.check("[name=route-basis][value=prevent_harm]")
    desk.click("main form button.btn:not(.alt)")
    desk.click("[name=confirmed]")
    return re.search(r"ZK-\w{3}-\w{3}", desk.url).group()


def wait_for(stack, page, path: str, text: str) -> None:
    """Open a page until it shows `text`: the worker delivers in its own time."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        page.goto(stack.url + path)
        if text in page.inner_text("main"):
            return
        time.sleep(0.3)
    raise AssertionError(f"{text} does not come to {path}: {page.inner_text('main')[:500]}")


def work_and_close(lead, case: str) -> None:
    """The lead of the network opens, accepts, plans an action and does it, writes a note and closes with an outcome."""
    lead.click(f"text={case}")
    lead.click("text=Open deze zaak")
    lead.click("text=Neem deze zaak aan")
    lead.click("main nav >> text=Werk")
    lead.select_option("[name=action-kind]", "school")
    lead.fill("[name=action-words]", "Praat met de zorgcoördinator.")
    lead.click("text=Plan deze actie")
    lead.click("#acties .quick summary")
    lead.click("#acties .quick button")
    lead.fill("[name=note-words]", "Gebeld met de mentor.")
    lead.click("text=Bewaar notitie")
    assert "Gebeld met de mentor." in lead.inner_text("main")
    lead.click("main nav >> text=Uitkomst")
    lead.select_option("[name=outcome-outcome]", "handled_in_network")
    lead.check("[name=outcome-youth_care_needed][value=no]")
    lead.check("[name=outcome-safe_now][value=yes]")
    lead.click("text=Verder: controleer en sluit")
    lead.click("text=Ja, sluit de zaak")


def test_a_signal_travels_from_a_teacher_to_its_outcome(stack, new_page, signed_in):
    phone = new_page(width=390)
    reference, code = file_as_teacher(stack, phone)
    assert status_of(stack, phone, code) == "Je melding is binnen. Wij gaan hem lezen."

    desk = signed_in("coordinator")
    open_new_case(stack, desk, reference)
    case = route_to_the_proposed_network(desk)

    lead = signed_in("lead", "enschede")
    wait_for(stack, lead, "/netwerk/", case)
    stranger = signed_in("lead", "zwolle")
    assert stranger.goto(f"{stack.url}/netwerk/{case}/").status == 404
    work_and_close(lead, case)

    wait_for(stack, desk, f"/zaken/{case}/", "Afgesloten")
    for own in ("Gebeld met de mentor.", "zorgcoördinator"):
        assert own not in desk.inner_text("main")
    assert status_of(stack, phone, code) == "Je melding is afgehandeld."
