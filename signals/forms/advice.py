"""A question to the desk, without filing a report."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.forms.filing import StepForm, choice, line, phone_field, text
from signals.vocabulary import Danger

TOO_SHORT = gettext_lazy("Schrijf je vraag op. Eén zin is genoeg.")


class AdviceForm(StepForm):
    """Who asks, whether there is danger, the question, and a number for who would rather be called."""

    def declare(self) -> None:
        super().declare()
        kinds = [
            ("self", _("Ik vraag het voor mezelf")),
            ("parent", _("Ik ben ouder of familie")),
            ("school", _("Ik werk op een school")),
            ("care", _("Ik werk in zorg, jeugdwerk of bij politie")),
            ("other", _("Ik ben iemand anders")),
        ]
        question = text(_("Wat wil je vragen?"), _("Eén zin is genoeg. Een naam hoeft er niet bij."), 4000, 6)
        question.required = True
        question.error_messages["required"] = TOO_SHORT
        self.add(
            kind=choice(_("Wie ben jij?"), kinds, "", _("Kies wie je bent."), required=True),
            danger=choice(
                _("Is er nu gevaar?"),
                Danger.choices,
                _("Bij gevaar: bel 112. Wij lezen je vraag niet meteen."),
                _("Kies of er nu gevaar is."),
                required=True,
            ),
            question=question,
            phone=phone_field(_("Wat is je telefoonnummer?"), _("Denk aan wie je telefoon kan zien.")),
            when=line(_("Wanneer kunnen we bellen?"), _("Bijvoorbeeld op schooldagen na 3 uur")),
            say=line(
                _("Wat mogen we zeggen als iemand anders opneemt?"),
                _("Bijvoorbeeld: ‘Ik bel van de tandarts’"),
            ),
        )

    @property
    def first(self) -> list:
        """The fields that everybody sees."""
        return [self[name] for name in ("kind", "danger", "question")]

    @property
    def wants_call(self) -> list:
        """The fields for who would rather be called."""
        return [self[name] for name in ("phone", "when", "say")]

    @property
    def call_is_open(self) -> bool:
        """Whether something was filled in about being called, or is not right."""
        return any(field.errors or field.value() for field in self.wants_call)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if phone and not 8 <= sum(sign.isdigit() for sign in phone) <= 15:
            raise forms.ValidationError(_("Vul een telefoonnummer in, bijvoorbeeld 06 12 34 56 78."))
        return phone

    def answers(self) -> dict:
        """Return what was filled in as the answers of a filing: {step: {field: value}}."""
        given = self.cleaned_data
        if given["phone"]:
            contact = {"allowed": "yes", "how": "phone"} | {name: given[name] for name in ("phone", "when", "say")}
        else:
            contact = {"allowed": "no"}
        return {
            "danger": {"danger": given["danger"]},
            "signs": {"signs": [], "words": given["question"]},
            "contact": contact,
            "advice": {"only_advice": True},
        }
