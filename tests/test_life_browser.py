"""The whole life of a case in a real browser: routed, given back, routed again, planned, handed on to another network,
discussed at a meeting, contact handed over, its circle asked after, closed, cared for, and opened again.
"""

import datetime
import re

import pytest
from django.utils import timezone

from networks.models import Meeting, Pulse
from networks.tasks import aftercare, count_ended
from signals.models import Case, Signal
from signals.tasks import sweep
from tests.worlds import World, a_municipality, a_signal_with_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings):
    settings.ROUTE_HOLD_SECONDS = 0
    return World(settings)


@pytest.fixture
def as_who(world, live_server, new_page):
    """Make a page in which somebody of the world is signed in: ``as_who("lead")``."""

    def make(who: str):
        page = new_page(width=1100)
        cookies = world.client(who).cookies
        kept = {"domain": "localhost", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
        page.context.add_cookies([kept | {"name": name, "value": m.value} for name, m in cookies.items()])
        return Walker(page, live_server.url)

    return make


class Walker:
    """Somebody at work: goes to pages, presses, and looks for words."""

    def __init__(self, page, url: str):
        self.page, self.url = page, url

    def go(self, path: str) -> str:
        """Open a page; returns its text."""
        self.page.goto(self.url + path)
        return self.text()

    def text(self) -> str:
        """What the page says."""
        self.page.wait_for_load_state("load")
        return self.page.inner_text("main")

    def unfold(self, place: str) -> None:
        """Open everything that is folded in `place`."""
        self.page.locator(f"{place} details").evaluate_all("all => all.forEach(one => { one.open = true; })")

    def send(self, action: str, button: str = "button.btn:not(.alt)", **fields) -> str:
        """Fill in the form that goes to an address ending in `action`, press, and return what the page says then."""
        form = self.page.locator(f"form[action*='{action}']").first
        for name, value in fields.items():
            self._fill(form.locator(f"[name$='-{name}']"), value)
        with self.page.expect_navigation():
            form.locator(button).first.click()
        return self.text()

    def _fill(self, field, value: str) -> None:
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            field.and_(self.page.locator(f"[value='{value}']")).check()
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def case_of(world, desk) -> tuple[str, str, str]:
    """Let a coordinator take a signal up and make a case of it; returns signal, case and the code of the referrer."""
    place = a_municipality()
    signal, code = a_signal_with_code(world)
    Signal.objects.filter(pk=signal.pk).update(municipality=place)
    desk.go(f"/meldingen/{signal.reference}/")
    desk.send("/oppakken/", "button")
    desk.page.check("[name=decide-decision][value=new_case]")
    desk.page.select_option("[name=decide-reason]", "enough_signs")
    desk.page.click("text=Bewaar dit besluit")
    desk.page.wait_for_url("**/zaken/**")
    return signal.reference, re.search(r"ZK-\w{3}-\w{3}", desk.page.url).group(), code


def routed(desk, lead, case: str, slug: str = "almelo") -> None:
    """Send the case to a network and let it be opened there."""
    desk.go(f"/zaken/{case}/routeren/")
    desk.page.check(f"[name=route-team][value={slug}]")
    desk.page.check("[name=route-basis][value=prevent_harm]")
    desk.page.select_option("[name=route-reason]", "lives_there")
    desk.page.click("main form button.btn:not(.alt)")
    desk.page.click("[name=confirmed]")
    desk.text()
    sweep()
    lead.go(f"/netwerk/{case}/")
    lead.send("/openen/", "button")


def asked_after_peers(lead, case: str) -> None:
    """Put a classmate in the circle; closing is refused until the question is answered."""
    lead.go(f"/netwerk/{case}/kring/")
    lead.unfold("main")
    lead.send("/kring/erbij/", kind="classmate", name="Bo")
    assert "kring" in closing(lead, case).lower()
    lead.go(f"/netwerk/{case}/kring/")
    lead.page.click("table.cards tbody a >> nth=0")
    lead.unfold("main")
    lead.send("/antwoord/", approached="no")


def closing(lead, case: str) -> str:
    """Fill in how it ended and confirm; returns what the page says."""
    lead.go(f"/netwerk/{case}/uitkomst/")
    answers = {"outcome": "handled_in_network", "youth_care_needed": "no", "safe_now": "yes", "helped": "De tante"}
    lead.send("/uitkomst/", **answers)
    if lead.page.locator("[name=confirmed]").count():
        lead.page.click("[name=confirmed]")
    return lead.text()


def planned(lead, case: str) -> None:
    """Who coordinates, and a goal."""
    lead.go(f"/netwerk/{case}/plan/")
    lead.unfold("main")
    lead.page.locator("[name=post_coordinator-whom]").select_option(label="Lead")
    with lead.page.expect_navigation():
        lead.page.click("form[action$='/wie/coordinator/'] button.btn")
    lead.unfold("main")
    assert "Weer naar school" in lead.send("/plan/doel/", words="Weer naar school")


def handed_on(lead, other, case: str) -> None:
    """Ask another network to take the case over; it opens and accepts, and the first one sees it no more."""
    lead.go(f"/netwerk/{case}/doorgeven/")
    lead.page.select_option("[name=transfer-team]", "zwolle")
    lead.page.check("[name=transfer-reason][value=known_there]")
    lead.page.click("text=Verder: controleer en vraag")
    lead.page.click("[name=confirmed]")
    lead.text()
    sweep()
    other.go(f"/netwerk/{case}/")
    other.send("/openen/", "button")
    other.send("/aannemen/", "button")
    assert lead.page.goto(f"{lead.url}/netwerk/{case}/").status == 404


def discussed(lead, case: str) -> None:
    """Plan a meeting; on the screen of the case a decision becomes an action."""
    lead.go("/netwerk/overleg/")
    lead.unfold("main")
    lead.page.fill("[name=meeting-on]", timezone.localdate().isoformat())
    with lead.page.expect_navigation():
        lead.page.click("text=Plan dit overleg")
    lead.go(f"/netwerk/overleg/{Meeting.objects.get().pk}/zaak/{case}/")
    lead.unfold("main")
    lead.send("/besluit/", "button.btn", kind="school", words="Besloten: mentor bellen")
    assert "Besloten: mentor bellen" in lead.go(f"/netwerk/{case}/werk/")


def wrote_to_referrer(desk, lead, visitor, signal: str, case: str, code: str) -> None:
    """The desk hands contact over; a member writes; the referrer reads it and sees no difference."""
    desk.go(f"/meldingen/{signal}/contact-geven/")
    desk.page.click("main form button.btn >> nth=0")
    desk.page.click("[name=confirmed]")
    assert "heeft het contact met deze melder" in desk.text()
    lead.go(f"/netwerk/{case}/melder/")
    lead.page.check("[name=message-read_terms]")
    with lead.page.expect_navigation():
        lead.page.fill("[name=message-words]", "We letten op.")
        lead.page.click("text=Verstuur")
    visitor.go("/code/")
    visitor.page.fill("[name=code]", code)
    visitor.page.click("main form button.btn:not(.alt)")
    visitor.page.wait_for_selector("text=We letten op.")


def test_a_case_lives_from_routing_to_opening_again(world, as_who, live_server, new_page):
    desk, lead, visitor = as_who("coordinator"), as_who("lead"), Walker(new_page(), live_server.url)
    signal, case, code = case_of(world, desk)
    routed(desk, lead, case)
    lead.unfold("main")
    lead.send("/teruggeven/", "button", reason="no_capacity")
    assert lead.page.goto(f"{live_server.url}/netwerk/{case}/").status == 404
    routed(desk, lead, case)
    lead.send("/aannemen/", "button")
    planned(lead, case)
    other = as_who("other_lead")
    handed_on(lead, other, case)
    lead = other
    discussed(lead, case)
    wrote_to_referrer(desk, lead, visitor, signal, case, code)
    asked_after_peers(lead, case)
    assert "Nazorg" in closing(lead, case)
    assert Case.objects.get(reference=case).state == "closed"
    assert count_ended() == 1
    Pulse.objects.filter(number=1).update(due_at=timezone.now() - datetime.timedelta(hours=1))
    assert aftercare() == 1
    lead.go(f"/netwerk/{case}/uitkomst/")
    lead.send(f"/nazorg/{Pulse.objects.get(number=1).pk}/", safe_now="no", words="Staat weer op straat")
    assert "niet veilig" in desk.go(f"/zaken/{case}/heropenen/")
    desk.send("/heropenen/", where=str(world.teams["zwolle"].pk), reason="not_safe")
    sweep()
    lead.go(f"/netwerk/{case}/")
    lead.send("/openen/", "button")
    assert "De tante" in lead.go(f"/netwerk/{case}/eerder/")
    count_ended()
    assert Signal.objects.get(reference=signal).counted_as is None
