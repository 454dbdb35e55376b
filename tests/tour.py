"""Walks past the pages of Meldpunt in a real browser; each stop gives its name while the page is on the screen.

The tests of accessibility and the pictures walk the same way. A tour changes nothing but what its filing adds.
"""

from collections.abc import Iterator

from tests.browsing import account_of

ONWARD = "main form button.btn:not(.alt)"
TEXTS = {
    "landing": "/",
    "veilig-kijken": "/veilig-kijken/",
    "privacy": "/privacy/",
    "toegankelijkheid": "/toegankelijkheid/",
    "advies": "/advies/",
    "zo-gaan-wij-te-werk": "/zo-gaan-wij-te-werk/",
    "code": "/code/",
    "aanmelden": "/aanmelden/",
    "verlopen": "/m/verlopen/",
    "niet-gevonden": "/bestaat-niet/",
    "uitnodiging-verlopen": "/uitnodiging/bestaat-niet/",
    "engels": "/en/",
    "engels-begin": "/en/m/begin/self/",
}
QUEUE = {"meldingen": "", "meldingen-beoordeling": "beoordeling", "meldingen-antwoord": "antwoord", "meldingen-besloten": "besloten"}
LISTS = {
    "meldingen-mijn": "stand=mijn",
    "meldingen-doorgezet": "stand=doorgezet",
    "meldingen-te-laat": "stand=open&laat=1",
    "meldingen-leeg": "stand=nieuw&vorm=ORGAAN&leeftijd=under_12",
}
INBOX = ("bevestigen", "lopend", "klaar", "teruggegeven")
ADMINISTRATOR = {
    "mensen": "/beheer/",
    "uitnodigen": "/beheer/uitnodigen/",
    "gemeenten": "/beheer/gemeenten/",
    "wachtwoord": "/wachtwoord/",
}


def texts(page, url: str) -> Iterator[str]:
    """The public pages that stand alone, and some in English."""
    for name, path in TEXTS.items():
        page.goto(url + path)
        yield name
    page.goto(f"{url}/code/")
    page.fill("[name=code]", "AAAA BBBB CCCC DDDD")
    page.click(ONWARD)
    yield "code-onbekend"


def door(page, stack) -> Iterator[str]:
    """Signing in, up to the second factor."""
    account = account_of(stack, "coordinator")
    page.goto(f"{stack.url}/aanmelden/")
    page.fill("input[name=login]", account["email"])
    page.fill("input[name=password]", "not the password")
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("main .errs, main .notice, main .summary")
    yield "aanmelden-fout"
    page.fill("input[name=login]", account["email"])
    page.fill("input[name=password]", account["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/aanmelden/code/**")
    yield "aanmelden-code"


def filing(page, url: str) -> Iterator[str]:
    """Filing by a school, with an error on the way, up to coming back with the code."""
    page.goto(f"{url}/m/begin/school/")
    yield "melden-1-over-jou"
    page.fill("[name=name]", "Anneke")
    page.click(ONWARD)
    yield "melden-2-gevaar"
    page.click(ONWARD)
    yield "melden-2-gevaar-fout"
    page.check("[name=danger][value=no]")
    page.click(ONWARD)
    yield "melden-3-tekens"
    page.check("[name=none]")
    page.click(ONWARD)
    yield "melden-3-tekens-fout"
    page.uncheck("[name=none]")
    page.click("button[name=all]")
    yield "melden-3-alle-tekens"
    page.fill("[name=words]", "Ze stapt na school vaak in een auto die wij niet kennen. Ze is stil geworden.")
    page.click(ONWARD)
    yield "melden-4-persoon"
    page.check("[name=age_band][value='16_17']")
    page.click(ONWARD)
    yield "melden-5-waar"
    page.fill("[name=place]", "Almelo")
    page.click(ONWARD)
    yield "melden-6-contact"
    page.check("[name=allowed][value=no]")
    page.click(ONWARD)
    yield "melden-7-bestanden"
    page.click(ONWARD)
    yield "melden-8-controle"
    page.click(ONWARD)
    yield "melden-9-klaar"
    code = page.inner_text("output")
    page.goto(f"{url}/code/")
    page.fill("[name=code]", code.replace("\n", " "))
    page.click(ONWARD)
    yield "terug-met-code"
    page.click("#reply button.btn")
    yield "terug-fout"
    page.fill("[name=reply-words]", "Het was bij het station.")
    page.click("#reply button.btn")
    page.wait_for_url("**/code/verder/?ok=1")
    page.click("text=Ik wil een andere manier van contact")
    page.click("text=Ik wil mijn melding intrekken")
    yield "terug-berichten"


def advice(page, url: str) -> Iterator[str]:
    """A question to the desk, with an error on the way, up to its code."""
    page.goto(f"{url}/advies/")
    page.click(ONWARD)
    yield "advies-fout"
    page.check("[name=kind][value=parent]")
    page.check("[name=danger][value=no]")
    page.fill("[name=question]", "Mijn dochter krijgt dure kleding van een vriend. Hoe begin ik daarover?")
    page.click(ONWARD)
    yield "advies-controle"
    page.click(ONWARD)
    yield "advies-klaar"


def oneself(page, url: str) -> Iterator[str]:
    """The first pages for somebody whom it is about, and the page for danger."""
    page.goto(f"{url}/m/begin/self/")
    yield "zelf-1-eerst-dit"
    page.click(ONWARD)
    page.check("[name=danger][value=yes]")
    page.click(ONWARD)
    yield "zelf-2-nu-gevaar"
    page.click("main a[href*='/m/2/'], main a[href*='/m/controle/'] >> nth=0")
    yield "zelf-3-wat-gebeurt"


def desk(page, url: str) -> Iterator[str]:
    """The desk: queue, a new signal, a decided one, cases, a case, choosing its network."""
    for name, tab in QUEUE.items():
        page.goto(f"{url}/meldingen/" + (f"?stand={tab}" if tab else ""))
        yield name
    yield from lists(page, url)
    for name, tab in (("melding", "nieuw"), ("melding-beoordeling", "beoordeling"), ("melding-besloten", "besloten")):
        page.goto(f"{url}/meldingen/?stand={tab}")
        if page.locator("tbody a.id").count():  # a lease that has lapsed puts a signal back among the new ones
            page.click("tbody a.id >> nth=0")
            yield name
    page.goto(f"{url}/meldingen/?stand=nieuw")
    page.click("tbody a.id >> nth=0")
    page.click("form[action*='/besluit/'] button.btn")
    yield "melding-fout"
    page.goto(f"{url}/meldingen/?stand=nieuw")
    page.click("tbody a.id >> nth=0")
    page.click("#schrijf > summary")
    page.select_option("[name=message-text]", "ask-place")
    page.click("button[name=pick]")
    page.click("button[name=preview]")
    yield "melding-bericht"
    yield from cases(page, url)


def lists(page, url: str) -> Iterator[str]:
    """What the queue says when it is filtered, searched in vain, empty, chosen from, and its keys."""
    for name, query in LISTS.items():
        page.goto(f"{url}/meldingen/?{query}")
        yield name
    page.goto(f"{url}/meldingen/?van=school")
    page.click("details.filter summary")
    yield "meldingen-filter"
    page.fill("[name=q]", "Zoë Canarie")
    page.press("[name=q]", "Enter")
    page.wait_for_url("**/zoeken/")
    yield "niet-gevonden-medewerker"
    page.goto(f"{url}/meldingen/?stand=nieuw")
    if page.locator("[data-keys-open]").is_visible():
        page.click("[data-keys-open]")
        yield "meldingen-toetsen"
        page.click("dialog[open] [method=dialog] button")
    page.locator("tbody .tick").first.evaluate("box => { box.checked = true; }")  # on a phone only a reader sees it
    page.click("#kies [value=later]")
    yield "meldingen-kiezen"
    page.click("main form button.btn")
    yield "meldingen-kiezen-fout"


def cases(page, url: str) -> Iterator[str]:
    """Cases at the desk: each list with a case of it, and choosing the network with the question before it is sent."""
    page.goto(f"{url}/zaken/")
    tabs = [f"{url}/zaken/{a.get_attribute('href')}" for a in page.locator(".tabs a").all()]
    to_route = None
    for number, tab in enumerate(tabs, start=1):
        page.goto(tab)
        yield f"zaken-{number}"
        if page.locator("tbody a.id").count():
            page.click("tbody a.id >> nth=0")
            yield f"zaak-{number}"
            to_route = to_route or (page.locator("a[href$='/routeren/']").count() and page.url)
    if to_route:
        page.goto(f"{to_route}routeren/")
        yield "routeren"
        page.check("[name=route-team] >> nth=0")
        page.check("[name=route-basis] >> nth=0")
        page.select_option("[name=route-reason]", index=1)
        page.click("main form button.btn >> nth=0")
        yield "routeren-bevestigen"
    yield from duty(page, url)


def duty(page, url: str) -> Iterator[str]:
    """The duty roster with an error, and what was shared of the newest case at a network."""
    page.goto(f"{url}/dienst/")
    yield "dienst"
    page.select_option("[name=shift-user]", "")
    page.click("main form[novalidate] button.btn")
    yield "dienst-fout"
    page.goto(f"{url}/zaken/?stand=with_network")
    if page.locator("tbody a.id").count():
        case = page.locator("tbody a.id").first.get_attribute("href")
        for name in ("verstuurd", "gedeeld"):
            page.goto(f"{url}{case}{name}/")
            yield f"zaak-{name}"


def figures(page, url: str) -> Iterator[str]:
    """What was published, and for the desk the live figures and publishing, with an error on the way."""
    page.goto(f"{url}/balans/")
    yield "cijfers"
    page.goto(f"{url}/balans/balans-2007/")
    yield "cijfers-2007"
    page.goto(f"{url}/balans/sturen/")
    yield "sturen"
    page.goto(f"{url}/balans/publiceren/")
    if page.locator("[name=year]").count():
        yield "publiceren"
        page.click(ONWARD)
        yield "publiceren-fout"


def network(page, url: str) -> Iterator[str]:
    """A network's inbox, a closed letter and a case, with the question before it is closed."""
    opened = None
    for tab in INBOX:
        page.goto(f"{url}/netwerk/?stand={tab}")
        yield f"netwerk-{tab}"
        for link in [f"{url}{a.get_attribute('href')}" for a in page.locator("tbody a.id").all()][:4]:
            page.goto(link)
            if page.locator("form[action$='/openen/']").count():
                yield "netwerk-dichte-brief"
            elif page.locator(".now a[href$='/uitkomst/']").count():
                opened = link
            elif tab != "teruggegeven":
                yield f"netwerk-zaak-{tab}"
    if opened:
        yield from closing(page, opened)


def closing(page, address: str) -> Iterator[str]:
    """A case that the network works on, and the question before it is closed."""
    page.goto(address)
    yield "netwerk-zaak"
    page.goto(f"{address}uitkomst/")
    page.click("form[action$='/uitkomst/'] button.btn")
    yield "netwerk-zaak-fout"
    page.select_option("[name=outcome-outcome]", index=1)
    page.check("[name=outcome-youth_care_needed][value=no]")
    page.check("[name=outcome-safe_now] >> nth=0")
    page.click("form[action$='/uitkomst/'] button.btn")
    yield "netwerk-zaak-sluiten"


def administrator(page, url: str) -> Iterator[str]:
    """What an administrator keeps; the pages that the menu names, besides those that are known."""
    found = {}
    for name, path in ADMINISTRATOR.items():
        page.goto(url + path)
        yield name
        for link in page.locator(".rail nav a").all():
            path = link.get_attribute("href")
            found.setdefault(path.strip("/").replace("/", "-"), path)
    for name, path in found.items():
        if path not in ADMINISTRATOR.values():
            page.goto(url + path)
            yield name
            one = page.locator(f"main a[href^='{path}']:not([href*='?'])").first
            if one.count():
                one.click()
                yield f"{name}-een"


def account(page, url: str) -> Iterator[str]:
    """The pages of anybody's own account and team."""
    for name, path in (
        ("start", "/start/"),
        ("team", "/team/"),
        ("bereikbaar", "/bereikbaar/"),
        ("ontgrendel", "/ontgrendel/"),
        ("bevestig", "/bevestig/"),
    ):
        page.goto(url + path)
        yield name
