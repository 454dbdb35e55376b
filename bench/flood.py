"""A flood: 20 sources post a hundred times a second, while somebody else fills in the form."""

import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from bench.figures import Figure
from signals.filing.robot import Referrer

SOURCES = [f"127.0.0.{n}" for n in range(2, 22)]
A_SECOND = 100
SECONDS = 20
BAR = 5.0
# The limits of production: practice lets more pass.
LIMITS = {"POSTS_PER_SOURCE": "60", "POSTS_OVERALL": "50", "FAIR_SHARE": "12"}
ANSWERS = {
    "you": {"name": "Anneke"},
    "danger": {"danger": "no"},
    "signs": {"signs": [], "words": "Ze stapt na school in een auto."},
    "person": {"age_band": "12_15"},
    "place": {"place": "Almelo"},
    "contact": {"allowed": "no"},
}


class Flood:
    """Twenty sources, each with a session of its own, that post the first page as fast as asked for."""

    def __init__(self, port: int, seconds: float = SECONDS) -> None:
        self.port, self.seconds = port, seconds
        self.over = threading.Event()
        self.statuses: list[int] = []
        self.threads = [threading.Thread(target=self._post, args=(source,), daemon=True) for source in SOURCES]

    def __enter__(self):
        browser = Referrer(f"http://localhost:{self.port}")
        browser.open("m/begin/school/")
        form = next(one for one in browser.page.forms if "csrfmiddlewaretoken" in one.values)
        self.body = urlencode({**form.values, "name": "x" * 100})
        self.cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.session.cookies)
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _post(self, source: str) -> None:
        """Post at an even pace, whether or not the server keeps up; the address of the client is `source`."""
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        due = time.monotonic()
        while not self.over.is_set():
            due += len(SOURCES) / A_SECOND
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(source, 0))
            try:
                connection.request("POST", "/m/begin/school/", self.body, headers)
                self.statuses.append(connection.getresponse().status)
            except OSError:
                self.statuses.append(0)
            finally:
                connection.close()
            self.over.wait(max(0.0, due - time.monotonic()))


class Timed(Referrer):
    """A referrer's browser that keeps how long each page took, in seconds, and reads a second before it sends."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.took: list[float] = []

    def _go(self, method: str, address: str, **more) -> None:
        time.sleep(1 if method == "POST" else 0)
        begun = time.perf_counter()
        super()._go(method, address, **more)
        self.took.append(time.perf_counter() - begun)


def measure(stack) -> list[Figure]:
    """File again and again from another source while the flood lasts; the limits are those of production."""
    before = stack.web.environment
    stack.web.stop()
    stack.web.environment = before | LIMITS
    stack.web.start()
    stack.wait_for_page()
    took, filed = [], 0
    try:
        with Flood(stack.port) as flood:
            end = time.monotonic() + flood.seconds
            while time.monotonic() < end and filed < 4:
                browser = Timed(stack.url)
                browser.file("school", ANSWERS)
                took += browser.took
                filed += 1
    finally:
        stack.web.stop()
        stack.web.environment = before
        stack.web.start()
        stack.wait_for_page()
    slow = sorted(took)[int(len(took) * 0.95)]
    refused = sum(status == 429 for status in flood.statuses)
    return [
        Figure("flood: posts of 20 sources", len(flood.statuses) / flood.seconds, "a second"),
        Figure("flood: answered with 'wait a moment'", refused, f"of {len(flood.statuses)}"),
        Figure("flood: filed meanwhile from another source", filed, "", at_least=1),
        Figure("flood: a step of that filing, 95th percentile", slow, "s", at_most=BAR),
    ]
