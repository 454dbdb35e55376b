"""Why a signal is urgent, in the language of the reader. What was filed holds each reason in Dutch, as it was then."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext

from signals.models import Indicator
from signals.urgency import FLAG_TEXT, RULES


def signs_for(reasons: Iterable[Iterable[str]]) -> Mapping[str, Indicator]:
    """Return the signs by code that `said` needs for these reasons [text, rule, sign]; no statement in Dutch."""
    if get_language() == "nl":
        return {}
    codes = {sign for _text, _rule, sign in reasons} - {"", *FLAG_TEXT}
    return Indicator.objects.in_bulk(codes) if codes else {}


def said(text: str, rule: str, sign: str, signs: Mapping[str, Indicator]) -> str:
    """Return a reason in words: `text`, as it was filed, in Dutch or where the rule or sign is not known any more."""
    if get_language() == "nl" or rule not in RULES:
        return text
    if sign and sign not in FLAG_TEXT and sign not in signs:
        return text
    named = gettext(FLAG_TEXT[sign]) if sign in FLAG_TEXT else signs[sign].description if sign else ""
    return gettext(RULES[rule].text_nl) % {"sign": named}
