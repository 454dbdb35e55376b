"""Asking what became of copies of what was shared by a consent that ended, again every week, and noting the answer."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.notices.actions import leave
from meldpunt.teams.agreement import as_columns, from_columns, parts_given
from meldpunt.teams.models import Role, User
from meldpunt.teams.partners import LegalBasis, Partner
from signals.actions.history import locked
from signals.models import Assignment, Case, ConsentStep, CopyCheck, Dispatch
from signals.sharing.consent import Standing, consented
from signals.shielding.people import may_see
from signals.vocabulary import Urgency
from signals.workflow import NotAllowed

WEEK = datetime.timedelta(days=7)
AT_ONCE = 200
PAGE = "/kopieen/"


def ask_after(step: ConsentStep, case: Case, before: Standing, ended: list[str]) -> None:
    """Ask every partner that gets a part no more, and who handed the case over to one of `ended` by consent.

    `before` is what stood before `step`; what stands now lies with the case. Part of the step.
    """
    now, checks = timezone.now(), []
    for partner in _partners_that_held(case):
        if parts := _lost(partner, case, before):
            checks.append(CopyCheck(step=step, partner=partner, parts=parts, asked_at=now))
    handed = Dispatch.objects.filter(case=case, basis=LegalBasis.CONSENT, body__in=ended)
    for row in handed.defer("sent", "receipt"):
        parts = sorted(consented(before, row.body) - consented(case.consents, row.body))
        checks.append(CopyCheck(step=step, dispatch=row, parts=parts, asked_at=now))
    CopyCheck.objects.bulk_create(checks)
    leave(may_see(_who_answers_for(checks), case), kind="copies_asked", path=PAGE)


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
def remind_of_copies() -> int:
    """Ask again, every week, who did not say what became of copies; returns how many. For the worker: opens nothing."""
    today = timezone.localdate()
    fresh = Q(reminded_on=None, asked_at__lt=timezone.now() - WEEK) | Q(reminded_on__lte=today - WEEK)
    waiting = CopyCheck.objects.waiting().filter(fresh).select_related("partner", "dispatch", "step__consent__case")
    rows = list(waiting.defer("step__words", "dispatch__sent", "dispatch__receipt", "step__consent__case__shared")[:AT_ONCE])
    for row in rows:
        people = may_see(_who_answers_for([row]), row.step.consent.case)
        leave(people, kind="copies_asked", path=PAGE, digest=True)
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
