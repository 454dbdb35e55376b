"""Practice: a plan, consent, contact with a referrer that was handed over, and aftercare, by the actions that people use."""

import datetime
import uuid

from django.utils import timezone

from meldpunt.teams.agreement import Part
from meldpunt.teams.partners import PartnerRole
from meldpunt.vault import referrers
from meldpunt.vault.unlocking import Keyring
from networks.actions import aftercare, coordination, plans
from networks.actions.outcome import After
from networks.content import PlanContent
from networks.models import Pulse
from signals import content
from signals.actions import consenting, contact
from signals.models import Assignment, Signal
from signals.models.consent import ConsentState
from signals.sharing.consent import who_answers

WISH = PlanContent("Oefening: ‘Ik wil weer naar school, en dat er geen ruzie meer is thuis.’", "de persoon zelf en de mentor")
GOALS = (
    ("Oefening: weer vier dagen per week naar school.", "de mentor", 30, "under_way", "Komt nu drie ochtenden."),
    ("Oefening: een nieuw nummer, en weten wie dat heeft.", "", -3, "not_begun", ""),
    ("Oefening: één volwassene thuis weet wat er speelt.", "een tante", 14, "reached", "De tante weet het."),
)
TERMS = content.SafeContact(allowed=True, how="code", say="Zeg dat het over school gaat.", never="Bel niet.")
AFTER = After(helped="Oefening: de mentor was het vaste gezicht.", hindered="Oefening: het wachten op een gesprek.")
CONSENT = "Oefening: rustig gevraagd na school. Wil er een nacht over slapen."
PULSE = "Oefening: gaat weer naar school. De tante belt elke week."


def plan(letter: Assignment, lead: Keyring, member) -> None:
    """Appoint who coordinates and who is the contact, write the wish and the goals."""
    by = {"by": lead.user, "keyring": lead}
    coordination.appoint(letter, post="coordinator", person=lead.user, **by)
    coordination.appoint(letter, post="contact", party="referrer", who="Oefening: de mentor", **by)
    coordination.appoint(letter, post="contact", person=member, words="Oefening: klikt goed.", **by)
    plans.write_wish(letter, version=0, said=WISH, **by)
    for words, who, days, state, how in GOALS:
        due_on = timezone.localdate() + datetime.timedelta(days=days)
        goal = plans.set_goal(letter, words=words, who=who, owner=member, due_on=due_on, **by)
        if how:
            plans.say_how(goal, version=1, state=state, words=how, **by)


def hand_contact(letter: Assignment, desk: Keyring) -> None:
    """Let the desk hand contact with the first referrer who has a code to the network."""
    for signal in Signal.objects.visible_to(desk.user).filter(case=letter.case_id).order_by("filed_at"):
        if referrers.has_code(signal.pk):
            contact.hand_over(signal, letter, by=desk.user, keyring=desk, terms=TERMS, version=signal.version)
            return


def ask_consent(letter: Assignment, lead: Keyring) -> None:
    """Ask whether the signs may go to the school; the answer waits."""
    who = max(who_answers(letter.case.age_band, ConsentState.ASKED))
    said = {"state": ConsentState.ASKED, "said_by": who, "on": timezone.localdate(), "words": CONSENT}
    where = {"receivers": [PartnerRole.SCHOOL.value], "parts": [Part.SIGNS.value]}
    consenting.ask(letter.case, by=lead.user, once=uuid.uuid4(), **where, **said)


def ask_how_it_goes(letter: Assignment, lead: Keyring) -> None:
    """Let the first pulse of a closed case be due, and answer it."""
    pulse = Pulse.objects.visible_to(lead.user).filter(assignment=letter, number=1).first()
    if pulse is not None:
        Pulse.objects.filter(pk=pulse.pk).update(due_at=timezone.now() - datetime.timedelta(days=1))
        aftercare.answer(pulse, by=lead.user, keyring=lead, words=PULSE, safe_now="partly")
        Pulse.objects.filter(assignment=letter, number=2).update(due_at=timezone.now() - datetime.timedelta(days=2))
