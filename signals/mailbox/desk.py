"""What the desk's page of a signal shows of its mailbox."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When

from meldpunt.vault.models import ReferrerKey
from signals.forms.mailbox import ComposeForm, RequestForm
from signals.forms.returning import WAYS
from signals.mailbox import reading as mailbox
from signals.mailbox import standard_texts
from signals.mailbox.reading import Letter
from signals.models import Assignment, Attachment, Handover, Message, Signal, Task, TextPurpose
from signals.models.task import TaskKind
from signals.querysets import SignalQuerySet
from signals.workflow import AssignmentState, CaseState, SignalState


@dataclass(frozen=True)
class Box:
    """The mailbox in words: `letters` oldest first, `requests` that wait, `contact` the new one that was granted."""

    has_code: bool
    tells: bool
    letters: list[Letter]
    requests: list[dict]
    contact: Letter | None
    compose: ComposeForm
    preview: str
    ways: dict

    @property
    def is_open(self) -> bool:
        """Whether the form for a message stands open: it was sent before, or a referrer has to hear something."""
        return bool(self.tells or self.preview or self.compose.is_bound or self.compose.initial.get("words"))


def beside(rows: SignalQuerySet) -> SignalQuerySet:
    """Fetch with each signal whether it has a code, letters, files, and a referrer who has to hear something;
    which network has the contact (`handed_to`), whether one may get it, whether the referrer waits for mail, and the
    standard texts.
    """
    here = {"signal": OuterRef("pk")}
    told = Task.objects.filter(**here, kind=TaskKind.TELL_REFERRER, done_at=None)
    running = Handover.objects.running().filter(**here).values("assignment__team__name")[:1]
    accepted = Assignment.objects.filter(case=OuterRef("case"), state=AssignmentState.ACCEPTED)
    has_code = Exists(ReferrerKey.objects.filter(object_id=OuterRef("pk")))
    return rows.annotate(
        has_code=has_code,
        handed_to=Subquery(running),
        may_hand=Exists(accepted),
        mails=Exists(Task.objects.filter(**here, kind=TaskKind.MAIL_REFERRER, done_at=None)),
        tells=Case(When(has_code, then=Exists(told)), default=Value(False)),
        has_letters=Exists(Message.objects.filter(**here)),
        has_files=Exists(Attachment.objects.filter(**here)),
        texts_in_use=standard_texts.column(),
    )


def box_of(
    keyring,
    signal: Signal,
    *,
    compose: ComposeForm | None = None,
    settle: tuple[str, RequestForm] | None = None,
    preview: str = "",
) -> Box:
    """Open the mailbox of a signal (fetched with `beside`) for its page; `compose`, `settle` and `preview` carry what
    was typed.

    Raises Locked, CannotOpen.
    """
    texts = standard_texts.choices(signal.texts_in_use, signal.language) if signal.has_code else []
    letters = mailbox.letters_for_desk(keyring, signal) if signal.has_letters else []
    granted = [one for one in letters if one.contact and one.message.granted]
    return Box(
        has_code=signal.has_code,
        tells=signal.tells,
        letters=letters,
        requests=[_request(one, signal, settle) for one in letters if one.message.waits],
        contact=max(granted, key=lambda one: one.message.settled_at, default=None),
        compose=compose or _fresh(signal, texts, signal.tells),
        preview=preview,
        ways=WAYS,
    )


def compose_form(signal: Signal, data=None) -> ComposeForm:
    """Return the form for a message, with the standard texts in the language of the referrer."""
    return ComposeForm(data, signal=signal, texts=standard_texts.texts_for(signal.language))


def _request(letter: Letter, signal: Signal, settle: tuple[str, RequestForm] | None) -> dict:
    typed = settle[1] if settle and settle[0] == str(letter.message.pk) else None
    form = typed or RequestForm(initial={"version": signal.version})
    form.auto_id = f"id_{letter.message.kind}_%s"
    return {"letter": letter, "form": form}


def _fresh(signal: Signal, texts: list[dict], tells: bool) -> ComposeForm:
    """Return an empty form; where the referrer has to hear something, with the text for it."""
    initial = {"version": signal.version}
    if tells:
        closed = signal.case is not None and signal.case.state == CaseState.CLOSED
        initial["purpose"] = TextPurpose.HANDLED if closed else TextPurpose.DECIDED
        code = standard_texts.CLOSED if closed else standard_texts.TELLS.get(signal.decision, "")
        initial["words"] = next((row["words"] for row in texts if row["code"] == code), "")
    elif signal.state != SignalState.DECIDED:
        initial["purpose"] = TextPurpose.ASK
    return ComposeForm(signal=signal, texts=texts, initial=initial)

