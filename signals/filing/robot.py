"""A referrer's browser: walks through the public forms over HTTP, as practice reports are filed (file_reports)."""

import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

from signals.filing import steps

SECONDS = 30
PATIENCE = 3
MOST_HOPS = 5


class CannotFile(Exception):
    """A form did not take what was filled in, or a page is not what it should be."""


@dataclass
class Form:
    """A form on a page: its fixed values, its ticks and choices (name → values), its buttons."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """What a browser needs of a page: the forms that post, the links, and the text of some elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.texts: dict[str, str] = {"output": "", "summary": "", "ref": ""}
        self._inside: list[tuple[str, str]] = []
        self._form: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag == "form" and given.get("method", "").lower() == "post":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif self._form is not None and given.get("name"):
            self._control(tag, given)
        for name in ("output", "summary", "ref"):
            if name in classes or (tag == "output" and name == tag):
                self._inside.append((name, tag))

    def _control(self, tag: str, given: dict) -> None:
        name = given["name"]
        if tag == "button":
            self._form.buttons.add(name)
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            self._form.options.setdefault(name, []).append(given.get("value", "on"))
        elif tag in ("input", "textarea"):
            self._form.values[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if self._inside and self._inside[-1][1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        for name, _tag in self._inside:
            self.texts[name] += data


class Referrer:
    """One visitor with cookies of its own. Secure cookies travel to http://localhost too, as browsers do."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") + "/"
        self.session = requests.Session()
        self.answer: requests.Response | None = None
        self.page: Page | None = None

    def open(self, path: str) -> None:
        """Go to a path or address."""
        self._go("GET", urljoin(self.url, path))

    def submit(self, wanted: dict, button: str = "") -> None:
        """Fill the form of this page with `wanted` {field: text, or list of ticks} and send it; unknown fields stay out."""
        form = next((f for f in self.page.forms if "csrfmiddlewaretoken" in f.values), None)
        if form is None:
            raise CannotFile(f"no form on {self.path}")
        sent: list[tuple[str, str]] = [
            (name, str(wanted.get(name, value) or "")) for name, value in form.values.items()
        ]
        for name, options in form.options.items():
            chosen = wanted.get(name) or []
            chosen = chosen if isinstance(chosen, list) else [chosen]
            sent += [(name, option) for option in chosen if option in options]
        if button:
            sent.append((button, "1"))
        address = urljoin(self.answer.url, form.action or self.answer.url)
        self._go("POST", address, data=sent, headers={"Referer": self.answer.url})

    def _go(self, method: str, address: str, **more) -> None:
        """Ask for a page and follow where it leads."""
        for _hop in range(MOST_HOPS):
            answer = self._ask(method, address, **more)
            if not answer.is_redirect:
                return self._take(answer)
            method, address, more = "GET", urljoin(address, answer.headers["Location"]), {}
        raise CannotFile(f"too many redirects at {address}")

    def _ask(self, method: str, address: str, **more) -> requests.Response:
        """Ask once; where it is busy wait as long as the page says and tap once more, as a person does.

        A secure cookie, that of the answer "wait" too, also goes to localhost, as in a browser.
        """
        for _patience in range(PATIENCE):
            answer = self.session.request(method, address, timeout=SECONDS, allow_redirects=False, **more)
            if urlsplit(self.url).hostname == "localhost":
                for cookie in self.session.cookies:
                    cookie.secure = False
            if answer.status_code != 429 or "Retry-After" not in answer.headers:
                break
            time.sleep(int(answer.headers["Retry-After"]))
        return answer

    def _take(self, answer: requests.Response) -> None:
        self.answer, self.page = answer, Page(answer.text)
        if answer.status_code != 200:
            said = " ".join(self.page.texts["summary"].split())
            raise CannotFile(f"{answer.status_code} at {self.path}: {said}")

    @property
    def path(self) -> str:
        return urlsplit(self.answer.url).path

    def file(self, who: str, answers: dict[str, dict]) -> tuple[str, str]:
        """File `answers` ({step: {field: value}}) as a referrer of kind `who`; returns reference and code (16 symbols).

        Raises CannotFile, requests.RequestException.
        """
        self.open(f"m/begin/{who}/")
        self.submit(answers.get("you", {}))
        while not self.path.endswith("/m/klaar/"):
            self._next(who, answers)
        reference = re.search(r"OV-\w{3}-\w{3}", self.page.texts["ref"])
        if not reference:
            raise CannotFile("no reference on the receipt")
        return reference[0], re.sub(r"\s", "", self.page.texts["output"])

    def _next(self, who: str, answers: dict[str, dict]) -> None:
        if self.path.endswith("/m/controle/"):
            return self.submit({})
        if self.path.endswith("/m/nu/"):
            onward = [link for link in self.page.links if re.search(r"/m/\d+/", link)]
            return self.open(onward[-1])
        number = re.search(r"/m/(\d+)/$", self.path)
        if not number:
            raise CannotFile(f"came to {self.path}")
        step = steps.named(who, int(number[1]))
        wanted = answers.get(step, {})
        if step == "signs":
            shown = {option for form in self.page.forms for option in form.options.get("signs", [])}
            if not set(wanted["signs"]) <= shown and any("all" in form.buttons for form in self.page.forms):
                self.submit(wanted, button="all")
        return self.submit(wanted)
