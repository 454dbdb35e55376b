"""What was agreed about contact, and where a contact breaks it. Pure.

The contract comes from the person whom it is about, where that person filed; from every referrer comes who must not know
and what must never be done (signals.content.share). A refusal stands; at a warning the member says why to go on.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from networks.casework.hours import fits
from networks.content import ContactContent
from networks.models import Way, WithWhom
from signals.content import SafeContact, Shared

# The ways in which a referrer may ask to be reached, and what a member calls them.
CHANNELS = {"phone": Way.PHONE, "text": Way.TEXT, "email": Way.EMAIL}
AT_A_DISTANCE = (Way.PHONE, Way.TEXT, Way.EMAIL, Way.LETTER)
# Words for people of a kind: whoever must not know is often called by one of them.
FAMILY_WORDS = (
    "vader", "moeder", "ouder", "ouders", "papa", "mama", "stiefvader", "stiefmoeder", "broer", "broers", "broertje",
    "zus", "zussen", "zusje", "oom", "tante", "opa", "oma", "neef", "nicht", "familie", "gezin", "thuis", "huis",
)  # fmt: skip
KINDS = {
    WithWhom.FAMILY: frozenset(FAMILY_WORDS),
    WithWhom.SCHOOL: frozenset(("school", "mentor", "docent", "leraar", "lerares", "klas", "conciërge")),
    WithWhom.CARE: frozenset(("hulpverlener", "hulpverlening", "zorg", "jeugdzorg", "huisarts", "dokter")),
    WithWhom.POLICE: frozenset(("politie", "wijkagent", "agent")),
    WithWhom.MUNICIPALITY: frozenset(("gemeente", "wethouder", "leerplicht", "leerplichtambtenaar")),
    WithWhom.CIRCLE: frozenset(("vriend", "vriendin", "vrienden", "vriendinnen", "klasgenoot", "klasgenoten", "buurman", "buurvrouw")),
}  # fmt: skip
# Words for a way of contact: what the person asks never to do is often one of them.
WAYS = {
    Way.PHONE: frozenset(("bel", "bellen", "belt", "gebeld", "opbellen", "terugbellen", "telefoon", "telefoontje", "call", "phone")),
    Way.TEXT: frozenset(("app", "appen", "appje", "whatsapp", "sms", "smsen", "bericht", "berichten", "berichtje", "text")),
    Way.EMAIL: frozenset(("mail", "mailen", "mailtje", "email")),
    Way.MEETING: frozenset(("langs", "langskomen", "langsgaan", "aanbellen", "bezoek", "bezoeken", "opzoeken", "visit")),
    Way.LETTER: frozenset(("brief", "brieven", "post", "letter")),
}
# Who is meant with the whole of a kind.
WHOLE = frozenset(("ouders", "familie", "gezin", "school", "politie", "gemeente", "jeugdzorg", "zorg", "hulpverlening"))
EMPTY_WORDS = frozenset((
    "de", "het", "een", "en", "of", "van", "met", "mijn", "zijn", "haar", "hun", "die", "dat", "dit", "niet", "ook", "naar",
    "bij", "aan", "op", "in", "uit", "voor", "te", "is", "mag", "mogen", "wel", "geen", "nooit",
))  # fmt: skip


@dataclass(frozen=True)
class Breach:
    """One thing that a contact breaks: a sentence, and whether it is refused or may go on with a reason."""

    sentence: str
    refused: bool


def is_there(shared: Shared) -> bool:
    """Tell whether anything was agreed."""
    return bool(shared.must_not_know or shared.contact.how or shared.contact.never)


def breaches(shared: Shared, contact: ContactContent, held_at: datetime) -> list[Breach]:
    """Return what a contact at `held_at` (aware, Dutch local time) breaks of what is agreed; refusals first."""
    found = _who_must_not_know(shared.must_not_know, contact)
    if contact.with_whom == WithWhom.PERSON:
        found += _channel(shared.contact, contact.how) + _moment(shared.contact, held_at)
    found += _never(shared.contact.never, contact)
    return sorted(found, key=lambda breach: not breach.refused)


def _channel(contract: SafeContact, how: str) -> list[Breach]:
    if not contract.how:
        return []
    far = how in AT_A_DISTANCE
    if contract.how == "none" or not contract.allowed:
        said = gettext("Deze persoon wil geen contact. Overleg eerst met het meldpunt.")
        return [Breach(said, far)]
    if contract.how == "code":
        said = gettext("Contact kan alleen via het meldpunt: afgesproken is alleen met de code.")
        return [Breach(said, far)]
    if far and how != CHANNELS[contract.how]:
        agreed = {"phone": gettext("bellen"), "text": gettext("appen of sms"), "email": gettext("mailen")}
        said = gettext("Dit is geen veilige manier. Afgesproken is: %(how)s.") % {"how": agreed[contract.how]}
        return [Breach(said, True)]
    return []


def _moment(contract: SafeContact, held_at: datetime) -> list[Breach]:
    if not contract.when or (verdict := fits(contract.when, held_at)):
        return []
    words = {"when": contract.when}
    if verdict is False:
        return [Breach(gettext("Dit is buiten de tijd. Afgesproken is: ‘%(when)s’.") % words, False)]
    return [Breach(gettext("Kijk zelf of de tijd klopt. Afgesproken is: ‘%(when)s’.") % words, False)]


def _who_must_not_know(secret_from: str, contact: ContactContent) -> list[Breach]:
    if not secret_from or contact.with_whom == WithWhom.PERSON:
        return []
    kept_from, met = _words(secret_from), _words(contact.who)
    of_kind = KINDS.get(contact.with_whom, frozenset())
    if kept_from & met or kept_from & of_kind & WHOLE:
        return [Breach(gettext("Deze persoon mag het niet weten: ‘%(who)s’.") % {"who": secret_from}, True)]
    if kept_from & of_kind or not met:
        return [Breach(gettext("Weet je zeker dat dit iemand anders is? ‘%(who)s’ mag het niet weten.") % {"who": secret_from}, False)]
    return []


def _never(never: str, contact: ContactContent) -> list[Breach]:
    if not never:
        return []
    theirs = WAYS.get(contact.how, frozenset()) if contact.with_whom == WithWhom.PERSON else KINDS.get(contact.with_whom, frozenset())
    about = _words(never) & (theirs | _words(contact.who))
    if about or contact.with_whom == WithWhom.FAMILY:
        return [Breach(gettext("Dit mag nooit: ‘%(never)s’. Past dit contact daarbij?") % {"never": never}, False)]
    return []


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", text.lower()) if word not in EMPTY_WORDS)
