"""Load what the product knows beforehand: teams, municipalities, places, signs, terms, helplines, standard texts.

Running it again adds only what is missing. With `--renew` what is delivered newly also takes the place of what was
delivered before; what an administrator has changed stays, always.
"""

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import models, transaction

from meldpunt.clocks import TERMS
from meldpunt.teams.agreement_defaults import load_defaults
from meldpunt.teams.models import Coverage, Municipality, Team, TeamKind
from signals.actions.reference import ADMINISTRATOR
from signals.models import (
    ClockTerm,
    Helpline,
    Indicator,
    OutsidePlace,
    Place,
    Postcode,
    ReferenceChange,
    StandardText,
)

DATA = Path(__file__).resolve().parents[2] / "data"
DESK = ("meldpunt", "Meldpunt Overijssel")
PROVINCE = ("provincie", "Provincie Overijssel")
# Numbers to be checked by an administrator before going live: no row has a day of checking yet.
HELPLINES = (
    ("112", "112", "Er is nu gevaar", "There is danger now"),
    ("Veilig Thuis", "0800 2000", "Dag en nacht, gratis", "Day and night, free"),
    ("Kindertelefoon", "0800 0432", "Voor wie jonger is dan 18", "For everybody under 18"),
    ("113 Zelfmoordpreventie", "113", "Als je niet meer wilt leven", "If you do not want to live any more"),
    (
        "Centrum Seksueel Geweld",
        "0800 0188",
        "Na seksueel geweld, dag en nacht",
        "After sexual violence, day and night",
    ),
    (
        "Helpwanted",
        "020 261 5275",
        "Bij naaktbeelden of chantage online",
        "For nude images or blackmail online",
    ),
    ("Politie", "0900 8844", "Als er geen haast is", "When there is no hurry"),
    ("Meld Misdaad Anoniem", "0800 7000", "Zonder je naam te noemen", "Without giving your name"),
    ("Arbeidsinspectie", "0800 5151", "Bij misbruik op het werk", "For abuse at work"),
    (
        "CoMensha",
        "033 448 1186",
        "Vragen over mensenhandel, op werkdagen",
        "Questions about trafficking, on working days",
    ),
)


def rows_of(name: str) -> list[dict]:
    """Return the rows of a CSV file of `signals/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Command(BaseCommand):
    help = "Load teams, municipalities, places, signs, terms, helplines and texts; adds what is missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--renew", action="store_true", help="also renew what no administrator has changed"
        )

    @transaction.atomic
    def handle(self, *args, renew: bool, **options):
        self.renew = renew
        municipalities = rows_of("municipalities.csv")
        self.teams(municipalities)
        self.stdout.write(f"agreement: {load_defaults()} new")
        self.municipalities(municipalities)
        self.places()
        self.indicators()
        self.terms()

    def put(self, model: type[models.Model], objects: list, unique: tuple[str, ...]) -> None:
        """Insert what is missing, in one statement; with --renew also overwrite what no administrator has changed."""
        before = model.objects.count()
        if self.renew:
            kept = self.kept(model, unique)
            objects = [o for o in objects if tuple(getattr(o, field) for field in kept[0]) not in kept[1]]
            fields = [
                f.name for f in model._meta.concrete_fields if f.name not in unique and not f.primary_key
            ]
            model.objects.bulk_create(
                objects, update_conflicts=True, unique_fields=unique, update_fields=fields
            )
        else:
            model.objects.bulk_create(objects, ignore_conflicts=True)
        added = model.objects.count() - before
        self.stdout.write(f"{model._meta.verbose_name_plural}: {before + added} ({added} new)")

    def kept(self, model: type[models.Model], unique: tuple[str, ...]) -> tuple[list[str], set[tuple]]:
        """Return which rows an administrator has changed: the fields that name a row, and their values."""
        names = [model._meta.get_field(name).attname for name in unique]
        rows = model.objects.all()
        if model is Place:
            rows = rows.filter(models.Q(source=ADMINISTRATOR) | ~models.Q(removed_at=None))
        else:
            touched = ReferenceChange.objects.filter(kind=model._meta.model_name).values_list("object_id", flat=True)
            rows = rows if "all" in touched else rows.filter(pk__in=list(touched))
        return names, set(rows.values_list(*names))

    def teams(self, municipalities: list[dict]) -> None:
        networks = sorted({row["network"] for row in municipalities})
        desk_is_there = Team.objects.filter(kind=TeamKind.DESK).exists()
        teams = [] if desk_is_there else [Team(slug=DESK[0], name=DESK[1], kind=TeamKind.DESK)]
        teams += [Team(slug=name.lower(), name=name, kind=TeamKind.NETWORK) for name in networks]
        teams.append(Team(slug=PROVINCE[0], name=PROVINCE[1], kind=TeamKind.PROVINCE))
        there = set(Team.objects.values_list("slug", flat=True))
        Team.objects.bulk_create([team for team in teams if team.slug not in there])
        self.stdout.write(f"teams: {len(there | {team.slug for team in teams})}")

    def municipalities(self, rows: list[dict]) -> None:
        fields = ("code", "name", "region", "area", "tile_row", "tile_column")
        self.put(
            Municipality, [Municipality(**{name: row[name] for name in fields}) for row in rows], ("code",)
        )
        teams = {team.slug: team for team in Team.objects.filter(kind=TeamKind.NETWORK)}
        if ReferenceChange.objects.filter(kind="coverage").exists():
            return
        coverage = [Coverage(municipality_id=row["code"], team=teams[row["network"].lower()]) for row in rows]
        self.put(Coverage, coverage, ("municipality",))

    def places(self) -> None:
        places = {(r["name"], r["kind"], r["municipality_code"]): r for r in rows_of("places_overijssel.csv")}
        self.put(
            Place,
            [
                Place(
                    name=row["name"],
                    kind=row["kind"],
                    municipality_id=row["municipality_code"],
                    ambiguous_with=row["ambiguous_with"],
                    source=row["source"],
                    certain=row["certain"] == "yes",
                )
                for row in places.values()
            ],
            ("name", "kind", "municipality"),
        )
        postcodes = [
            Postcode(pc4=r["pc4"], place=r["place"], municipality_id=r["municipality_code"], kind=r["kind"])
            for r in rows_of("pc4_overijssel.csv")
        ]
        self.put(Postcode, postcodes, ("pc4",))
        outside = {row["name"]: row for row in rows_of("places_outside.csv")}
        self.put(
            OutsidePlace,
            [
                OutsidePlace(name=r["name"], where=r["where"], note=r["note"], certain=r["certain"] == "yes")
                for r in outside.values()
            ],
            ("name",),
        )

    def indicators(self) -> None:
        rows = json.loads((DATA / "indicators.json").read_text(encoding="utf-8"))
        self.put(Indicator, [Indicator(**row) for row in rows], ("code",))

    def terms(self) -> None:
        terms = [
            ClockTerm(urgency=urgency, leg=leg, amount=term.amount, unit=term.unit)
            for (urgency, leg), term in TERMS.items()
        ]
        self.put(ClockTerm, terms, ("urgency", "leg"))
        lines = [
            Helpline(name=name, number=number, for_whom_nl=nl, for_whom_en=en, position=position)
            for position, (name, number, nl, en) in enumerate(HELPLINES)
        ]
        self.put(Helpline, lines, ("name",))
        rows = json.loads((DATA / "standard_texts.json").read_text(encoding="utf-8"))
        texts = [StandardText(position=position, **row) for position, row in enumerate(rows)]
        self.put(StandardText, texts, ("code",))
