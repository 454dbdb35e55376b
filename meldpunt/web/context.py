"""What every page knows."""

import inspect
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language


def in_language(path: str, code: str) -> str:
    """Return the address of this page in the language `code`; also where no page of ours has the address."""
    found = translate_url(path, code)
    if found != path:
        return found
    bare = path
    for other, _name in settings.LANGUAGES:
        bare = bare.removeprefix(f"/{other}") if bare.startswith(f"/{other}/") else bare
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def takes_post_only(view: Callable) -> bool:
    """Tell whether Django's own decorators keep GET from this view, however many others stand around them."""
    while view is not None:
        found = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in found:
            return "GET" not in found["request_method_list"]
        view = getattr(view, "__wrapped__", None)
    return False


def address_to_open(request: HttpRequest) -> str:
    """Return the address under which the page on the screen opens.

    A page that answered a POST stands at an address that may take nothing else: then it is the nearest page above it,
    or what the view set as `request.page_address`.
    """
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    if own := getattr(request, "page_address", ""):
        return own
    path = request.path
    while path != "/":
        try:
            if not takes_post_only(resolve(path).func):
                break
        except Resolver404:
            pass  # nothing stands here: look one step further up
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return request.get_full_path() if path == request.path else path


def site(request: HttpRequest | None) -> dict:
    """Return `site_name`, `practice` (bool), `desk_phone`, the seconds until the warning and from there to the end
    (`idle_warn`, `idle_left`), and `other_languages` [(code, name, address)].

    Works without a request: the page for a broken server uses it too.
    """
    path = address_to_open(request) if request else "/"
    return {
        "site_name": settings.SITE_NAME,
        "practice": settings.PRACTICE,
        "desk_phone": settings.DESK_PHONE,
        "idle_warn": settings.IDLE_WARNING_SECONDS,
        "idle_left": settings.IDLE_SECONDS - settings.IDLE_WARNING_SECONDS,
        "other_languages": [
            (code, name, in_language(path, code))
            for code, name in settings.LANGUAGES
            if code != get_language()
        ],
    }
