"""What the pages and the form pack need beyond Django's own tags."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from meldpunt.web.forms import GROUPS, characters

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """Write a whole number as the reader does: 4.000 in Dutch, 4,000 in English."""
    return f"{int(number):,}".replace(",", "," if get_language() == "en" else ".")


@register.filter
def is_group(bound: BoundField) -> bool:
    """Radios and checkboxes are a fieldset with a legend."""
    return isinstance(bound.field.widget, GROUPS)


@register.filter
def is_radio(bound: BoundField) -> bool:
    return getattr(bound.field.widget, "input_type", "") == "radio"


@register.filter
def is_tick(bound: BoundField) -> bool:
    """A checkbox on its own: yes or not."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.filter
def has_parts(bound: BoundField) -> bool:
    """Several inputs under one legend (a date in three)."""
    return isinstance(bound.field.widget, forms.MultiWidget)


@register.filter
def described_by(bound: BoundField) -> str:
    """Return the ids of hint, error and count that exist for this field, for aria-describedby."""
    found = []
    if bound.help_text:
        found.append(f"{bound.auto_id}_hint")
    if bound.errors:
        found.append(f"{bound.auto_id}_error")
    if limit_of(bound):
        found.append(f"{bound.auto_id}_count")
    return " ".join(found)


@register.filter
def limit_of(bound: BoundField) -> int:
    """Return how many characters fit in a textarea that shows a count; 0 when it shows none."""
    if not isinstance(bound.field.widget, forms.Textarea) or not getattr(bound.field, "count", True):
        return 0
    return getattr(bound.field, "max_length", None) or 0


@register.filter
def count_line(bound: BoundField) -> str:
    """Say how many characters fit, are left or are too many; stands there without JavaScript too."""
    limit = limit_of(bound)
    length = characters(str(bound.value() or ""))
    if length > limit:
        return gettext("%(excess)s tekens te veel. Er passen %(limit)s tekens in.") % {
            "excess": thousands(length - limit),
            "limit": thousands(limit),
        }
    return gettext("Er passen %(limit)s tekens in.") % {"limit": thousands(limit)}


@register.filter
def control(bound: BoundField) -> SafeString:
    """Render the input of a field with what a screen reader needs to know."""
    attrs = {}
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if not isinstance(bound.field.widget, forms.CheckboxInput):
        attrs["class"] = " ".join(filter(None, [bound.field.widget.attrs.get("class"), "in"]))
        if bound.field.required and not isinstance(bound.field.widget, forms.FileInput | forms.MultiWidget):
            attrs["aria-required"] = "true"
    if limit := limit_of(bound):
        attrs["data-limit"] = limit
    return bound.as_widget(attrs=attrs)


@register.filter
def choice_groups(bound: BoundField) -> list[tuple[str | None, list[dict]]]:
    """Return [(name of the group or None, [option])] of radios or checkboxes.

    An option has Django's keys (name, value, label, selected, attrs, type) and `hint`, `alone` (it excludes the
    others) and `after_or` (it is alone and others stand above it).
    """
    widget = bound.field.widget
    attrs = widget.build_attrs(widget.attrs, {"id": bound.auto_id})
    hints = getattr(bound.field, "hints", {})
    none_value = getattr(bound.field, "none_value", None)
    value = widget.format_value(bound.value())
    groups: list[tuple[str | None, list[dict]]] = []
    for name, options, _index in widget.optgroups(bound.html_name, value, attrs):
        for option in options:
            option["hint"] = hints.get(option["value"], "")
            option["alone"] = none_value is not None and str(option["value"]) == none_value
            option["after_or"] = option["alone"] and bool(groups or option is not options[0])
        if groups and name is None and groups[-1][0] is None:
            groups[-1][1].extend(options)
        else:
            groups.append((name, list(options)))
    return groups


@register.simple_tag
def masked(what: str, *, short: bool = False) -> SafeString:
    """Show a value that is masked: a hatched bar, and in words for who cannot see it (`what`: "naam")."""
    said = gettext("%(what)s is afgeschermd") % {"what": what}
    return format_html(
        '<span class="mask{}" aria-hidden="true"></span><span class="vh">{}</span>',
        " s" if short else "",
        said,
    )


@register.filter
@stringfilter
def dialled(number: str) -> str:
    """Return a phone number as a tel: link wants it: digits and a leading plus."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.simple_tag
def step_bar(step: int, steps: int) -> dict[str, str]:
    """Return the two SVG paths (`done`, `todo`) of the bar of `steps` pieces, each 10 wide."""
    piece = "M{} 0h9.3v1h-9.3z"
    return {
        "done": "".join(piece.format(10 * n) for n in range(step)),
        "todo": "".join(piece.format(10 * n) for n in range(step, steps)),
        "width": str(10 * steps),
    }


@register.filter
def key_of(attrs: dict) -> str:
    """Return the key on the keyboard that chooses an option; empty where there is none."""
    return attrs.get("data-key", "")
