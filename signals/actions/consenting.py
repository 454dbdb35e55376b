"""Writing down what the person concerned agrees to, and asking after copies when that ends."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.agreement import as_columns, from_columns, parts_given
from meldpunt.teams.models import Role, Team, TeamKind, User
from meldpunt.teams.partners import LegalBasis, Partner
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions import Clash
from signals.actions.history import locked
from signals.actions.tasks import give_task
from signals.models import Assignment, Case, Consent, ConsentStep, CopyCheck, Dispatch, Task
from signals.models.consent import ConsentState, letters_worked_by
from signals.models.task import TaskKind
from signals.sharing.consent import FIRST, NEXT, Standing, consented, standing_after, who_answers
from signals.shielding.people import may_see
from signals.vocabulary import Basis, Urgency
from signals.workflow import NotAllowed

WEEK = datetime.timedelta(days=7)
AT_ONCE = 200
NOES = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


@transaction.atomic
def ask(
    case: Case, *, by, once: uuid.UUID, receivers: list[str], parts: list[str], until: datetime.date | None = None, **said
) -> Consent:
    """Write down a question to the person concerned about `case`, and how it stands: `said` is what `_step` takes.

    A coordinator does, or somebody of the network that leads the case. `once` came with the form: sent twice it is written
    once. Raises DoesNotExist, NotAllowed (who may not answer, a state to begin with that is none), NotTrusted.
    """
    case, team = _case_of(by, case.pk)
    if (there := Consent.objects.filter(pk=once).first()) is not None:
        if there.case_id != case.pk:
            raise NotAllowed("another case's")
        return there
    if said["state"] not in FIRST:
        raise NotAllowed(f"begin with {said['state']}")
    consent = Consent(pk=once, case=case, receivers=receivers, parts=parts, state=said["state"], until=until)
    consent.save(force_insert=True)
    _step(consent, case, team, by=by, **said)
    record("create", by=by, team=team, obj=case, purpose=f"consent_{said['state']}")
    return consent


@transaction.atomic
def answer(consent: Consent, *, by, version: int, until: datetime.date | None = None, **said) -> Consent:
    """Write down what was said since; `said` is what `_step` takes. A yes that ends takes what rested on it away at once.

    Raises DoesNotExist, Clash, NotAllowed (not after what was said before, or by who may not), NotTrusted.
    """
    case, team = _case_of(by, consent.case_id)
    consent = locked(Consent.objects.visible_to(by), consent.pk)
    if consent.version != version:
        raise Clash
    if said["state"] not in NEXT[consent.state]:
        raise NotAllowed(f"{consent.state} → {said['state']}")
    consent.state, consent.version = said["state"], version + 1
    if consent.state == ConsentState.GIVEN:
        consent.until = until
    consent.save(update_fields=["state", "version", "until"])
    _step(consent, case, team, by=by, **said)
    record("change", by=by, team=team, obj=case, purpose=f"consent_{said['state']}")
    return consent


@transaction.atomic
def confirm_copies(check: CopyCheck, *, by, answer: str) -> CopyCheck:
    """Note what became of copies; once. Raises DoesNotExist, NotAllowed where somebody answered already."""
    check = locked(CopyCheck.objects.visible_to(by).select_related("step__consent"), check.pk)
    if check.answer:
        raise NotAllowed("answered already")
    check.answer, check.answered_by, check.answered_at = answer, by, timezone.now()
    check.save(update_fields=["answer", "answered_by", "answered_at"])
    record("change", by=by, obj=check, purpose=f"copies_{answer}")
    return check


@transaction.atomic
def looked_at_end(case: Case, *, by) -> int:
    """Finish the task to look what may be shared now that a consent ended; returns how many there were. Raises DoesNotExist."""
    case = locked(Case.objects.for_desk(by).defer("shared"), case.pk)
    done = Task.objects.filter(case=case, kind=TaskKind.CONSENT_ENDED, done_at=None).update(done_at=timezone.now())
    if done:
        record("change", by=by, obj=case, purpose="consent_ended")
    return done


def take_away(case: Case, team: Team) -> None:
    """Take from a network that loses a case the words that it noted of consents. Part of losing it."""
    for pk in ConsentStep.objects.filter(consent__case=case.pk, team=team).values_list("pk", flat=True):
        keys.revoke(pk, team)


def _case_of(by, pk) -> tuple[Case, Team]:
    """Return a case, locked, and the team for which `by` writes."""
    if by.is_coordinator:
        return locked(Case.objects.for_desk(by).defer("shared"), pk), Team.objects.get(kind=TeamKind.DESK)
    letter = letters_worked_by(by).select_related("team").get(case=pk)
    return locked(Case.objects.defer("shared"), pk), letter.team


def _step(
    consent: Consent, case: Case, team: Team, *, by, state: str, on: datetime.date, words: str, said_by: str = "", danger: str = ""
) -> None:
    """Add an answer, and keep with the locked case what stands now: `said_by` is a Giver, `danger` an AskingDanger.

    `words` are sealed to the desk and to `team`; empty where there are none.
    """
    if said_by not in (who_answers(case.age_band, state) or {""}) or bool(danger) != (state == ConsentState.NOT_ASKED):
        raise NotAllowed(f"{state} by {said_by or danger} at {case.age_band}")
    step = ConsentStep(
        consent=consent, state=state, said_by=said_by, danger=danger, on=on, team=team, by=by, at=timezone.now()
    )
    if words.strip():
        desk = Team.objects.get(kind=TeamKind.DESK)
        holders = [desk] if team.pk == desk.pk else [desk, team]
        sealed.seal(keys.new_content_key("consent", step.pk, Purpose.SHARED, holders), step, "words", words.encode())
    step.save(force_insert=True)
    before = case.consents
    case.consents = standing_after(ConsentStep.objects.filter(consent__case=case).select_related("consent").defer("words"))
    case.save(update_fields=["consents"])
    _take_back(step, case, before)


def _take_back(step: ConsentStep, case: Case, before: Standing) -> None:
    """Ask who holds copies of what a consent no longer carries, and let the desk look at the rest."""
    ended = [to for to in before if consented(before, to) - consented(case.consents, to)]
    if ended or (step.state in NOES and sent_by_consent(case)):
        give_task(TaskKind.CONSENT_ENDED, case=case)
    if not ended:
        return
    now, checks = timezone.now(), []
    for partner in _partners_that_held(case):
        if parts := _lost(partner, case, before):
            checks.append(CopyCheck(step=step, partner=partner, parts=parts, asked_at=now))
    handed = Dispatch.objects.filter(case=case, basis=LegalBasis.CONSENT, body__in=ended)
    for row in handed.defer("sent", "receipt"):
        parts = sorted(consented(before, row.body) - consented(case.consents, row.body))
        checks.append(CopyCheck(step=step, dispatch=row, parts=parts, asked_at=now))
    CopyCheck.objects.bulk_create(checks)
    leave(may_see(_who_answers_for(checks), case), kind="copies_asked", path="/kopieen/")


def sent_by_consent(case: Case) -> list[Assignment]:
    """Return the open letters of a case that the desk sent because somebody agreed, each with its network."""
    letters = Assignment.objects.still_open().filter(case=case, basis__in=[Basis.CONSENT, Basis.GUARDIAN])
    return list(letters.select_related("team").order_by("queued_at"))


@transaction.atomic
def remind_of_copies() -> int:
    """Ask again, every week, who did not say what became of copies; returns how many. For the worker: opens nothing."""
    today = timezone.localdate()
    fresh = Q(reminded_on=None, asked_at__lt=timezone.now() - WEEK) | Q(reminded_on__lte=today - WEEK)
    waiting = CopyCheck.objects.waiting().filter(fresh).select_related("partner", "dispatch", "step__consent__case")
    rows = list(waiting.defer("step__words", "dispatch__sent", "dispatch__receipt", "step__consent__case__shared")[:AT_ONCE])
    for row in rows:
        people = may_see(_who_answers_for([row]), row.step.consent.case)
        leave(people, kind="copies_asked", path="/kopieen/", digest=True)
    return CopyCheck.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)


def _partners_that_held(case: Case) -> list[Partner]:
    """Return the partners of every network that ever had a case delivered, with what the agreement gives their kind."""
    teams = Assignment.objects.filter(case=case).exclude(delivered_at=None).values("team")
    found = Partner.objects.filter(team__in=teams).annotate(granted=as_columns("role"))
    return list(found.order_by("team", "organisation"))


def _lost(partner: Partner, case: Case, before: Standing) -> list[str]:
    """Return the parts that a partner got by consent and gets no more; what another basis gives as well is not lost."""

    def parts(standing: Standing) -> frozenset[str]:
        said = {"today": timezone.localdate(), "acute": case.urgency == Urgency.ACUTE}
        return parts_given(from_columns(partner.granted), partner.bases, consented=consented(standing, partner.role), **said)

    return sorted(parts(before) - parts(case.consents))


def _who_answers_for(checks: list[CopyCheck]):
    """The people of the partners that are asked, the leads of their networks, and who handed over outside."""
    partners = [check.partner for check in checks if check.partner]
    seats = Q(memberships__partner__in=[partner.pk for partner in partners])
    seats |= Q(memberships__team__in={partner.team_id for partner in partners}, memberships__role=Role.LEAD)
    handed = Q(pk__in=[check.dispatch.by_id for check in checks if check.dispatch])
    return User.objects.filter((seats & Q(memberships__ended_at=None)) | handed, is_active=True).only("pk").distinct()
