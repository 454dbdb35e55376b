"""What a viewer has revealed: per session and object, until it is hidden again or the keys lock (product.md)."""

import hashlib

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meldpunt.audit.log import record
from meldpunt.vault.unlocking import COOKIE
from signals.actions.history import say_why

UNDER = "revealed_under"


class Kind(models.TextChoices):
    """What can be revealed, each on its own."""

    NAME = "name", _("naam")
    CONTACT = "contact", _("contactgegevens")
    REFERRER = "referrer", _("melder")
    SUSPECT = "suspect", _("verdachte")
    OTHERS = "others", _("naam")


class RevealReason(models.TextChoices):
    """Preset reasons for looking."""

    CONTACT = "contact", _("Contact opnemen")
    MATCH = "match", _("Nagaan of wij deze persoon kennen")
    MEETING = "meeting", _("Overleg over deze zaak")
    DANGER = "danger", _("Er is gevaar")
    OTHER = "other", _("Andere reden")


def _under(request: HttpRequest) -> str:
    """Return a mark of the unlocked keys: a new unlocking starts with everything masked."""
    return hashlib.sha256(request.COOKIES.get(COOKIE, "").encode()).hexdigest()


def is_revealed(request: HttpRequest, kind: str, obj) -> bool:
    """Tell whether this viewer sees `kind` of `obj` now."""
    unlocked = request.keyring is not None and request.session.get(UNDER) == _under(request)
    return unlocked and kind in request.session.get(f"revealed:{obj.pk}", [])


@transaction.atomic
def reveal(request: HttpRequest, kind: str, obj, *, reason: str, words: str = "") -> None:
    """Show `kind` of `obj` to this viewer from now on, and write it in the reading log in the same transaction.

    `words` are a reason of one's own: sealed beside the object, under a key that this viewer holds.
    """
    if words:
        say_why(obj, by=request.user, keyring=request.keyring, words=words)
    if request.session.get(UNDER) != _under(request):
        for key, _kinds in list(request.session.items()):
            if key.startswith("revealed:"):
                del request.session[key]
        request.session[UNDER] = _under(request)
    shown = request.session.get(f"revealed:{obj.pk}", [])
    request.session[f"revealed:{obj.pk}"] = sorted({*shown, kind})
    request.session.save()
    record("reveal", by=request.user, obj=obj, purpose=f"{kind}:{reason}")


def hide(request: HttpRequest, kind: str, obj) -> None:
    """Mask `kind` of `obj` again for this viewer."""
    shown = request.session.get(f"revealed:{obj.pk}", [])
    request.session[f"revealed:{obj.pk}"] = [one for one in shown if one != kind]
