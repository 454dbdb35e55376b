"""One in the circle: change who it is, answer the question, plan a measure, make it a signal, take it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.audit.log import record
from meldpunt.teams.access import role
from meldpunt.vault.unlocking import Locked
from networks import reading
from networks.actions import casework, circle, peers
from networks.actions.casework import WRITABLE
from networks.casework.own_work import reader_of
from networks.circle.reading import ShownRelation, relation_of
from networks.forms.circle import AnswerForm, ChangeRelationForm, PeerForm
from networks.forms.work import ActionForm
from networks.models import Action, ActionKind, Approached, Relation, RelationKind
from networks.views.circle import to_circle
from networks.views.clash import choice_of
from networks.views.page import page_context, unlock_first
from networks.views.typed import RELATION_FORMS
from signals.actions import Clash, keeping
from signals.desk.revealing import Kind, is_revealed
from signals.models import Assignment
from signals.views.typed import keep_all, start_with
from signals.workflow import NotAllowed


def relation_or_404(user, reference: str, pk) -> Relation:
    """Return one of the circle of the case `reference`, where `user`'s network holds that; raises Http404."""
    letter = reading.held_or_404(user, reference)
    if not reader_of(user, letter).gets(Relation):
        raise Http404
    found = Relation.objects.visible_to(user).current().select_related("by", "approached_by", "signal")
    row = get_object_or_404(found, pk=pk, assignment=letter)
    row.assignment = letter
    return row


def relation_page(request: HttpRequest, row: Relation, *, status: int = 200, **typed) -> HttpResponse:
    """Show one of the circle with its forms; `typed` carries what was filled in, by the name of its form."""
    shown = relation_of(request.keyring, row)
    drafts, version = keeping.kept_of(request.keyring, row), {"version": row.version}
    said = vars(shown.said) | {"kind": row.kind}
    answer = {"approached": row.approached, "because": shown.said.because}
    workers = reading.workers_of(row.assignment)
    measure = {"kind": ActionKind.PREVENTIVE, "owner": request.user.pk}
    forms = {
        "change_form": ChangeRelationForm(initial=said | start_with(drafts, "person") | version),
        "answer_form": AnswerForm(initial=answer | start_with(drafts, "answer") | version),
        "action_form": ActionForm(workers=workers, initial=start_with(drafts, "action", **measure)),
    }
    measures = Action.objects.visible_to(request.user).filter(peer=row).select_related("owner")
    context = page_context(request, row.assignment, "circle") | forms | typed
    context |= {
        "shown": shown, "drafts": drafts, "measures": measures.defer("owner__password", "content"),
        "form": next(iter(typed.values()), None), "may_write": row.assignment.state in WRITABLE,
        "name_shown": not shown.said.name or is_revealed(request, Kind.OTHERS, row.assignment.case),
        "back_to": row.get_absolute_url(),
    }  # fmt: skip
    return render(request, "networks/relation.html", context, status=status)


def tried(request: HttpRequest, row: Relation, act, name: str, form) -> HttpResponse | None:
    """Call `act`; return None where it succeeded, else the answer: locked, gone, or overtaken (409 with both values)."""
    try:
        act()
    except Locked:
        return unlock_first(request, row.assignment, thing=row)
    except Assignment.DoesNotExist as error:
        raise Http404 from error
    except circle.QuestionOpen:
        messages.warning(request, _("Zeg eerst of deze persoon ook wordt benaderd, of waarom je het niet vraagt."))
        return relation_page(request, row, status=422, **({name: form} if name else {}))
    except (Clash, NotAllowed) as error:
        now = relation_or_404(request.user, row.assignment.case.reference, row.pk)
        keep_all(request, now, RELATION_FORMS)
        if hasattr(form, "renew"):
            form.renew(now.version)
        if isinstance(error, Clash) and name in ("change_form", "answer_form"):
            return clash(request, now, form)
        messages.warning(request, _("Een collega was je voor. Kijk wat er nu staat."))
        return relation_page(request, now, status=409, **{name: form})
    return None


def clash(request: HttpRequest, row: Relation, form) -> HttpResponse:
    """Answer 409 with both values; sending the page goes on with the version that is there now."""
    shown: ShownRelation = relation_of(request.keyring, row)
    labels = {
        "kind": str(RelationKind(row.kind).label),
        "approached": str(Approached(row.approached).label) if row.approached else _("nog niet gevraagd"),
        "source": shown.source,
        "certainty": shown.source,
    }
    now = vars(shown.said) | {"kind": row.kind, "approached": row.approached}
    names = [name for name in form.fields if name in now]
    choices = [choice_of(form, name, now[name], labels.get(name) or now[name] or _("leeg")) for name in names]
    context = page_context(request, row.assignment, "circle") | {
        "thing": row, "what": row.get_kind_display(), "clashing": form, "choices": choices, "rest": [],
        "address": request.get_full_path(),
    }  # fmt: skip
    return render(request, "networks/plan_clash.html", context, status=409)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def relation(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Show one of the circle, or change who it is."""
    row = relation_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, row.assignment, thing=row)
    if request.method != "POST":
        return relation_page(request, row)
    form = ChangeRelationForm(request.POST)
    if not form.is_valid():
        return relation_page(request, row, status=422, change_form=form)

    def act():
        version, kind = form.cleaned_data["version"], form.cleaned_data["kind"]
        circle.change_relation(
            row, by=request.user, keyring=request.keyring, version=version, kind=kind, said=form.said
        )

    if failed := tried(request, row, act, "change_form", form):
        return failed
    keeping.forget(row, "person", by=request.user)
    messages.success(request, _("Dat is veranderd."))
    return redirect(row)


@role("member", "lead")
@require_POST
def answer(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Answer whether this peer is approached too."""
    row = relation_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, row.assignment, thing=row)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return relation_page(request, row, status=422, answer_form=form)

    def act():
        circle.answer(row, by=request.user, keyring=request.keyring, **form.cleaned_data)

    if failed := tried(request, row, act, "answer_form", form):
        return failed
    keeping.forget(row, "answer", by=request.user)
    messages.success(request, _("Je antwoord is bewaard."))
    in_danger = form.cleaned_data["approached"] in (Approached.SUSPECTED, Approached.YES)
    return redirect(row) if in_danger else to_circle(reference)


@role("member", "lead")
@require_POST
def measure(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Plan a measure for this one: an action like any other."""
    row = relation_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, row.assignment, thing=row)
    form = ActionForm(request.POST, workers=reading.workers_of(row.assignment))
    if not form.is_valid():
        return relation_page(request, row, status=422, action_form=form)

    def act():
        casework.plan_action(
            row.assignment, by=request.user, keyring=request.keyring, peer=row, **form.cleaned_data
        )

    if failed := tried(request, row, act, "action_form", form):
        return failed
    keeping.forget(row, "action", by=request.user)
    messages.success(request, _("De maatregel is gepland."))
    return redirect(row)


@role("member", "lead")
@require_POST
def remove(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Take somebody out of the circle who does not belong there."""
    row = relation_or_404(request.user, reference, pk)

    def act():
        circle.remove_relation(row, by=request.user, version=row.version)

    if failed := tried(request, row, act, "", None):
        return failed
    messages.success(request, _("Deze persoon staat niet meer in de kring."))
    return to_circle(reference)


@role("member", "lead")
@require_http_methods(["GET", "HEAD", "POST"])
def as_signal(request: HttpRequest, reference: str, pk) -> HttpResponse:
    """Show exactly what goes along when this peer is reported, and report."""
    row = relation_or_404(request.user, reference, pk)
    if request.keyring is None:
        return unlock_first(request, row.assignment, thing=row)
    if not row.is_peer or row.signal_id or row.assignment.state not in WRITABLE:
        messages.warning(request, _("Deze persoon is al gemeld, of kan hier niet worden gemeld."))
        return redirect(row)
    if request.method != "POST":
        said = relation_of(request.keyring, row).said
        record("reveal", by=request.user, team=row.assignment.team, obj=row, purpose="others:reported")
        known = {"name": said.name, "school": said.school, "words": said.words, "version": row.version}
        drafts = keeping.kept_of(request.keyring, row)
        return _as_signal_page(request, row, PeerForm(initial=known | start_with(drafts, "peer")))
    form = PeerForm(request.POST)
    if not form.is_valid():
        return _as_signal_page(request, row, form, status=422)

    def act():
        peers.report_peer(row, by=request.user, version=form.cleaned_data["version"], about=form.about)

    if failed := tried(request, row, act, "", form):
        return failed
    keeping.forget(row, "peer", by=request.user)
    messages.success(request, _("Gemeld bij het meldpunt. Zij lezen het als een nieuwe melding."))
    return redirect(row)


def _as_signal_page(request: HttpRequest, row: Relation, form: PeerForm, *, status: int = 200) -> HttpResponse:
    context = page_context(request, row.assignment, "circle") | {"row": row, "form": form}
    return render(request, "networks/peer_as_signal.html", context, status=status)
