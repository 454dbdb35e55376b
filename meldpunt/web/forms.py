"""The base of every form: plain words next to the field, nothing thrown away, nothing shouted.

Wording follows reference/ux.md §2.7: say what to do, in the label's own words, with a full stop.
"""

from collections.abc import Iterator

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

MISSING = forms.Field.default_error_messages["required"]
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def characters(text: str) -> int:
    """Count as the page counts: a line break that travels as two characters is one."""
    return len(text.replace("\r\n", "\n"))


class TooLong(MaxLengthValidator):
    """Says by how much a text is too long, and counts a line break once."""

    def __call__(self, value: str) -> None:
        if (excess := characters(value) - self.limit_value) > 0:
            sentence = ngettext(
                "Je tekst is te lang. Haal %(excess)s teken weg.",
                "Je tekst is te lang. Haal %(excess)s tekens weg.",
                excess,
            )
            raise ValidationError(sentence % {"excess": number_format(excess, force_grouping=True)}, code="too_long")


def words_for(field: forms.Field, label: str) -> dict[str, str]:
    """Return messages by error code for a field with this label."""
    name = label.rstrip("?. ")
    if isinstance(field, forms.EmailField):
        missing = wrong = gettext("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.")
    elif isinstance(field, forms.IntegerField):
        missing = wrong = gettext("Vul een getal in bij ‘%(label)s’.") % {"label": name}
    elif isinstance(field, forms.DateField | forms.DateTimeField):
        missing = wrong = gettext("Vul een dag in bij ‘%(label)s’, bijvoorbeeld 27-3-2026.") % {"label": name}
    elif isinstance(field, forms.ChoiceField | forms.BooleanField):
        missing = wrong = gettext("Kies een antwoord bij ‘%(label)s’.") % {"label": name}
    else:
        missing = wrong = gettext("Vul iets in bij ‘%(label)s’.") % {"label": name}
    return {"required": missing, "invalid": wrong, "invalid_choice": wrong, "invalid_list": wrong}


def first_control(bound: BoundField) -> str:
    """Return the id of the control that a link to this field must reach: of a group the first option."""
    if isinstance(bound.field.widget, GROUPS):
        for option in bound.subwidgets:
            return option.id_for_label
    return bound.id_for_label or bound.auto_id


# A button of this name asks for the same page in another language: the form keeps what was typed and judges nothing.
SWITCH = "taal"


class PlainWords:
    """What every form does; comes before the form class it improves: `class SignIn(PlainWords, LoginForm)`.

    A field may carry, set after it is made: `hints` {value: small line below a choice}, `none_value` (the choice
    that excludes the others), `inline` (short answers in a row), `silent` (no "(niet verplicht)" behind the label) and
    `count` (False hides the count below a textarea).
    """

    use_required_attribute = False
    default_autocomplete = "off"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if not hasattr(self, "helper"):
            self.helper = FormHelper()
            self.helper.form_tag = False
            self.helper.disable_csrf = True
        for name, field in self.fields.items():
            self.speak_plainly(field, str(self[name].label))

    def speak_plainly(self, field: forms.Field, label: str) -> None:
        """Give a field its messages, its count and its quiet keyboard. Also for fields that are added later."""
        own = words_for(field, label)
        defaults = {}
        for kind in type(field).__mro__:
            for code, text in getattr(kind, "default_error_messages", {}).items():
                defaults.setdefault(code, text)
        for code, text in own.items():
            if field.error_messages.get(code, MISSING) in (defaults.get(code, MISSING), MISSING):
                field.error_messages[code] = text
        field.error_messages["null_characters_not_allowed"] = gettext(
            "In je tekst staat een teken dat niet kan."
        )
        attrs = field.widget.attrs
        if not isinstance(field.widget, (*GROUPS, forms.CheckboxInput, forms.FileInput)):
            attrs.setdefault("autocomplete", self.default_autocomplete)
        if isinstance(field, forms.EmailField):
            attrs.setdefault("spellcheck", "false")
        if limit := getattr(field, "max_length", None):
            field.validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
            field.validators.append(TooLong(limit))
            attrs.pop("maxlength", None)

    @property
    def switching(self) -> bool:
        """Only another language was asked for: nothing is right or wrong yet, and nothing is valid."""
        return self.is_bound and SWITCH in self.data

    def is_valid(self) -> bool:
        return not self.switching and super().is_valid()

    def full_clean(self) -> None:
        if not self.switching:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}

    def add_error(self, field: str | None, error) -> None:
        if not self.switching:
            super().add_error(field, error)

    @property
    def summary(self) -> Iterator[tuple[str, str]]:
        """Yield (id of the control, message) for each error, in the order of the page; '#' links always land."""
        shown = [self[name] for name in self.fields if not self[name].is_hidden]
        start = first_control(shown[0]) if shown else "inhoud"
        for message in self.non_field_errors():
            yield start, message
        for name in self.fields:
            for message in self[name].errors:
                yield (start if self[name].is_hidden else first_control(self[name])), message


class BaseForm(PlainWords, forms.Form):
    """Start of every form that stands on its own."""


class BaseModelForm(PlainWords, forms.ModelForm):
    """Start of a form over a model's clear fields; it validates, an action saves."""
