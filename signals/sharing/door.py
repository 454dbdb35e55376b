"""The one door to what a network reads of a case: opened for one person, cut to the parts that this person's partner gets.

Page, paper, meeting, circle and "view as" all come through here: nothing else opens `Case.shared` for the eyes of a network.
"""

from dataclasses import fields

from django.utils import timezone

from meldpunt.audit.log import record
from meldpunt.teams.agreement import ALL_PARTS, Part, as_columns, from_columns, parts_given
from meldpunt.teams.models import Team, User
from meldpunt.teams.partners import Partner
from meldpunt.vault import sealed
from meldpunt.vault.unlocking import Keyring
from signals.content import Shared, from_bytes
from signals.models import Case
from signals.sharing.consent import consented
from signals.vocabulary import Urgency

# Which fields of Shared make up a part. Contact with a referrer (Part.REFERRER) is no field, its threads ask `may_read`; what
# a network writes itself lies in its own rows (networks/casework/own_work.py).
FIELDS = {
    Part.WHO: ("name", "age_text", "school", "languages", "interpreter"),
    Part.CONTACT: ("contact", "must_not_know"),
    Part.WHERE: ("place", "happens"),
    Part.SIGNS: ("signs", "note"),
    Part.OTHERS: ("others",),
    Part.SUSPECTS: ("suspects",),
    Part.REFERRER: (),
    Part.WORK: (),
    Part.NOTES: (),
}


def cut(shared: Shared, parts: frozenset[str]) -> Shared:
    """Return `shared` with the fields of `parts` only; the rest is as if nobody had said it."""
    kept = {name for part, names in FIELDS.items() if part in parts for name in names}
    return Shared(**{one.name: getattr(shared, one.name) for one in fields(Shared) if one.name in kept})


def parts_of(partner: Partner | None, grants, case: Case) -> frozenset[str]:
    """Return the parts of `case` that somebody of `partner` gets today.

    Nobody's member and an ended partner get none, and nobody does while the case may only be kept.
    """
    if partner is None or partner.ended_at is not None or case.rests:
        return frozenset()
    acute, allowed = case.urgency == Urgency.ACUTE, consented(case.consents, partner.role)
    return parts_given(grants, partner.bases, today=timezone.localdate(), acute=acute, consented=allowed)


def parts_for(user: User, team_id: int, case: Case) -> frozenset[str]:
    """Return the parts of `case` that `user` gets as a member of the network `team_id`. No statement of its own."""
    seat = next((one for one in user.current_memberships if one.team_id == team_id), None)
    return parts_of(seat.partner, from_columns(seat.granted), case) if seat else frozenset()


def may_read(user: User, team_id: int, case: Case, part: str) -> bool:
    """Tell whether `user` gets one part of `case` as a member of the network `team_id`."""
    return part in parts_for(user, team_id, case)


def withheld(user: User, team_id: int, case: Case) -> list[str]:
    """Return the parts that `user` does not get, in words, for the page to say so."""
    return in_words(ALL_PARTS - parts_for(user, team_id, case))


def in_words(parts: frozenset[str]) -> list[str]:
    """Return parts in words, in the order of Part."""
    return [str(part.label) for part in Part if part in parts]


def shared_for(keyring: Keyring, assignment) -> Shared:
    """Return what the owner of `keyring` reads of a letter's case; the caller logs. Raises Locked, CannotOpen."""
    whole = from_bytes(Shared, sealed.peek(keyring, assignment.case, "shared"))
    return cut(whole, parts_for(keyring.user, assignment.team_id, assignment.case))


def parts_as(case: Case, partner: Partner, *, within: frozenset[str] | None = None) -> frozenset[str]:
    """Return the parts of `case` that a member of `partner` (of `partners_of`) gets, of those in `within` where it is given."""
    parts = parts_of(partner, from_columns(partner.granted), case)
    return parts if within is None else parts & within


def shared_as(keyring: Keyring, case: Case, partner: Partner, *, within: frozenset[str] | None = None) -> Shared:
    """Return what a member of `partner` reads of `case`, cut to `within` too where who looks does not get all.

    `partner` comes from `partners_of`. One row in the reading log. Raises Locked, CannotOpen.
    """
    seen = opened_as(keyring, case, partner, within=within)
    record("read", by=keyring.user, obj=case, purpose="view_as", rows=[f"partner:{partner.pk}"])
    return seen


def opened_as(keyring: Keyring, case: Case, partner: Partner, *, within: frozenset[str] | None = None) -> Shared:
    """Return what `shared_as` does for a caller that logs. Raises Locked, CannotOpen."""
    whole = from_bytes(Shared, sealed.peek(keyring, case, "shared"))
    return cut(whole, parts_as(case, partner, within=within))


def partners_of(teams: list[Team]) -> list[Partner]:
    """Return the partners of networks with what they may get, for `shared_as`; one statement."""
    found = Partner.objects.current().filter(team__in=teams).select_related("team")
    return list(found.annotate(granted=as_columns("role")).order_by("team__name", "organisation"))
