"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest | None) -> dict:
    """Return `site_name`, `practice` (bool), `desk_phone`, the seconds until the warning and from there to the end
    (`idle_warn`, `idle_left`), and `other_languages` [(code, name, address)].

    Works without a request: the page for a broken server uses it too.
    """
    path = request.path if request else "/"
    return {
        "site_name": settings.SITE_NAME,
        "practice": settings.PRACTICE,
        "desk_phone": settings.DESK_PHONE,
        "idle_warn": settings.IDLE_WARNING_SECONDS,
        "idle_left": settings.IDLE_SECONDS - settings.IDLE_WARNING_SECONDS,
        "other_languages": [
            (code, name, translate_url(path, code))
            for code, name in settings.LANGUAGES
            if code != get_language()
        ],
    }
