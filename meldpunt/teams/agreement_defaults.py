"""What each kind of partner gets before an administrator says otherwise (reference/domain-nl.md §4).

A public task carries most of it (GDPR article 6(1) e). School and health care have no such task here: a school must see to
safety on its premises (legal duty), care asks for consent. In danger both get more. Suspects are criminal data (article
10): only who has a task in law. What colleagues write themselves says more than the one reading needs: notes, contacts and
files go to who leads, weighs or helps; actions and plan also to who has to act on them. An organisation of another kind gets
nothing until somebody says so.
"""

from meldpunt.teams.agreement import Agreement, Part
from meldpunt.teams.partners import LegalBasis, PartnerRole

TASK, VITAL, DUTY, CONSENT = (
    LegalBasis.PUBLIC_TASK,
    LegalBasis.VITAL_INTEREST,
    LegalBasis.LEGAL_DUTY,
    LegalBasis.CONSENT,
)
ABOUT = (Part.WHO, Part.CONTACT)
STORY = (Part.WHERE, Part.SIGNS)
OWN = (Part.WORK, Part.NOTES)
# Kind of partner → purpose, and on which basis which parts.
DEFAULTS = {
    PartnerRole.MUNICIPALITY: ("De aanpak leiden en hulp regelen.", {TASK: tuple(Part)}),
    PartnerRole.SAFE_HOME: ("Wegen of het veilig is.", {TASK: (*ABOUT, *STORY, Part.OTHERS, Part.SUSPECTS, *OWN)}),
    PartnerRole.YOUTH_CARE: (
        "Hulp geven aan een jongere.",
        {TASK: (*ABOUT, *STORY, Part.OTHERS, Part.REFERRER, *OWN), VITAL: (Part.SUSPECTS,)},
    ),
    PartnerRole.POLICE: (
        "Veiligheid en opsporing.",
        {TASK: (*ABOUT, *STORY, Part.OTHERS, Part.SUSPECTS, Part.WORK)},
    ),
    PartnerRole.PROSECUTION: ("Vervolging.", {TASK: (Part.WHO, *STORY, Part.SUSPECTS)}),
    PartnerRole.SCHOOL: ("Veilig naar school gaan.", {DUTY: ABOUT, CONSENT: STORY, VITAL: STORY}),
    PartnerRole.HEALTH_CARE: (
        "Zorg geven.",
        {CONSENT: (*ABOUT, Part.SIGNS, Part.WORK), VITAL: (*ABOUT, *STORY, Part.WORK)},
    ),
    PartnerRole.COMMUNITY_WORKER: (
        "Contact in de wijk.",
        {TASK: (*ABOUT, Part.WHERE, Part.OTHERS, Part.WORK), CONSENT: (Part.SIGNS,)},
    ),
    PartnerRole.SHELTER: ("Een veilige plek geven.", {TASK: (*ABOUT, Part.WHERE, Part.WORK), VITAL: (Part.SIGNS,)}),
}


def load_defaults() -> int:
    """Add what is delivered and was never there; returns how many rows. What somebody ended does not come back."""
    known = set(Agreement.objects.values_list("role", "part", "basis"))
    rows = [
        Agreement(role=role, part=part, basis=basis, purpose=purpose)
        for role, (purpose, given) in DEFAULTS.items()
        for basis, parts in given.items()
        for part in parts
        if (role, part, basis) not in known
    ]
    return len(Agreement.objects.bulk_create(rows))
