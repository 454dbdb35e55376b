"""Practice: carries filed reports on by the very actions that people use, so that every list has something to show."""

import datetime
import time

from django.utils import timezone

from meldpunt.teams.models import Role, Team, User
from meldpunt.vault import unlocking
from meldpunt.vault.unlocking import Keyring
from networks import practice_meetings
from networks import practice_plans as plans
from networks.actions import casework, circle, contacts, outcome
from networks.circle.reading import peers_named
from networks.content import ContactContent
from signals.actions import leases, routing, triage
from signals.models import Assignment, Case, Signal
from signals.workflow import AssignmentState, Decision, Reason

UNTOUCHED = 20
TAKEN_UP = 5
DELIVERY_SECONDS = 60
# What becomes of one routed case after another; the last word repeats. Each network meets each of them.
FATES = ("closed", "accepted", "delivered", "opened", "returned", "accepted", "closed", "delivered")
OUTCOMES = (("handled_in_network", False, "yes"), ("handled_in_network", False, "partly"), ("youth_care", True, "partly"))
WITHOUT_CASE = (
    (Decision.ADVICE, Reason.ONLY_ADVICE),
    (Decision.NO_SIGNAL, Reason.TOO_LITTLE),
    (Decision.REFERRED, Reason.OTHER_BODY),
)
ACTIONS = (
    ("care", "Oefening: met de zorgcoördinator bespreken wie de vaste hulp wordt.", -5),
    ("school", "Oefening: met mentor en zorgcoördinator praten over het verzuim.", -2),
    ("surroundings", "Oefening: de tante betrekken, met goedvinden.", 1),
    ("preventive", "Oefening: account en beelden melden, met hulp van de politie.", 4),
)
RESULT = "Oefening: er is een vaste hulpverlener."
CONTACT = ContactContent(
    with_whom="school", who="zorgcoördinator", how="phone", reached="appointment",
    words="Oefening: wil meedenken en wacht op ons.", anyway="Oefening: deze persoon hoort bij de aanpak.",
)  # fmt: skip
NOTE = "Oefening: gebeld met de mentor. Volgende week praten we op school."


class Practice:
    """The practice people with their keys unlocked, and the reports that they work on."""

    def __init__(self, accounts: list[dict], results: list[dict], lines: list[dict]):
        """Take the rows of practice.json, what file_reports wrote, and the lines that were filed."""
        self.accounts = {account["email"]: account for account in accounts}
        self.reference = {result["id"]: result["reference"] for result in results}
        self.lines = lines
        self.rings: dict[str, Keyring] = {}

    def ring(self, email: str) -> Keyring:
        """The keyring of one practice account; its password opens it, as at sign-in."""
        if email not in self.rings:
            user = User.objects.get(email=email)
            cookie, secret = unlocking.unlock(user, self.accounts[email]["password"])
            unlocking.lock(cookie)
            self.rings[email] = Keyring(user, secret)
        return self.rings[email]

    def carry_on(self) -> dict[str, int]:
        """Decide on most signals, route the cases, let the networks work; returns how many of each."""
        untouched = min(UNTOUCHED, len(self.lines) // 4)
        rest = len(self.lines) - untouched
        worked, taken = self.lines[: rest - TAKEN_UP], self.lines[rest - TAKEN_UP : rest]
        for line in taken:
            leases.take_up(self._signal(line), by=self.ring("karim@practice.test").user)
        cases = [case for line in worked if (case := self.decide(line))]
        letters = [letter for case in cases if (letter := self.route(case))]
        self._wait_for_the_postman()
        met: dict[int, int] = {}
        for letter in letters:
            turn = met[letter.team_id] = met.get(letter.team_id, -1) + 1
            self._work(letter, FATES[turn % len(FATES)], turn)
        for team in Team.objects.filter(pk__in=met):
            practice_meetings.meet(team, self.ring(f"lead-{team.slug}@practice.test"))
        return {"cases": len(cases), "routed": len(letters)}

    def _signal(self, line: dict) -> Signal:
        return Signal.objects.get(reference=self.reference[line["id"]])

    def decide(self, line: dict) -> Case | None:
        """Decide on one signal; returns the case that it opened, or None."""
        desk = self.ring("sanne@practice.test")
        signal = self._signal(line)
        common = {"by": desk.user, "keyring": desk, "version": signal.version}
        earlier = line["same_victim_as"] and Signal.objects.get(reference=self.reference[line["same_victim_as"]])
        if earlier and earlier.case_id:
            triage.decide(
                signal, decision=Decision.JOINED, reason=Reason.SAME_PERSON, case=Case(pk=earlier.case_id), **common
            )
            return None
        if signal.urgency == "normal" and signal.municipality_id is None or line["referrer_role"] == "neighbour":
            decision, reason = WITHOUT_CASE[len(line["narrative"]) % len(WITHOUT_CASE)]
            triage.decide(signal, decision=decision, reason=reason, **common)
            return None
        return triage.decide(signal, decision=Decision.NEW_CASE, reason=Reason.ENOUGH_SIGNS, **common).case

    def route(self, case: Case) -> Assignment | None:
        """Route a case to the network of its municipality; one without a municipality stays with the desk."""
        if case.municipality_id is None:
            return None
        team = Team.objects.get(coverage__municipality=case.municipality_id)
        desk = self.ring("sanne@practice.test")
        case.refresh_from_db(fields=["version"])
        return routing.route(
            case, by=desk.user, keyring=desk, team=team, reason=Reason.LIVES_THERE, version=case.version
        )

    def _wait_for_the_postman(self) -> None:
        """Wait until the worker has delivered every letter; what it has not by then, the sweep will."""
        until = time.monotonic() + DELIVERY_SECONDS
        while Assignment.objects.filter(state=AssignmentState.QUEUED).exists() and time.monotonic() < until:
            time.sleep(0.2)

    def _work(self, letter: Assignment, fate: str, turn: int) -> None:
        """Let the network's lead do with a delivered letter what `fate` says."""
        lead = self.ring(f"lead-{letter.team.slug}@practice.test")
        if fate == "delivered" or not Assignment.objects.filter(pk=letter.pk, state="delivered").exists():
            return
        letter = routing.open_letter(letter, by=lead.user)
        if fate == "returned":
            routing.give_back(letter, by=lead.user, keyring=lead, reason=Reason.WRONG_NETWORK)
        if fate in ("accepted", "closed"):
            letter = routing.accept(letter, by=lead.user)
            casework.write_note(letter, by=lead.user, keyring=lead, words=NOTE)
            self._get_to_work(letter, lead, turn)
            member = letter.team.active_users(Role.MEMBER).order_by("email").first() or lead.user
            plans.plan(letter, lead, member)
        if fate == "accepted":
            practice_meetings.draw_circle(letter, lead)
            plans.ask_consent(letter, lead)
            plans.hand_contact(letter, self.ring("sanne@practice.test"))
        if fate == "closed":
            self._ask_after_peers(letter, lead)
            result, youth_care, safe = OUTCOMES[turn % len(OUTCOMES)]
            outcome.close(
                letter, by=lead.user, keyring=lead, outcome=result, youth_care_needed=youth_care, safe_now=safe,
                after=plans.AFTER,
            )  # fmt: skip
            plans.ask_how_it_goes(letter, lead)

    def _ask_after_peers(self, letter: Assignment, lead: Keyring) -> None:
        """Put who the reports name into the circle, and answer for each whether she or he is approached too."""
        for row in circle.take_over_named(letter, by=lead.user, keyring=lead, named=peers_named(lead, letter)):
            if row.is_peer:
                circle.answer(row, by=lead.user, keyring=lead, version=row.version, approached="no")

    def _get_to_work(self, letter: Assignment, lead: Keyring, turn: int) -> None:
        """Plan actions, of which one is done and some are late, and write a contact with school down."""
        member = letter.team.active_users(Role.MEMBER).order_by("email").first() or lead.user
        today = timezone.localdate()
        for at, (kind, words, days) in enumerate(ACTIONS):
            due_on = today + datetime.timedelta(days=days + turn % 4)
            owner = lead.user if at % 2 else member
            action = casework.plan_action(
                letter, by=lead.user, keyring=lead, kind=kind, words=words, owner=owner, due_on=due_on
            )
            if at == 0:
                casework.finish_action(action, by=lead.user, keyring=lead, version=1, result=RESULT)
        contacts.note_contract_read(letter, by=lead.user)
        held_at = timezone.now() - datetime.timedelta(hours=3)
        contacts.write_contact(letter, by=lead.user, keyring=lead, held_at=held_at, said=CONTACT)
