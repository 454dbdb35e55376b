"""Drafts of staff: what somebody typed and has not sent, sealed to that person alone, for each thing and form."""

import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldpunt.vault import own
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.trust import NotTrusted
from signals.models import StaffDraft

LONGEST = 20_000
MOST_FIELDS = 40
# The forms of the desk about a signal or case that wait for who types them, each with what a person calls it; a draft
# of anything else is not made.
FORMS = {
    "decide": _("Besluit"),
    "place": _("Gemeente"),
    "form": _("Vorm"),
    "urgency": _("Hoe dringend"),
    "reopen": _("Heropenen"),
    "over": _("Overnemen"),
    "note": _("Notitie"),
    "join": _("Bij een zaak voegen"),
    "separate": _("Losmaken uit de zaak"),
    "message": _("Bericht aan de melder"),
    "settle": _("Verzoek van de melder"),
    "recall": _("Terughalen"),
    "right": _("Verzoek over de eigen gegevens"),
    "answer": _("Antwoord op een verzoek"),
    "consent": _("Toestemming"),
    "answered": _("Antwoord op een vraag om toestemming"),
    "dispatch": _("Overdracht naar buiten"),
    "receipt": _("Ontvangst van een overdracht"),
    "hand_over": _("Overdragen"),
    "route": _("Naar een netwerk sturen"),
    "shield": _("Wie dit niet mag zien"),
    "let_in": _("Weer toelaten"),
    "hold": _("Bestand niet openen"),
    "release": _("Bestand weer open"),
    "reveal": _("Reden om iets te tonen"),
}
NEVER_KEPT = ("csrfmiddlewaretoken", "version", "confirmed", "change", "next")


def worth_keeping(prefix: str, typed) -> dict[str, str | list[str]]:
    """Return the fields of a form (QueryDict) without its prefix: what a draft holds. Empty where nothing was typed.

    Several ticks of one field are a list.
    """
    start = f"{prefix}-"
    named = {name.removeprefix(start): values for name, values in typed.lists() if name.startswith(start)}
    kept = {name: _short(values) for name, values in named.items() if name not in NEVER_KEPT and any(map(str.strip, values))}
    return dict(list(kept.items())[:MOST_FIELDS])


def _short(values: list[str]) -> str | list[str]:
    short = [value[:LONGEST] for value in values[:MOST_FIELDS]]
    return short if len(short) > 1 else short[0]


@transaction.atomic
def keep(thing, prefix: str, fields: dict[str, str | list[str]], *, by) -> bool:
    """Keep what `by` typed in the form `prefix` about `thing` (a signal or case that `by` may see); needs no open key.

    Nothing typed: the draft goes. Returns whether something is kept; without a signed key nothing is.
    """
    if not fields:
        forget(thing, prefix, by=by)
        return False
    row = StaffDraft(user=by, object_kind=thing._meta.model_name, object_id=thing.pk, form=prefix)
    try:
        sealed = own.seal_to(by, json.dumps(fields, ensure_ascii=False).encode(), row.context)
    except NotTrusted:
        return False
    about = {"object_kind": row.object_kind}
    StaffDraft.objects.update_or_create(
        user=by, object_id=thing.pk, form=prefix, defaults=about | {"fields": sealed}
    )
    return True


def forget(thing, *prefixes: str, by) -> None:
    """Drop what `by` had typed about `thing` in these forms: it was sent, or is not wanted."""
    StaffDraft.objects.filter(user=by, object_id=thing.pk, form__in=prefixes).delete()


def kept_of(keyring, thing) -> dict[str, StaffDraft]:
    """Return {form: draft} of the keyring's owner about `thing`, each with its `typed` fields and the `label` of the form;
    for that person's eyes.

    What does not open any more (a new key was made) is left out. Raises Locked.
    """
    found = {}
    for row in StaffDraft.objects.filter(user=keyring.user, object_id=thing.pk):
        try:
            row.typed = json.loads(own.open_own(keyring, row.fields, row.context))
        except CannotOpen:
            continue
        row.label = FORMS.get(row.form, "")
        found[row.form] = row
    return found
