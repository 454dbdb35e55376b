"""The headers of every answer (security.md, "The web")."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from meldpunt.web.leaving import forget

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SIGN_OUT = "account_logout"
LANDING = "landing"


class SecurityHeaders:
    """Put the headers on an answer; one that a view has set itself stays (a download has a CSP of its own)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, content in FIXED.items():
            response.headers.setdefault(name, content)
        if request.path.startswith(settings.STATIC_URL):
            return response
        response.headers["Cache-Control"] = "no-store"
        view = request.resolver_match.view_name if request.resolver_match else ""
        if view != LANDING or response.status_code != 200:
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        if view == SIGN_OUT and request.method == "POST":
            forget(response)
        return response
