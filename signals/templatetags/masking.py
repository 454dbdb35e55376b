"""The one place through which a page shows a name or a contact detail."""

from django import template
from django.urls import reverse

from signals.desk.revealing import Kind, RevealReason, is_revealed

register = template.Library()


@register.inclusion_tag("signals/_masked.html", takes_context=True)
def masked(context, value, kind, obj):
    """Show `value` where this viewer has revealed `kind` (a Kind) of `obj` (a signal or case), else a bar and a way to.

    A page that answers a POST gives `back_to`, the address to come back to.
    """
    request = context["request"]
    return {
        "value": value if is_revealed(request, kind, obj) else None,
        "kind": kind,
        "what": Kind(kind).label,
        "object_kind": obj._meta.model_name,
        "reference": obj.reference,
        "reasons": RevealReason.choices,
        "address": reverse("reveal"),
        "back_to": context.get("back_to") or request.path,
    }


@register.filter
def kind_of(thing) -> str:
    """Return "signal" or "case": what the address of a thing's drafts and presence calls it."""
    return thing._meta.model_name
