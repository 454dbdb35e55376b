"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest | None) -> dict:
    """Return `site_name`, `practice` (bool), `desk_phone` and `other_languages` [(code, name, address)].

    Works without a request: the page for a broken server uses it too.
    """
    path = request.path if request else "/"
    return {
        "site_name": settings.SITE_NAME,
        "practice": settings.PRACTICE,
        "desk_phone": settings.DESK_PHONE,
        "other_languages": [
            (code, name, translate_url(path, code)) for code, name in settings.LANGUAGES if code != get_language()
        ],
    }
