"""What the pages about consent show: what each kind of partner gets with and without it, what was asked, and open copies."""

from dataclasses import dataclass, field

from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.partners import LegalBasis
from meldpunt.vault import sealed
from meldpunt.vault.crypto import CannotOpen
from meldpunt.vault.models import Purpose
from meldpunt.vault.unlocking import Keyring
from signals.models import Assignment, Case, Consent, ConsentStep, CopyCheck
from signals.models.assignment import Part as LetterPart
from signals.models.consent import RECEIVERS
from signals.sharing.consent import consented
from signals.sharing.door import in_words, may_read
from signals.workflow import AssignmentState

MOST = 100


@dataclass
class Kind:
    """One kind of receiver: parts on another basis, those that only a yes gives, and those that a yes gives today; in words."""

    name: str
    anyway: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What was asked about a case, the last first, with its `steps` in order of days; each step has its `said` words."""

    kinds: list[Kind]
    consents: list[Consent]
    checks: list[CopyCheck]


def kinds_of(case: Case) -> list[Kind]:
    """Return the kinds for whom a yes makes a difference, or has done so; one statement.

    In danger more bases count, so what vital interest gives counts as "anyway" while the case is acute.
    """
    today, anyway, by_consent = timezone.localdate(), {}, {}
    for row in Agreement.objects.current():
        if row.is_over or (row.basis == LegalBasis.VITAL_INTEREST and case.urgency != "acute"):
            continue
        target = by_consent if row.basis == LegalBasis.CONSENT else anyway
        target.setdefault(row.role, set()).add(row.part)
    found = []
    for code, name in RECEIVERS:
        allowed = consented(case.consents, code, today=today)
        needed = by_consent.get(code, set()) - anyway.get(code, set())
        if needed or allowed:
            waiting = needed - allowed
            found.append(Kind(str(name), *(in_words(frozenset(parts)) for parts in (anyway.get(code, ()), waiting, allowed))))
    return found


def may_note(user, letter: Assignment) -> bool:
    """Tell whether `user` notes consents of the case of a letter: it is accepted and leads, and the own organisation gets what
    colleagues write.
    """
    working = letter.part == LetterPart.LEAD and letter.state == AssignmentState.ACCEPTED
    return working and may_read(user, letter.team_id, letter.case, Part.NOTES)


def asked_about(keyring: Keyring, user, case: Case) -> Asked:
    """Return what `user` sees of the consents of a case; words that do not open are left out. Reading them is logged.

    Raises Locked.
    """
    consents = list(Consent.objects.visible_to(user).filter(case=case).prefetch_related("steps__by", "steps__team"))
    for consent in consents:
        consent.case = case
    _say(keyring, case, [step for consent in consents for step in consent.steps.all()])
    consents.sort(key=lambda one: [(step.on, step.at) for step in one.steps.all()][-1], reverse=True)
    return Asked(kinds_of(case), consents, copies_of(user, case))


def _say(keyring: Keyring, case: Case, steps: list[ConsentStep]) -> None:
    sealed_steps = [step for step in steps if step.words]
    for step in steps:
        step.said = ""
    if not sealed_steps:
        return
    keyring.load([step.pk for step in sealed_steps])
    for step in sealed_steps:
        step.said = _opened(keyring, step)
    record("read", by=keyring.user, obj=case, purpose="consent", rows=sealed_steps)


def _opened(keyring: Keyring, step: ConsentStep) -> str:
    """Return the words of a step whose keys were loaded; empty where another network noted them."""
    version = int.from_bytes(bytes(step.words)[:2], "big")
    if not keyring.has_loaded(step.pk, Purpose.SHARED, version):
        return ""
    try:
        return sealed.peek(keyring, step, "words").decode()
    except CannotOpen:
        return ""


def copies_of(user, case: Case) -> list[CopyCheck]:
    """Return the questions about copies of a case that `user` may see, the last first."""
    return list(_with_names(CopyCheck.objects.visible_to(user).filter(step__consent__case=case)))


def copies_for(user) -> list[CopyCheck]:
    """Return what `user` may answer about copies: waiting first, at most a hundred. One statement."""
    found = _with_names(CopyCheck.objects.visible_to(user)).order_by("answer", "-asked_at", "pk")
    return list(found[:MOST])


def _with_names(checks):
    found = checks.select_related("partner__team", "dispatch__by", "step__consent__case", "answered_by")
    return found.defer(
        "dispatch__sent", "dispatch__receipt", "dispatch__by__password", "step__words", "step__consent__case__shared",
        "answered_by__password",
    )  # fmt: skip
