"""A lean HTTP client: it shares two cores with the server, so it must not cost much."""

import http.client
import time
from urllib.parse import urlencode

from bench.views import COUNT, COUNTED

SECONDS = 60


class Client:
    """One connection to the stack, with fixed cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None):
        self.port = port
        self.cookies = cookies or {}

    def get(self, path: str, *, count: bool = False) -> tuple[float, int, int]:
        """Get a page: seconds, status, statements (0 unless counted)."""
        return self._go("GET", path, None, self.cookies, count)

    def post(self, path: str, fields: dict, cookies: dict, *, count: bool = False) -> tuple[float, int, int]:
        """Post fields: seconds, status, statements."""
        return self._go("POST", path, urlencode(fields), cookies, count)

    def _go(self, method, path, body, cookies, count):
        headers = {"Host": f"localhost:{self.port}", "Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if count:
            headers[COUNT] = "1"
        begun = time.perf_counter()
        # A connection for each request: the server closes idle ones at a moment of its own.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return time.perf_counter() - begun, answer.status, int(answer.headers.get(COUNTED, 0))
