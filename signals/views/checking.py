"""What was answered, as it stands on the check page."""

from django import forms

from signals.forms.filing import StepForm
from signals.forms.filing_about import PEERS, SignsForm

ALWAYS = ("danger", "age_band", "allowed", "signs")


def rows_of(form: StepForm, *, answered: bool) -> list[dict]:
    """Return [{label, lines}] of a form that was filled; what was left open is out, but for what we do need.

    `lines` is empty where nothing was filled in. A step that was skipped gives only its needed questions.
    """
    rows = []
    for name, field in form.fields.items():
        lines = _lines(field, form.initial.get(name)) if answered else []
        if (lines or name in ALWAYS) and not name.startswith("peer_") and name != "none":
            rows.append({"label": field.label, "lines": lines})
    if isinstance(form, SignsForm) and form.initial.get("none"):
        rows[0]["lines"] = [form.fields["none"].label]
    return rows + (_peers(form) if answered else [])


def _lines(field: forms.Field, value) -> list[str]:
    if not value:
        return []
    if isinstance(field, forms.MultipleChoiceField):
        words = {code: text for _topic, options in field.choices for code, text in options}
        return [str(words[code]) for code in value if code in words]
    if isinstance(field, forms.ChoiceField):
        return [str(text) for code, text in field.choices if code == value]
    return [str(value)]


def _peers(form: StepForm) -> list[dict]:
    rows = []
    for n in range(1, PEERS + 1):
        relation, name = form.initial.get(f"peer_{n}_relation"), form.initial.get(f"peer_{n}_name")
        if relation or name:
            label = form.fields[f"peer_{n}_relation"].label.split(":")[0]
            rows.append({"label": label, "lines": [", ".join(filter(None, [relation, name]))]})
    return rows
