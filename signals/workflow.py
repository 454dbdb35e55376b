"""States and transitions: tables, nothing else. What is not in the table cannot happen (product.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotAllowed(Exception):
    """A transition that is not in the table."""


class SignalState(models.TextChoices):
    RECEIVED = "received", _("Nieuw")
    IN_TRIAGE = "in_triage", _("In beoordeling")
    ASKED = "asked", _("Wacht op antwoord")
    DECIDED = "decided", _("Besloten")
    DESTROYED = "destroyed", _("Vernietigd")


class Decision(models.TextChoices):
    NEW_CASE = "new_case", _("Nieuwe zaak")
    JOINED = "joined", _("Bij een zaak gevoegd")
    ADVICE = "advice", _("Advies gegeven")
    REFERRED = "referred", _("Naar een ander verwezen")
    NO_SIGNAL = "no_signal", _("Geen signaal")
    DUPLICATE = "duplicate", _("Dubbel")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class CaseState(models.TextChoices):
    ASSESSED = "assessed", _("Bij het meldpunt")
    ROUTING = "routing", _("Onderweg")
    WITH_NETWORK = "with_network", _("Bij het netwerk")
    CLOSED = "closed", _("Afgesloten")
    DESTROYED = "destroyed", _("Vernietigd")


class AssignmentState(models.TextChoices):
    QUEUED = "queued", _("Wordt bezorgd")
    DELIVERED = "delivered", _("Aangekomen")
    OPENED = "opened", _("Geopend")
    ACCEPTED = "accepted", _("Aangenomen")
    ENDED = "ended", _("Klaar")
    RECALLED = "recalled", _("Teruggehaald")
    RETURNED = "returned", _("Teruggegeven")
    TRANSFERRED = "transferred", _("Overgedragen")


SIGNAL = {
    SignalState.RECEIVED: {SignalState.IN_TRIAGE},
    SignalState.IN_TRIAGE: {SignalState.ASKED, SignalState.DECIDED, SignalState.RECEIVED},
    SignalState.ASKED: {SignalState.IN_TRIAGE, SignalState.DECIDED},
    SignalState.DECIDED: {SignalState.IN_TRIAGE, SignalState.DESTROYED},
    SignalState.DESTROYED: set(),
}
CASE = {
    CaseState.ASSESSED: {CaseState.ROUTING, CaseState.CLOSED},
    CaseState.ROUTING: {CaseState.WITH_NETWORK, CaseState.ASSESSED},
    CaseState.WITH_NETWORK: {CaseState.ASSESSED, CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.WITH_NETWORK, CaseState.ASSESSED, CaseState.DESTROYED},
    CaseState.DESTROYED: set(),
}
_A = AssignmentState
ASSIGNMENT = {
    _A.QUEUED: {_A.DELIVERED, _A.RECALLED, _A.ENDED},
    _A.DELIVERED: {_A.OPENED, _A.RECALLED, _A.RETURNED, _A.ENDED},
    _A.OPENED: {_A.ACCEPTED, _A.RECALLED, _A.RETURNED, _A.ENDED},
    _A.ACCEPTED: {_A.ENDED, _A.RECALLED, _A.RETURNED, _A.TRANSFERRED},
    _A.ENDED: set(),
    _A.RECALLED: set(),
    _A.RETURNED: set(),
    _A.TRANSFERRED: set(),
}
OPEN_ASSIGNMENT = (_A.QUEUED, _A.DELIVERED, _A.OPENED, _A.ACCEPTED)
TABLES = {"signal": SIGNAL, "case": CASE, "assignment": ASSIGNMENT}


def check(kind: str, old: str, new: str) -> None:
    """Raise NotAllowed unless an object of `kind` (signal, case, assignment) may go from `old` to `new`."""
    if new not in TABLES[kind][old]:
        raise NotAllowed(f"{kind}: {old} -> {new}")


class Reason(models.TextChoices):
    """Preset reasons, in clear; own words beside them are sealed."""

    FILED = "filed", _("Binnengekomen")
    TAKEN_UP = "taken_up", _("Opgepakt")
    TAKEN_OVER = "taken_over", _("Overgenomen")
    LET_GO = "let_go", _("Losgelaten")
    LATER = "later", _("Komt later terug")
    BACK_NOW = "back_now", _("Weer in de lijst gezet")
    ENOUGH_SIGNS = "enough_signs", _("Genoeg tekens om te handelen")
    DANGER = "danger", _("Er is gevaar")
    SAME_PERSON = "same_person", _("Gaat over dezelfde persoon")
    ONLY_ADVICE = "only_advice", _("De melder vroeg om advies")
    OTHER_BODY = "other_body", _("Een andere organisatie past beter")
    OUTSIDE = "outside", _("Woont buiten Overijssel")
    TOO_LITTLE = "too_little", _("Te weinig om iets mee te doen")
    NOT_TRAFFICKING = "not_trafficking", _("Dit is geen mensenhandel")
    SAME_REPORT = "same_report", _("Dezelfde melding, nog een keer")
    LIVES_THERE = "lives_there", _("Woont in dit gebied")
    SLEEPS_THERE = "sleeps_there", _("Slaapt in dit gebied")
    KNOWN_THERE = "known_there", _("Is daar al bekend")
    DELIVERED = "delivered", _("Aangekomen")
    OPENED = "opened", _("Geopend")
    ACCEPTED = "accepted", _("Aangenomen")
    WRONG_NETWORK = "wrong_network", _("Hoort bij een ander netwerk")
    NO_CAPACITY = "no_capacity", _("Er is nu niemand die dit kan oppakken")
    INVOLVED = "involved", _("Iemand van ons is betrokken")
    NEED_MORE = "need_more", _("Er is meer informatie nodig")
    MISTAKE = "mistake", _("Vergissing")
    HANDED_OVER = "handed_over", _("Overgedragen buiten de netwerken")
    CLOSED = "closed", _("Afgesloten met een uitkomst")
    NEW_FACTS = "new_facts", _("Er is iets nieuws")
    AGED = "aged", _("Wachtte te lang: dringender gemaakt")
    UNDONE = "undone", _("Versturen ongedaan gemaakt")
    CORRECTED = "corrected", _("Verbeterd")
    NOTED = "noted", _("Notitie")
    REVEALED = "revealed", _("Gegevens getoond, met een eigen reden")
    LAPSED = "lapsed", _("Vanzelf losgelaten: tien minuten niets gedaan")
    COLLEAGUE_AWAY = "colleague_away", _("De collega is er niet")
    AGREED = "agreed", _("Zo afgesproken met de collega")
    SIGNAL_ADDED = "signal_added", _("Een melding erbij gevoegd")
    SIGNAL_REMOVED = "signal_removed", _("Een melding losgemaakt")
    OTHER_PERSON = "other_person", _("Gaat over iemand anders")
    MERGED = "merged", _("Samengevoegd met een andere zaak")
    ASKED = "asked", _("Gevraagd aan de melder")
    ANSWERED = "answered", _("De melder schreef iets")
    ASKED_FOR_IT = "asked_for_it", _("De melder vroeg erom, en dat is nagegaan")
    NOT_CONFIRMED = "not_confirmed", _("Verzoek van de melder niet bevestigd")
    FILE_HELD = "file_held", _("Bestand gemarkeerd: niet openen")
    FILE_RELEASED = "file_released", _("Bestand mag weer open")
    CONTACT_HANDED = "contact_handed", _("Contact met de melder gegeven aan het netwerk")
    CONTACT_BACK = "contact_back", _("Contact met de melder terug bij het meldpunt")
    NOT_AGAIN = "not_again", _("Niet heropend: dit verandert niets")
    NOT_SAFE = "not_safe", _("Bij de nazorg bleek het niet veilig")
    KEPT_OUT = "kept_out", _("Een collega kan dit niet meer zien")
    LET_IN = "let_in", _("Een collega kan dit weer zien")
    STEPPED_ASIDE = "stepped_aside", _("Een collega stapte opzij")
    OTHER = "other", _("Andere reden")


DECISION_REASONS = {
    Decision.NEW_CASE: (Reason.ENOUGH_SIGNS, Reason.DANGER, Reason.OTHER),
    Decision.JOINED: (Reason.SAME_PERSON, Reason.OTHER),
    Decision.ADVICE: (Reason.ONLY_ADVICE, Reason.OTHER),
    Decision.REFERRED: (Reason.OTHER_BODY, Reason.OUTSIDE, Reason.OTHER),
    Decision.NO_SIGNAL: (Reason.TOO_LITTLE, Reason.NOT_TRAFFICKING, Reason.OTHER),
    Decision.DUPLICATE: (Reason.SAME_REPORT, Reason.OTHER),
}
ROUTE_REASONS = (Reason.LIVES_THERE, Reason.SLEEPS_THERE, Reason.KNOWN_THERE, Reason.OTHER)
# A network is proposed for where the person lives or sleeps (signals/routing.py).
PROPOSED_REASON = Reason.LIVES_THERE
RETURN_REASONS = (Reason.WRONG_NETWORK, Reason.NO_CAPACITY, Reason.INVOLVED, Reason.NEED_MORE, Reason.OTHER)
RECALL_REASONS = (Reason.MISTAKE, Reason.WRONG_NETWORK, Reason.NEW_FACTS, Reason.OTHER)
REOPEN_REASONS = (Reason.NEW_FACTS, Reason.MISTAKE, Reason.OTHER)
REOPEN_CASE_REASONS = (Reason.NEW_FACTS, Reason.SAME_PERSON, Reason.NOT_SAFE, Reason.MISTAKE, Reason.OTHER)
TAKE_OVER_REASONS = (Reason.COLLEAGUE_AWAY, Reason.AGREED, Reason.DANGER, Reason.OTHER)
JOIN_REASONS = (Reason.SAME_PERSON, Reason.OTHER)
SEPARATE_REASONS = (Reason.OTHER_PERSON, Reason.MISTAKE, Reason.OTHER)
