"""The questions of a filing: about oneself and one's contact. The signs and the person are in `filing_about`.

Each form takes `who` (self, parent, school, care, other) and asks accordingly. Nothing is chosen beforehand.
Wording: reference/ux.md §5.
"""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.web.forms import BaseForm
from signals.vocabulary import Danger, Knows, NumberShown

PROFESSIONAL = ("school", "care")
SHORT, LONG = 200, 1000


def line(label: str, hint: str = "", limit: int = SHORT, **more) -> forms.CharField:
    """A field of one line that nobody has to fill in."""
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=False, **more)


def text(label: str, hint: str = "", limit: int = LONG, rows: int = 3) -> forms.CharField:
    """A field of more lines that nobody has to fill in."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(label: str, choices, hint: str = "", error: str = "", required: bool = False) -> forms.ChoiceField:
    """Radios with nothing chosen."""
    messages = {"required": error, "invalid_choice": error} if error else None
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=required,
        widget=forms.RadioSelect,
        error_messages=messages,
    )


def phone_field(label: str, hint: str = "") -> forms.CharField:
    """A telephone number as people type it."""
    return line(label, hint, 40, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))


class StepForm(BaseForm):
    """One step. `sections` says how its fields stand on the page: (title, hint, fields, folded)."""

    heading = ""
    lead = ""
    layout: tuple = ()

    def __init__(self, *args, who: str, hurry: bool = False, **kwargs) -> None:
        """Args: `who` files; `hurry`: what is still open is skipped ("Verstuur nu wat ik heb")."""
        self.who, self.hurry = who, hurry
        self.for_oneself = who == "self"
        self.declare()
        super().__init__(*args, **kwargs)
        if hurry:
            for field in self.fields.values():
                field.required = False

    def declare(self) -> None:
        """Set what depends on the kind of referrer; the fields are added by `add`."""
        self.base_fields = dict(self.base_fields)

    def add(self, **fields: forms.Field) -> None:
        """Add fields, in this order."""
        self.base_fields.update(fields)

    @property
    def sections(self) -> list[dict]:
        """The fields as they stand on the page; a folded section opens where it holds something.

        The section of the fields `only_if_yes` disappears while the answer above it is no (`if_yes`).
        """
        placed = self.layout or ((None, "", tuple(self.fields), False),)
        found = []
        for title, hint, names, folded in placed:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                filled = any(field.errors or field.value() for field in fields)
                found.append(
                    {
                        "title": title,
                        "hint": hint,
                        "fields": fields,
                        "folded": folded,
                        "open": filled,
                        "if_yes": names == self.only_if_yes,
                    }
                )
        return found

    only_if_yes: tuple[str, ...] = ()


class AboutYou(StepForm):
    """Step 1, not for oneself: in what role, and for professionals where they work."""

    def declare(self) -> None:
        super().declare()
        self.heading = _("Over jou")
        if self.who == "care":
            roles = [
                ("care", _("In de zorg of het jeugdwerk")),
                ("police_municipality", _("Bij de politie of een gemeente")),
            ]
            self.add(role=choice(_("Waar werk je?"), roles, error=_("Kies waar je werkt."), required=True))
        if self.who == "other":
            roles = [
                ("friend", _("Ik ben een vriend of vriendin")),
                ("neighbour", _("Ik ben een buur")),
                ("other", _("Ik ben iemand anders")),
            ]
            self.add(
                role=choice(
                    _("Hoe ken je die persoon?"),
                    roles,
                    error=_("Kies hoe je die persoon kent."),
                    required=True,
                )
            )
        if self.who in PROFESSIONAL:
            self._professional()
        else:
            self.add(name=line(_("Hoe heet je?"), _("Een voornaam mag ook. Je naam hoeft niet."), 120))

    def _professional(self) -> None:
        self.lead = _("Deze melding komt niet in plaats van de meldcode of een melding bij Veilig Thuis.")
        places = _("Naam van de school") if self.who == "school" else _("Naam van de organisatie")
        steps = [(str(n), label) for n, label in enumerate(self.meldcode_steps())]
        self.add(
            name=line(_("Hoe heet je?"), "", 120),
            organisation=line(places),
            function=line(_("Wat is je functie?"), _("Bijvoorbeeld mentor of wijkagent"), 120),
            meldcode_step=choice(_("Bij welke stap van de meldcode ben je?"), steps),
        )

    @staticmethod
    def meldcode_steps() -> list[str]:
        """The steps of the meldcode huiselijk geweld en kindermishandeling (five since 2013), and none."""
        return [
            _("Ik ben er nog niet mee begonnen"),
            _("Stap 1: signalen in kaart"),
            _("Stap 2: overleg met een collega of Veilig Thuis"),
            _("Stap 3: gesprek met die persoon"),
            _("Stap 4: wegen"),
            _("Stap 5: beslissen"),
        ]


class DangerForm(StepForm):
    """Is there danger now?"""

    def declare(self) -> None:
        super().declare()
        self.heading = _("Is er nu gevaar?")
        hint = _("Bij gevaar: bel 112. Wij lezen je melding niet meteen.")
        self.add(
            danger=choice(self.heading, Danger.choices, hint, _("Kies of er nu gevaar is."), required=True)
        )
        self.base_fields["danger"].as_heading = True


class ContactForm(StepForm):
    """Safe contact as a contract: may we, how, when, with our number in sight or not, what we may say, never what."""

    only_if_yes = ("how", "phone", "email", "when", "number_shown", "say", "code_word", "never")

    def declare(self) -> None:
        super().declare()
        self.heading = _("Contact") if self.for_oneself else _("Contact met jou")
        yes_no = [("yes", _("Ja")), ("no", _("Nee, ik wil anoniem blijven"))]
        hint = _("Zonder contact kunnen we je niets terugvragen. Met je code lees je wel wat we schrijven.")
        self.add(
            allowed=choice(
                _("Mogen we contact met je opnemen?"),
                yes_no,
                hint,
                _("Kies of we contact mogen opnemen."),
                required=True,
            ),
            **self._ways(),
            **self._agreements(),
            must_not_know=line(
                _("Wie mag dit niet weten?"), _("Bijvoorbeeld je vader, of iemand van school")
            ),
            works_here=line(
                _("Werkt iemand die erbij betrokken is bij de gemeente, politie, school of hulp?"),
                _("Schrijf de naam op. Wij houden die persoon erbuiten."),
            ),
        )
        if not self.for_oneself:
            self._does_the_person_know()
        self.layout = (
            (None, "", ("allowed",), False),
            (None, "", self.only_if_yes, False),
            (None, "", ("must_not_know", "works_here", "person_knows"), False),
        )

    @staticmethod
    def _ways() -> dict[str, forms.Field]:
        ways = [
            ("phone", _("Bellen")),
            ("text", _("Appen of sms")),
            ("email", _("Mailen")),
            ("code", _("Alleen hier met mijn code")),
        ]
        fields = {
            "how": choice(_("Hoe is het veilig?"), ways, _("Denk aan wie je telefoon kan zien.")),
            "phone": phone_field(_("Wat is je telefoonnummer?"), _("Alleen om je te bereiken over deze melding.")),
            "email": forms.EmailField(
                label=_("Wat is je e-mailadres?"),
                help_text=_("Kan iemand anders in je mail? Kies dan een andere manier."),
                max_length=254,
                required=False,
            ),
        }
        # Needed as soon as they are asked for: "(niet verplicht)" would not be true.
        for field in fields.values():
            field.silent = True
        return fields

    @staticmethod
    def _agreements() -> dict[str, forms.Field]:
        return {
            "when": line(_("Wanneer kan het?"), _("Bijvoorbeeld op schooldagen na 3 uur")),
            "number_shown": choice(
                _("Mag ons nummer in je telefoon staan?"),
                NumberShown.choices,
                _("Een oproep blijft in je lijst staan."),
            ),
            "say": line(
                _("Wat mogen we zeggen als iemand anders opneemt?"), _("Bijvoorbeeld: ‘Ik bel van de tandarts’")
            ),
            "code_word": line(
                _("Wil je een codewoord afspreken?"), _("Wij zeggen het eerst. Dan weet je dat wij het zijn."), 60
            ),
            "never": line(
                _("Wat mogen we nooit doen?"), _("Bijvoorbeeld naar huis bellen, of met je vader praten")
            ),
        }

    def _does_the_person_know(self) -> None:
        parent = self.who == "parent"
        label = _("Weet je kind dat je dit meldt?") if parent else _("Weet die persoon dat je dit meldt?")
        error = _("Kies of je kind het weet.") if parent else _("Kies of die persoon het weet.")
        self.add(person_knows=choice(label, Knows.choices, _("Het is oké als dat niet zo is."), error))

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if phone and not 8 <= len(re.sub(r"\D", "", phone)) <= 15:
            raise forms.ValidationError(self.say_phone)
        return phone

    say_phone = gettext_lazy("Vul een telefoonnummer in, bijvoorbeeld 06 12 34 56 78.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("allowed") == "no":
            # Who wants to stay anonymous leaves no number behind that was typed before the choice.
            return cleaned | dict.fromkeys(self.only_if_yes, "")
        how = cleaned.get("how")
        if cleaned.get("allowed") != "yes" or self.hurry:
            return cleaned
        if not how and "how" not in self.errors:
            self.add_error("how", _("Kies hoe we je veilig bereiken."))
        if how in ("phone", "text") and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", self.say_phone)
        if how == "email" and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."))
        return cleaned
