"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
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


def site(request: HttpRequest | None) -> dict:
    """Return `site_name`, `practice` (bool), `desk_phone`, the seconds until the warning and from there to the end
    (`idle_warn`, `idle_left`), and `other_languages` [(code, name, address)].

    Works without a request: the page for a broken server uses it too.
    """
    path = request.get_full_path() if request else "/"
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
