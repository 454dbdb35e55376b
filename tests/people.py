"""Members of staff as their browsers are: they sign in over HTTP, read pages and send the forms that are on them."""

import base64
import hmac
import struct
import time
from hashlib import sha1
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

QUOTED = ("hidden", "text", "search", "email", "tel", "number", "")


class Forms(HTMLParser):
    """The forms of a page: action, fields with the values that a browser would send, and buttons."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[dict] = []
        self._select = self._textarea = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.found.append({"action": attrs.get("action") or "", "fields": {}})
        if not self.found or not (name := attrs.get("name", "")) and tag != "option":
            return
        fields = self.found[-1]["fields"]
        if tag == "input" and (attrs.get("type", "text") in QUOTED or "checked" in attrs):
            fields[name] = attrs.get("value", "on" if "checked" in attrs else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in attrs or self._select not in fields):
            fields[self._select] = attrs.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            fields[name] = ""

    def handle_data(self, data):
        if self._textarea:
            self.found[-1]["fields"][self._textarea] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None


def one_time_code(secret: str, at: float | None = None) -> str:
    """Return the six digits of an authenticator app (RFC 6238) for a base32 secret."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at or time.time()) // 30), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Person(requests.Session):
    """One member of staff at a running Meldpunt; `account` is a row of practice.json."""

    def __init__(self, url: str, account: dict | None = None):
        super().__init__()
        self.url, self.trust_env = url, False
        self.at = ""
        self.html = ""
        if account:
            self.sign_in(account)

    def open(self, path: str) -> requests.Response:
        """Open a page and remember it."""
        return self.go("GET", self.url + path)

    def submit(self, action: str = "", **values) -> requests.Response:
        """Send the form on this page whose action holds `action`, with `values` over what it holds."""
        return self.fill(next(form for form in Forms(self.html).found if action in form["action"]), values)

    def fill(self, form: dict, values: dict) -> requests.Response:
        """Send a form of this page with `values` over what it holds."""
        headers = {"Referer": self.at, "Origin": self.url}
        return self.go("POST", urljoin(self.at, form["action"] or self.at), {**form["fields"], **values}, headers)

    def go(self, method: str, address: str, data: dict | None = None, headers: dict | None = None):
        """Ask, follow where it leads, and remember the page; secure cookies travel to localhost, as in a browser."""
        response = self.request(method, address, data=data, headers=headers, timeout=60, allow_redirects=False)
        for cookie in self.cookies:
            cookie.secure = False
        if response.is_redirect:
            return self.go("GET", urljoin(address, response.headers["Location"]))
        self.at, self.html = response.url, response.text
        return response

    def sign_in(self, account: dict) -> None:
        """Sign in with the password and the second factor."""
        self.open("/aanmelden/")
        self.submit("aanmelden", login=account["email"], password=account["password"])
        self.submit("/code/", code=one_time_code(account["totp_secret"]))
        assert "/aanmelden/" not in self.at, self.html[:2000]


def answer(person: "Person", has: str, status: int = 200, **values) -> None:
    """Send the form on this page that has the field `has`; `values` stand behind the same prefix."""
    form = next(form for form in Forms(person.html).found if has in form["fields"])
    prefix = has.partition("-")[0]
    sent = {name if name == "confirmed" else f"{prefix}-{name}": value for name, value in values.items()}
    response = person.fill(form, sent)
    assert response.status_code == status, (has, response.status_code, person.html[:3000])
