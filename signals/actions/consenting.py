"""Writing down what the person concerned agrees to, and what that opens and closes."""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.models import Team, TeamKind
from meldpunt.vault import keys, sealed
from meldpunt.vault.models import Purpose
from signals.actions import Clash, copies
from signals.actions.history import locked
from signals.actions.tasks import give_task
from signals.models import Assignment, Case, Consent, ConsentStep, Task
from signals.models.consent import ConsentState, letters_worked_by
from signals.models.task import TaskKind
from signals.sharing.consent import FIRST, NEXT, Standing, consented, standing_after, who_answers
from signals.vocabulary import Basis
from signals.workflow import NotAllowed

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

    Raises DoesNotExist, Clash, NotAllowed (not after what was said before, on a day before it, or by who may not), NotTrusted.
    """
    case, team = _case_of(by, consent.case_id)
    consent = locked(Consent.objects.visible_to(by), consent.pk)
    if consent.version != version:
        raise Clash
    if said["state"] not in NEXT[consent.state]:
        raise NotAllowed(f"{consent.state} → {said['state']}")
    if said["on"] < consent.last_day:  # what stands goes by the days: a withdrawal must not come before its yes
        raise NotAllowed(f"said on {said['on']}, after {consent.last_day}")
    consent.state, consent.version = said["state"], version + 1
    if consent.state == ConsentState.GIVEN:
        consent.until = until
    consent.save(update_fields=["state", "version", "until"])
    _step(consent, case, team, by=by, **said)
    record("change", by=by, team=team, obj=case, purpose=f"consent_{said['state']}")
    return consent


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
    if ended:
        copies.ask_after(step, case, before, ended)


def sent_by_consent(case: Case) -> list[Assignment]:
    """Return the open letters of a case that the desk sent because somebody agreed, each with its network."""
    letters = Assignment.objects.still_open().filter(case=case, basis__in=[Basis.CONSENT, Basis.GUARDIAN])
    return list(letters.select_related("team").order_by("queued_at"))
