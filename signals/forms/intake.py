"""One page with the questions of a filing, for a coordinator who listens, or types over a letter or a mail.

The questions and their checks are those of the public form. Only what was told is needed; the rest may stay empty.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldpunt.web.forms import BaseForm
from signals.forms.filing import AboutYou, ContactForm, DangerForm, StepForm
from signals.forms.filing_about import PersonForm, PlaceForm, SignsForm, indicators_for
from signals.vocabulary import Channel, ReferrerRole

DAYS = ["%d-%m-%Y", "%Y-%m-%d"]
ROWS = ("danger", "allowed")  # these stay in sight as radios
# The kind of referrer by whom the public form is filled in, for each role.
WHO = {"friend": "other", "neighbour": "other", "police_municipality": "care"}


class ReceivedForm(BaseForm):
    """How it came in, when, from whom, and in which language the desk writes back."""

    prefix = "received"
    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe komt het binnen?"),
        choices=[(channel.value, channel.label) for channel in (Channel.PHONE, Channel.PAPER, Channel.MAIL)],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    received_on = forms.DateField(
        label=gettext_lazy("Wanneer kwam de brief of mail binnen?"),
        help_text=gettext_lazy("Alleen bij een brief of mail, bijvoorbeeld 27-3-2026."),
        input_formats=DAYS,
        required=False,
        widget=forms.DateInput(format="%d-%m-%Y"),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Wie meldt er?"),
        choices=[("", gettext_lazy("Niet gezegd")), *ReferrerRole.choices],
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In welke taal schrijven we terug?"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        initial="nl",
        widget=forms.RadioSelect,
    )
    no_code = forms.BooleanField(label=gettext_lazy("De melder wil geen code"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.silent, field.inline = True, name in ("channel", "language")

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen. Vul een dag in die geweest is."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        wanted = cleaned.get("channel") in (Channel.PAPER, Channel.MAIL)
        if wanted and not cleaned.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", _("Vul in wanneer de brief of mail binnenkwam."))
        return cleaned


class ToldForm(SignsForm):
    """What the referrer tells; the signs are beside it, ticked by who listens."""

    def declare(self) -> None:
        super().declare()
        del self.base_fields["none"]
        self.base_fields["words"].label = _("Wat vertelt de melder?")
        self.base_fields["words"].help_text = _("Gebruik de woorden van de melder. Bij een brief: typ ze over.")
        self.base_fields["words"].widget.attrs |= {"rows": 12, "autofocus": True}

    def _nothing(self) -> str:
        return _("Schrijf op wat de melder vertelt, of kruis een teken aan.")

    def add_error(self, field, error) -> None:
        """What is missing is asked for at the words: the signs are folded."""
        super().add_error("words" if field == "signs" else field, error)


class CallerForm(AboutYou):
    """Who reports; anybody may work at a school or elsewhere."""

    def declare(self) -> None:
        super().declare()
        self.base_fields["organisation"].label = _("School of organisatie")


class HeardDangerForm(DangerForm):
    """Whether there is danger now, for who listens: the words for a referrer would be untrue here."""

    def declare(self) -> None:
        super().declare()
        self.base_fields["danger"].help_text = _("Is er gevaar? Dan belt degene die belt eerst 112.")


class IntakeForm:
    """All questions on one page: `received`, `told` and the steps. It behaves as a form does: valid, errors, summary."""

    def __init__(self, posted: QueryDict | None = None, *, kept: QueryDict | None = None) -> None:
        """Args: `posted` what was sent now; `kept` what was typed before and only has to be shown."""
        self.received = ReceivedForm(posted)
        signs = indicators_for("other", all_of_them=True)
        self.steps: dict[str, StepForm] = {
            "signs": ToldForm(posted, who="care", prefix="signs", indicators=signs),
            "danger": HeardDangerForm(posted, who="other", prefix="danger"),
            "you": CallerForm(posted, who="school", prefix="you"),
            "person": PersonForm(posted, who="other", prefix="person"),
            "place": PlaceForm(posted, who="other", prefix="place"),
            "contact": ContactForm(posted, who="other", prefix="contact"),
        }
        self.forms = [self.received, *self.steps.values()]
        self._ask_less()
        if kept:
            for form in self.forms:
                for name, field in form.fields.items():
                    form.initial[name] = field.widget.value_from_datadict(kept, {}, form.add_prefix(name))

    def _ask_less(self) -> None:
        """Nothing is needed that somebody may not tell. Lists instead of radios: a page that fits, and a letter chooses."""
        for form in self.steps.values():
            for name, field in form.fields.items():
                field.required, field.silent, field.as_heading = False, True, False
                if name in ROWS:
                    field.inline = True
                elif type(field.widget) is forms.RadioSelect:  # a row of ticks is one of its kinds
                    field.widget = forms.Select(choices=[("", _("Niet gezegd")), *field.choices])
                    form.speak_plainly(field, str(field.label))

    def is_valid(self) -> bool:
        """Every form is asked, so that all errors stand on the page at once."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    @property
    def errors(self) -> bool:
        """Whether there is any error."""
        return any(form.errors for form in self.forms)

    @property
    def summary(self):
        """Yield (id of the control, message) of every form."""
        for form in (self.steps["signs"], self.received, *list(self.steps.values())[1:]):
            if form.is_bound:
                yield from form.summary

    @property
    def names(self) -> set[str]:
        """The names of all controls as the browser sends them."""
        return {form.add_prefix(name) for form in self.forms for name in form.fields}

    def answers(self) -> tuple[str, dict]:
        """Return the kind of referrer and the answers {step: {field: value}}, as filing takes them."""
        role = self.received.cleaned_data["role"] or "other"
        answers = {step: form.cleaned_data for step, form in self.steps.items()}
        answers["you"] = answers["you"] | {"role": role}
        return WHO.get(role, role), answers
