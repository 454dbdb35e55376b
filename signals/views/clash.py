"""Two who change one thing at once: the second sees both values, field by field, and chooses. Nothing typed is lost."""

from dataclasses import dataclass

from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from signals.forms.routing import RecallForm
from signals.forms.triage import DecideForm, VersionedForm
from signals.models import Assignment, Case, Transition
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
    settled = isinstance(form, DecideForm) and thing.state == SignalState.DECIDED
    fixed = _("De melding hoort nu bij een zaak. Maak haar daar eerst los als je iets anders wilt.")
    return both_values(
        request, thing, form, changes=changes_of(thing, kept), settled=settled,
        rest=[bound for bound in form.visible_fields() if bound.html_name not in chosen],
        **({"compared": choices, "fixed": fixed} if settled and thing.case_id else {"choices": choices}),
    )  # fmt: skip


def recall_clash(request: HttpRequest, case: Case, form: RecallForm, letters: list[Assignment]) -> HttpResponse:
    """Answer 409: the letter that should come back is accepted, moved or gone. Another of `letters` may be chosen.

    What was typed is kept as a draft; what was meant for one letter is never sent for another without a choice.
    """
    keep_all(request, case)
    sent = Assignment.objects.visible_to(request.user).filter(case=case).select_related("team").order_by("-queued_at")
    meant = form["letter"].value()
    letter = next((row for row in sent if str(row.pk) == meant), next(iter(sent), None))
    form.choose_again(letters)
    steps = letter.transitions.select_related("by").defer("by__password")[:1] if letter else []
    words = "" if letters else (form["words"].value() or "").strip()
    mine = _("Terug bij het meldpunt")
    now = f"{letter.team.name}: {letter.get_state_display().lower()}" if letter else str(case.get_state_display())
    return both_values(
        request, case, form, changes=list(steps), rest=form.visible_fields(), unsent=words,
        compared=[Choice(_("Waar is de zaak?"), "", "mine", mine, "now", now)],
        fixed="" if letters else _("Terughalen kan nu niet meer. Wil je iets anders? Bel het netwerk."),
    )  # fmt: skip


def both_values(request: HttpRequest, thing, form, **context) -> HttpResponse:
    """Show what changed and both values (409).

    `choices` can be chosen between, `compared` only seen, `rest` are the other fields of `form`; with `fixed`, a
    sentence that says why, there is nothing to choose and `unsent` words are only shown.
    """
    active = "queue" if thing._meta.model_name == "signal" else "cases"
    context |= {"thing": thing, "clashing": form, "address": request.get_full_path()}
    return render(request, "signals/desk/clash.html", desk_rail(request.user, active) | context, status=409)


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
