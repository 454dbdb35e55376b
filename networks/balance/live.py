"""Live figures to steer by: what comes in, where it is, how long each leg takes. For the desk, or for one network."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.teams.models import Municipality
from networks.balance.counting import AROUND, LEGS, Period, count, percentile
from networks.balance.figures import REPORT_TABLES, TITLES, handled, label_of
from networks.models import OutcomeRow
from signals.models import Assignment, Case, Signal
from signals.models.assignment import Part
from signals.querysets import signals_kept_from
from signals.vocabulary import Outcome
from signals.workflow import OPEN_ASSIGNMENT, CaseState

WEEKS = 12
ABOUT = ("form", "age_band", "gender")
LEG_NAMES = {
    "triage": gettext_lazy("Van melding tot besluit"),
    "routing": gettext_lazy("Van besluit tot versturen"),
    "accepting": gettext_lazy("Van bezorgen tot aannemen"),
    "closing": gettext_lazy("Van melding tot uitkomst"),
}
AROUND_NAMES = {
    "peers_checked": gettext_lazy("leeftijdgenoten nagevraagd"),
    "measures": gettext_lazy("maatregelen voor leeftijdgenoten"),
    "peers_became_victims": gettext_lazy("leeftijdgenoten met een eigen melding"),
}


@dataclass(frozen=True)
class Live:
    """Figures of one scope over a period; rows are (name, number), legs (name, median, p90) in hours."""

    tiles: list[tuple[str, int | str]]
    weeks: list[tuple[datetime.date, int]]
    tables: list[tuple[str, list[tuple[str, int]]]]
    legs: list[tuple[str, int, int]]


def of_desk(user, period: Period) -> Live:
    """Return the figures of all signals and cases that the desk sees."""
    signals = _in(Signal.objects.visible_to(user), "filed_at", period)
    cases = _in(Case.objects.for_desk(user), "opened_at", period)
    tables = [(TITLES[name], _by(signals, name, lambda value, name=name: label_of(name, value))) for name in REPORT_TABLES]
    return _live(signals, cases, tables, period, network="", unseen=_unseen(user))


def of_network(user, network, period: Period) -> Live:
    """Return the figures of the cases that `network` has held; a lead sees nothing of other networks."""
    held = Case.objects.visible_to(user).filter(assignments__team=network).values("pk")
    cases = _in(Case.objects.filter(pk__in=held), "opened_at", period)
    return _live(None, cases, [], period, network=network.slug, unseen=_unseen(user))


def _unseen(user) -> list:
    """The anonymous rows of the reports that `user` is kept out of: figures that move would tell of them."""
    kept = Signal.objects.filter(pk__in=signals_kept_from(user)).exclude(counted_as=None)
    return list(kept.order_by().values_list("counted_as", flat=True))


def _live(signals: QuerySet | None, cases: QuerySet, tables: list, period: Period, *, network: str, unseen: list) -> Live:
    ended = count(period, network=network, unseen=unseen)
    names = dict(Municipality.objects.values_list("code", "name"))
    unknown = _("niet bekend")
    tables = [
        *tables,
        (_("Gebied"), _by(cases, "municipality__area", lambda area: area or unknown)),
        (_("Netwerk dat nu de leiding heeft"), _by_network(cases)),
        (_("Gemeente"), _by(cases, "municipality_id", lambda code: names.get(code, unknown))),
        *((TITLES[name], _by(cases, name, lambda value, name=name: label_of(name, value))) for name in ABOUT),
        (_("Waar zaken nu zijn"), _by(cases, "state", lambda state: CaseState(state).label)),
    ]
    return Live(_tiles(signals, cases, ended, period, network, unseen), _weeks(signals), tables, _legs(ended))


def _in(rows: QuerySet, moment: str, period: Period) -> QuerySet:
    return rows.filter(**{f"{moment}__date__range": (period.begins_on, period.ends_on)}).order_by()


def _by(rows: QuerySet, column: str, label) -> list[tuple[str, int]]:
    counted = rows.values_list(column).annotate(n=Count("pk")).order_by("-n", column)
    return [(str(label(value)), number) for value, number in counted]


def _by_network(cases: QuerySet) -> list[tuple[str, int]]:
    """Cases by the network that leads them now; one without is at the desk."""
    leading = Assignment.objects.filter(case__in=cases.values("pk"), part=Part.LEAD, state__in=(*OPEN_ASSIGNMENT, "ended"))
    return _by(leading.order_by(), "team__name", str)


def _weeks(signals: QuerySet | None) -> list[tuple[datetime.date, int]]:
    """Signals by week, the last twelve of the period, also the weeks without any."""
    if signals is None:
        return []
    counted = dict(signals.annotate(week=TruncWeek("filed_at")).values_list("week").annotate(n=Count("pk")))
    if not counted:
        return []
    counted = {week.date(): number for week, number in counted.items()}
    last = max(counted)
    return [
        (week, counted.get(week, 0))
        for week in (last - datetime.timedelta(weeks=back) for back in reversed(range(WEEKS)))
    ]


def _tiles(signals: QuerySet | None, cases: QuerySet, ended, period: Period, network: str, unseen: list) -> list[tuple[str, int | str]]:
    rows = OutcomeRow.objects.filter(collection="", first_of_case=True)
    rows = rows.filter(filed_on__range=(period.begins_on, period.ends_on), **({"network": network} if network else {}))
    rows = rows.exclude(pk__in=unseen)
    tiles = [] if signals is None else [(_("meldingen"), signals.count())]
    return [
        *tiles,
        (_("zaken"), cases.count()),
        (_("zaken in het netwerk afgehandeld, zonder jeugdzorg"), _percent(handled(ended.cases["ending"]))),
        (_("meldingen in het netwerk afgehandeld, zonder jeugdzorg"), _percent(handled(ended.reports["ending"]))),
        (_("keer teruggegeven"), sum(rows.values_list("times_returned", flat=True))),
        (_("opnieuw geopend"), rows.filter(times_reopened__gt=0).count()),
        (_("contact verloren"), ended.cases["ending"].get(Outcome.LOST_CONTACT.value, 0)),
        *((AROUND_NAMES[part], ended.added_up(part)) for part in AROUND),
    ]


def _percent(share: dict) -> str:
    return f"{round(share['share'] * 100)}%" if share["of"] else "–"


def _legs(ended) -> list[tuple[str, int, int]]:
    found = [(LEG_NAMES[leg], ended.hours[leg]) for leg in LEGS]
    return [(name, percentile(hours, 0.5), percentile(hours, 0.9)) for name, hours in found if hours]


def last_year() -> Period:
    """Return the twelve months until today."""
    today = timezone.localdate()
    return Period((today - datetime.timedelta(days=365)).replace(day=1), today)
