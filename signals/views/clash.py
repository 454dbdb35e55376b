"""Two who change one thing at once: the second sees both values, field by field, and chooses. Nothing typed is lost."""

from dataclasses import dataclass

from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signals.forms.triage import VersionedForm
from signals.models import Transition
from signals.queue.rail import desk_rail
from signals.views.typed import keep_all
from signals.workflow import Reason, SignalState


@dataclass(frozen=True)
class Choice:
    """One field with both values: what this person chose and what stands there now, each with its words."""

    label: str
    name: str
    mine: str
    mine_words: str
    now: str
    now_words: str

    @property
    def same(self) -> bool:
        """Both chose the same."""
        return self.mine == self.now


def clash(request: HttpRequest, thing, form: VersionedForm, *, kept: int) -> HttpResponse:
    """Answer 409: what changed since, by whom, and both values to choose from; what was typed is kept as a draft too.

    `kept` is the version that was on the screen. Sending the page goes on with the version that is there now.
    """
    keep_all(request, thing)
    form.renew(thing.version)
    choices = choices_of(form, thing)
    chosen = {choice.name for choice in choices}
    is_signal = thing._meta.model_name == "signal"
    context = desk_rail(request.user, "queue" if is_signal else "cases") | {
        "thing": thing, "clashing": form, "choices": choices, "changes": changes_of(thing, kept),
        "rest": [bound for bound in form.visible_fields() if bound.html_name not in chosen],
        "address": request.get_full_path(), "settled": is_signal and thing.state == SignalState.DECIDED,
        "fixed": is_signal and thing.state == SignalState.DECIDED and bool(thing.case_id),
    }  # fmt: skip
    return render(request, "signals/desk/clash.html", context, status=409)


def choices_of(form: VersionedForm, thing) -> list[Choice]:
    """Return the fields of `form` that a thing keeps, each with both values; one that is empty now is no choice."""
    found = []
    for field, attribute in form.STORED.items():
        bound, now = form[field], getattr(thing, attribute)
        if now == "":
            continue
        labels = {str(value or ""): str(label) for value, label in form.fields[field].choices}
        mine, now = str(bound.value() or ""), str(now or "")
        now_words = labels.get(now) or _display(thing, attribute) or now
        found.append(Choice(bound.label, bound.html_name, mine, labels.get(mine, mine), now, now_words))
    return found


def _display(thing, attribute: str) -> str:
    field = thing._meta.get_field(attribute.removesuffix("_id"))
    return "" if isinstance(field, ForeignKey) else str(getattr(thing, f"get_{attribute}_display")())


def changes_of(thing, kept: int) -> list[Transition]:
    """Return what happened to `thing` since its version `kept`, the last first: each version is one transition."""
    since = max(0, min(thing.version - kept, 20))
    steps = thing.transitions.exclude(reason=Reason.NOTED).select_related("by").defer("by__password")
    return list(steps[:since])
