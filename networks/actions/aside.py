"""Who is involved steps away from a case of the network: out of sight, and what that person had in hand goes on."""

from django.db import transaction
from django.utils import timezone

from networks.models import Action, Appointment
from signals.actions import shielding
from signals.models import Assignment, Case, Shield
from signals.shielding.people import kept_from


@transaction.atomic
def keep_out(assignment: Assignment, user, *, by, keyring, reason: str, words: str = "") -> Shield:
    """Keep the colleague `user` of the same network out of the case, as `by` asks; raises as shielding.keep_out does."""
    pass_on(assignment.case, [user.pk])
    return shielding.keep_out(
        assignment.case, user, by=by, keyring=keyring, reason=reason, words=words, letter=assignment
    )


@transaction.atomic
def step_aside(assignment: Assignment, *, by) -> Shield:
    """Keep oneself out of the case. Raises DoesNotExist where `by` does not see it any more."""
    pass_on(assignment.case, [by.pk])
    return shielding.step_aside(assignment.case, by=by, letter=assignment)


def pass_on(case: Case, users=None) -> None:
    """Take open actions and posts of `case` from `users`, by default all who are kept out: the owner of the case has them.

    Part of a larger act, which records.
    """
    out = kept_from(case) if users is None else users
    letters = Assignment.objects.filter(case=case)
    Action.objects.still_open().filter(assignment__in=letters, owner__in=out).update(owner=None, reminded_on=None)
    Appointment.objects.filter(assignment__in=letters, person__in=out, until=None).update(until=timezone.now())
