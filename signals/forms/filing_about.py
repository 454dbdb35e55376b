"""The questions of a filing about what is seen, who it is about, and where."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext as _

from signals.filing import steps
from signals.forms.filing import PROFESSIONAL, StepForm, choice, line, phone_field, text
from signals.models import Indicator
from signals.vocabulary import AgeBand, Gender, Pressed, When

WORDS = 4000
PEERS = 4
ALWAYS_OPEN = 3
OWN_WORDS = ("words", "seen", "heard", "suspected")
# A sign that says "I do not want to live any more": help shows at once, next to it.
HELP_SIGNS = ("DW06",)


def indicators_for(who: str, role: str = "", *, all_of_them: bool = False) -> list[Indicator]:
    """Return the signs that a kind of referrer can know; all that have wording for others where asked."""
    rows = Indicator.objects.filter(retired_at=None)
    if who == "self":
        rows = rows.exclude(self_nl="")
    elif not all_of_them:
        rows = rows.filter(audience__contains=[role or who])
    place = {topic: n for n, topic in enumerate(steps.topics(who))}
    return sorted(rows, key=lambda row: (place.get(row.topic, len(place)), row.step, row.code))


class SignsForm(StepForm):
    """What is seen or heard: ticks by topic, and own words. `indicators` are the rows to show."""

    def __init__(self, *args, indicators: list[Indicator], **kwargs) -> None:
        self.indicators = indicators
        super().__init__(*args, **kwargs)

    def declare(self) -> None:
        super().declare()
        if self.for_oneself:
            self.heading, self.lead = (
                _("Wat gebeurt er?"),
                _("Kies alles wat past. Je hoeft niets uit te leggen."),
            )
        else:
            self.heading = _("Wat heb je gezien of gehoord?")
            self.lead = _("Kies alles wat past. Je hoeft het niet zeker te weten.")
        self.add(
            signs=forms.MultipleChoiceField(
                label=self.heading,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=self._choices(),
            ),
            none=forms.BooleanField(label=_("Geen van deze"), required=False),
        )
        self.base_fields["none"].silent = True
        self.base_fields["signs"].silent = True
        self._words()

    def _choices(self) -> list:
        titles = steps.TOPICS_FOR_ONESELF if self.for_oneself else steps.TOPICS
        return [
            (str(titles.get(topic, topic)), [(row.code, row.ask(self.who)) for row in rows])
            for topic, rows in groupby(self.indicators, key=lambda row: row.topic)
        ]

    def _words(self) -> None:
        if self.for_oneself:
            self.add(words=text(_("Wil je iets vertellen?"), _("Eén zin is genoeg."), WORDS, 6))
            return
        hint = _("Eén zin is genoeg. Gebruik je eigen woorden.")
        self.add(words=text(_("Beschrijf wat je zag of hoorde"), hint, WORDS, 7))
        if self.who in PROFESSIONAL:
            self.add(
                seen=text(_("Wat heb je zelf gezien?"), "", WORDS),
                heard=text(_("Wat heb je van iemand gehoord?"), _("Van wie, en in welke woorden?"), WORDS),
                suspected=text(_("Wat vermoed je?"), "", WORDS),
            )
            for name in OWN_WORDS[1:]:
                self.base_fields[name].silent = True

    @property
    def topics(self) -> list[dict]:
        """Each topic with its options; what is ticked or comes first stands open."""
        chosen = set(self["signs"].value() or [])
        widget = self.fields["signs"].widget
        attrs = widget.build_attrs(widget.attrs, {"id": self["signs"].auto_id})
        groups = widget.optgroups(self["signs"].html_name, widget.format_value(list(chosen)), attrs)
        for option in (option for _title, options, _index in groups for option in options):
            option["help"] = option["value"] in HELP_SIGNS
        return [
            {"title": title, "options": options, "open": bool(chosen & {o["value"] for o in options})}
            for title, options, _index in groups
        ]

    @property
    def first_topics(self) -> list[dict]:
        """The topics that stand open for everybody."""
        return self.topics if self.for_oneself else self.topics[:ALWAYS_OPEN]

    @property
    def more_topics(self) -> list[dict]:
        """The topics that are folded."""
        return [] if self.for_oneself else self.topics[ALWAYS_OPEN:]

    @property
    def boxes(self) -> list:
        """The fields for own words."""
        return [self[name] for name in OWN_WORDS if name in self.fields]

    @property
    def apart(self) -> list:
        """For professionals: seen, heard and suspected, each in a box of its own."""
        return self.boxes[1:]

    @property
    def apart_open(self) -> bool:
        """Whether the boxes of `apart` hold something."""
        return any(field.errors or field.value() for field in self.apart)

    def clean(self) -> dict:
        cleaned = super().clean()
        written = any(
            (cleaned.get(name) or "").strip() or name in self.errors
            for name in OWN_WORDS
        )
        if cleaned.get("none") and cleaned.get("signs"):
            self.add_error(
                "none", _("Je koos ook ‘Geen van deze’. Haal dat vinkje weg, of haal de andere vinkjes weg.")
            )
        elif cleaned.get("none") and not written:
            self.add_error("words", _("Schrijf in een paar woorden wat er is."))
        elif not cleaned.get("signs") and not written and "signs" not in self.errors:
            self.add_error("signs", self._nothing())
        return cleaned

    def _nothing(self) -> str:
        if self.for_oneself:
            return _("Kies wat er gebeurt, of schrijf het hieronder in een paar woorden.")
        return _("Kies wat je hebt gezien, of schrijf het hieronder op.")


class PersonForm(StepForm):
    """Who it is about, who does this, and who else may be in danger. For oneself: shorter, with the place."""

    def declare(self) -> None:
        super().declare()
        self._for_oneself() if self.for_oneself else self._for_another()

    def _for_oneself(self) -> None:
        self.heading, self.lead = (
            _("Over jou"),
            _("Alleen je leeftijd vragen we echt. De rest mag je overslaan."),
        )
        place = line(_("Waar woon of slaap je?"), _("Een dorp, stad of postcode. Je adres hoeft niet."))
        self.add(
            age_band=self._age(_("Hoe oud ben je?")),
            place=place,
            name=line(_("Hoe mogen we je noemen?"), _("Een bijnaam mag ook."), 120),
            gender=choice(_("Wat past bij jou?"), self._genders()),
            language=line(_("Welke taal praat je het liefst?")),
            interpreter=choice(_("Wil je een tolk?"), self._yes_no()),
            pressed=choice(
                _("Is er iemand die dingen van je wil die jij niet wilt?"),
                Pressed.choices,
                _("Jij hebt niets fout gedaan."),
            ),
        )
        self.add(happens=line(_("Waar gebeurt het?"), _("Bijvoorbeeld een straat, school, hotel of app"), 400))
        self._suspect(_("Wie doet dit, en waar?"))
        more = ("name", "gender", "language", "interpreter")
        for name in (*more, "pressed", "happens"):
            self.base_fields[name].silent = True
        title, hint, fields, folded = self._suspect_section
        self.layout = (
            (None, "", ("age_band", "place"), False),
            (_("Wil je meer over jezelf zeggen?"), "", more, True),
            (title, hint, ("pressed", *fields, "happens"), folded),
        )

    def _for_another(self) -> None:
        self.heading = _("Over wie gaat het?")
        self.lead = _("Vul in wat je weet. Je hoeft niets uit te zoeken.")
        self.add(
            age_band=self._age(_("Hoe oud is die persoon ongeveer?")),
            name=line(_("Hoe heet die persoon?"), _("Een voornaam of bijnaam mag ook."), 120),
            gender=choice(_("Wat past bij die persoon?"), self._genders()),
            language=line(_("Welke taal spreekt die persoon?"), _("Bijvoorbeeld Pools. Meer dan één mag.")),
            interpreter=choice(_("Is er een tolk nodig?"), self._yes_no()),
            school=line(_("Op welke school zit die persoon?")),
            reach=line(
                _("Hoe is die persoon te bereiken?"), _("Bijvoorbeeld een telefoonnummer of een account")
            ),
        )
        self._suspect(_("Wie maakt misbruik van die persoon?"))
        for n in range(1, PEERS + 1):
            self.add(
                **{
                    f"peer_{n}_relation": line(_("Persoon %(n)s: wie is dat?") % {"n": n}, limit=80),
                    f"peer_{n}_name": line(_("Persoon %(n)s: naam of bijnaam") % {"n": n}, limit=80),
                }
            )
        peers = tuple(f"peer_{n}_{part}" for n in range(1, PEERS + 1) for part in ("relation", "name"))
        for name in peers:
            self.base_fields[name].silent = True
        hint = _("Bijvoorbeeld een vriendin, een klasgenoot of een zusje.")
        self.layout = (
            (None, "", ("age_band", "name", "gender", "language", "interpreter", "school", "reach"), False),
            self._suspect_section,
            (_("Is er nog iemand in gevaar?"), hint, peers, True),
        )

    def _suspect(self, title: str) -> None:
        fields = {
            "suspect_name": line(_("Naam"), limit=120),
            "suspect_nickname": line(_("Bijnaam"), limit=120),
            "suspect_phone": phone_field(_("Telefoonnummer")),
            "suspect_handle": line(_("Naam van het account"), limit=120),
            "suspect_plate": line(_("Kenteken van een auto"), limit=20),
            "suspect_other": text(_("Iets anders, zoals een adres")),
        }
        for field in fields.values():
            field.silent = True
        self.add(**fields)
        self._suspect_section = (
            title,
            _("Alleen wat je al weet. Ga niet zelf op onderzoek."),
            tuple(fields),
            True,
        )

    @staticmethod
    def _age(label: str) -> forms.ChoiceField:
        return choice(label, AgeBand.choices, "", _("Kies een leeftijd of ‘Weet ik niet’."), required=True)

    @staticmethod
    def _genders() -> list:
        return list(Gender.choices)

    @staticmethod
    def _yes_no() -> list:
        return [("yes", _("Ja")), ("no", _("Nee")), ("unknown", _("Weet ik niet"))]


class PlaceForm(StepForm):
    """Where the person lives or sleeps, where it happens, and when."""

    def declare(self) -> None:
        super().declare()
        self.heading = _("Waar en wanneer?")
        self.add(
            place=line(
                _("Waar woont of slaapt die persoon?"),
                _("Een dorp, stad of postcode. Weet je het niet? Sla het over."),
            ),
            happens=line(_("Waar gebeurt het?"), _("Bijvoorbeeld een straat, school, hotel of app"), 400),
            when_choice=choice(_("Wanneer was het?"), When.choices),
            when_words=line(_("Weet je meer over wanneer?"), _("Bijvoorbeeld een dag of een tijd")),
        )
