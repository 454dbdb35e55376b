"""How what an administrator types will look to those who read it, before it is kept. Nothing is written here."""

import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt import clocks
from meldpunt.teams.models import Municipality, Team
from signals.desk import kept
from signals.forms.sheets import GROUPS
from signals.models import Case, Signal
from signals.vocabulary import ReferrerRole
from signals.workflow import CaseState, SignalState

AFTERNOON = datetime.time(16)
SENTENCES = {
    "triage": gettext_lazy("Een melding van vandaag 16.00 uur moet uiterlijk %(when)s beoordeeld zijn."),
    "deliver": gettext_lazy("Een zaak die vandaag om 16.00 uur op weg gaat, moet uiterlijk %(when)s zijn afgeleverd."),
    "open": gettext_lazy("Een zaak die vandaag om 16.00 uur aankomt, moet uiterlijk %(when)s zijn geopend."),
    "accept": gettext_lazy("Een zaak die vandaag om 16.00 uur aankomt, moet uiterlijk %(when)s zijn aangenomen."),
    "answer": gettext_lazy("Een vraag van vandaag 16.00 uur aan de melder wacht uiterlijk tot %(when)s op antwoord."),
    "receipt": gettext_lazy("Gaat een zaak vandaag om 16.00 uur naar buiten? Dan moet de ontvanger zich uiterlijk %(when)s melden."),
    "first": gettext_lazy("Sluit een zaak vandaag? Dan vraagt het netwerk voor het eerst hoe het gaat op %(when)s."),
    "second": gettext_lazy("Het tweede moment van de nazorg is dan op %(when)s."),
    "third": gettext_lazy("Het derde moment is dan op %(when)s. Daarna is de nazorg klaar."),
}


def preview(kind: kept.Rows | kept.Sheet, values: dict) -> dict:
    """Return what the preview of a kind shows of `values` (of a valid form, or of what is kept)."""
    return {
        "sign": of_sign,
        "helpline": of_pair,
        "text": of_pair,
        "clocks": of_clocks,
        "coverage": of_coverage,
    }[kind.name](values)


def of_sign(values: dict) -> dict:
    """For each kind of referrer the tick box in both languages, or nothing where they do not see it."""
    rows = []
    for role in ReferrerRole:
        for_self = "self" if role == ReferrerRole.SELF else "ask"
        seen = role in values["audience"]
        words = (values[f"{for_self}_nl"], values[f"{for_self}_en"]) if seen else ("", "")
        rows.append({"who": role.label, "nl": words[0], "en": words[1], "seen": seen})
    return {"rows": rows}


def of_pair(values: dict) -> dict:
    """The same thing in Dutch and in English, side by side."""
    return {"values": values}


def of_clocks(values: dict) -> dict:
    """A sentence for each leg at each urgency: what it means for something of this afternoon."""
    start = datetime.datetime.combine(timezone.localdate(), AFTERNOON, clocks.AMSTERDAM)
    found: dict[str, list[str]] = {}
    for (urgency, leg), term in kept.CLOCKS.form.terms_of(values).items():
        when = date_format(timezone.localtime(clocks.due(start, term)), "l j F H.i")
        found.setdefault(str(GROUPS[urgency]), []).append(SENTENCES[leg] % {"when": _("%(when)s uur") % {"when": when}})
    return {"urgencies": found}


def of_coverage(values: dict) -> dict:
    """For each municipality that changes: from which network to which, and how many it concerns that wait at the desk.

    Counts only, of what has no network yet: an administrator sees no report.
    """
    now = kept.COVERAGE.form.now()
    changed = {code: team for code, team in values.items() if (team and getattr(team, "pk", team)) != now.get(code)}
    names = dict(Municipality.objects.filter(pk__in=changed).values_list("pk", "name"))
    teams = {team.pk: team.name for team in Team.objects.all()}
    waiting = (SignalState.RECEIVED, SignalState.IN_TRIAGE, SignalState.ASKED)
    signals = _count(Signal.objects.filter(state__in=waiting, municipality__in=changed))
    cases = _count(Case.objects.filter(state=CaseState.ASSESSED, municipality__in=changed))
    rows = [
        {
            "name": names.get(code, code),
            "old": teams.get(now.get(code), "–"),
            "new": getattr(team, "name", "–"),
            "signals": signals.get(code, 0),
            "cases": cases.get(code, 0),
        }
        for code, team in changed.items()
    ]
    return {"rows": sorted(rows, key=lambda row: row["name"])}


def _count(rows) -> dict[str, int]:
    return dict(rows.order_by().values_list("municipality_id").annotate(n=Count("pk")))
