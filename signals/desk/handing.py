"""What the desk shows of contact that it may hand to a network, and of a closed case that may open again."""

from dataclasses import dataclass

from meldpunt.audit.log import record
from meldpunt.vault import sealed
from signals import content
from signals.actions import reopening
from signals.models import Assignment, Case, Message, MessageKind, ReopenProposal, Signal
from signals.workflow import AssignmentState


def may_have(user, signal: Signal) -> list[Assignment]:
    """Return the letters of the signal's case that a network has accepted: who may get contact with the referrer."""
    found = Assignment.objects.visible_to(user).filter(case=signal.case_id, state=AssignmentState.ACCEPTED)
    return list(found.select_related("team", "case").order_by("part", "pk"))


def terms_for(keyring, signal: Signal) -> content.SafeContact:
    """Return what a referrer agreed about contact, as it holds now, without where to reach this person.

    One row in the reading log. Raises Locked, CannotOpen.
    """
    report = content.from_bytes(content.Report, sealed.peek(keyring, signal, "report"))
    terms = report.contact
    granted = Message.objects.filter(signal=signal, kind=MessageKind.CONTACT, granted=True).order_by("-settled_at").first()
    if granted:
        new = content.from_bytes(content.NewContact, sealed.peek(keyring, granted, "amendment"))
        terms.how, terms.when, terms.say = new.how, new.when, new.say
    record("read", by=keyring.user, obj=signal, purpose="contact_terms")
    return terms


@dataclass(frozen=True)
class Closed:
    """A closed case: what was proposed and waits, who knew it, and which networks may have it again."""

    proposals: list[ReopenProposal]
    knew: list
    teams: list

    @property
    def not_safe(self) -> bool:
        """Whether aftercare found that somebody is not safe."""
        return any(proposal.signal is None for proposal in self.proposals)


def closed_case(user, case: Case) -> Closed:
    """Return what a coordinator needs to decide whether a closed case opens again."""
    waiting = ReopenProposal.objects.visible_to(user).waiting().filter(case=case).select_related("signal")
    waiting = waiting.defer("signal__report", "signal__headline", "signal__filed_once")
    seen = set(Signal.objects.visible_to(user).filter(pk__in=[row.signal_id for row in waiting]).values_list("pk", flat=True))
    proposals = [row for row in waiting if row.signal_id is None or row.signal_id in seen]
    return Closed(proposals, reopening.who_knew(case), reopening.may_have_it_again(case))
