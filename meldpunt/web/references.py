"""A number of a signal or a case that was typed in small letters leads to the page with the right one."""

import re

from django.http import HttpResponseRedirect

SMALL = re.compile(r"[a-z]{2}(-[0-9a-z]{3}){2}", re.IGNORECASE)

class CapitalReferences:
    """Middleware: send a page that was asked for by `reference` in small letters to the same page in capitals.

    It looks at the address alone, so that it says nothing about what exists.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        typed = kwargs.get("reference")
        asked = request.method in ("GET", "HEAD") and isinstance(typed, str) and typed != typed.upper()
        if not (asked and SMALL.fullmatch(typed)):
            return None
        return HttpResponseRedirect(request.get_full_path().replace(f"/{typed}/", f"/{typed.upper()}/", 1))
