"""Practice: the partners of five networks. The organisations are of the kind that work there; the people do not exist."""

import datetime

from django.utils import timezone

from meldpunt.teams.models import Membership, Role, Team, TeamKind, User
from meldpunt.teams.partners import LegalBasis, Partner, PartnerAct, PartnerChange, PartnerRole

DAY = datetime.timedelta(days=1)
# Per network: the school, the youth care and the community work there, and which of all the practice member is of.
LOCAL = {
    "almelo": ("Scholengroep Almelo", "Jeugdhulp Almelo", "Jongerenwerk Almelo", PartnerRole.YOUTH_CARE),
    "deventer": ("Scholengroep Deventer", "Jeugdhulp Salland", "Jongerenwerk Deventer", PartnerRole.SCHOOL),
    "enschede": ("Scholengroep Enschede", "Jeugdhulp Enschede", "Jongerenwerk Enschede", PartnerRole.YOUTH_CARE),
    "hengelo": ("Scholengroep Hengelo", "Jeugdhulp Hengelo", "Jongerenwerk Hengelo", PartnerRole.COMMUNITY_WORKER),
    "zwolle": ("Scholengroep Zwolle", "Jeugdhulp IJsselland", "Jongerenwerk Zwolle", PartnerRole.POLICE),
}
PURPOSES = {
    PartnerRole.MUNICIPALITY: "De aanpak leiden en hulp regelen die de gemeente betaalt.",
    PartnerRole.POLICE: "Zorgen voor veiligheid, en opsporen als dat nodig is.",
    PartnerRole.SCHOOL: "Zorgen dat een leerling veilig naar school kan blijven gaan.",
    PartnerRole.YOUTH_CARE: "Hulp geven aan een jongere en aan de mensen thuis.",
    PartnerRole.COMMUNITY_WORKER: "Contact leggen en houden in de wijk.",
    PartnerRole.SAFE_HOME: "Wegen of thuis veilig is, en dat onderzoeken.",
}
BASES = {
    PartnerRole.POLICE: [LegalBasis.PUBLIC_TASK, LegalBasis.VITAL_INTEREST],
    PartnerRole.SCHOOL: [LegalBasis.LEGAL_DUTY, LegalBasis.CONSENT, LegalBasis.VITAL_INTEREST],
    PartnerRole.SAFE_HOME: [LegalBasis.PUBLIC_TASK, LegalBasis.REPORTING_RIGHT],
}
CONTACTS = ("Mira Oefenaar", "Tom Voorbeeld", "Jip Testman", "Noor Proefstra", "Bram Denkbeeld", "Lies Verzonnen")
REVIEW_DAYS = (300, -12, 41, 210, 500, 120)  # from today: some are late, some are near


def make_partners() -> None:
    """Give each practice network its partners, and each practice member of a network the partner she or he is of."""
    by = User.objects.filter(is_practice=True, memberships__role=Role.ADMINISTRATOR).first()
    for number, team in enumerate(Team.objects.filter(is_practice=True, kind=TeamKind.NETWORK).order_by("slug")):
        school, youth_care, community, of = LOCAL[team.slug]
        names = {
            PartnerRole.MUNICIPALITY: f"Gemeente {team.name}",
            PartnerRole.POLICE: "Politie Oost-Nederland",
            PartnerRole.SCHOOL: school,
            PartnerRole.YOUTH_CARE: youth_care,
            PartnerRole.COMMUNITY_WORKER: community,
            PartnerRole.SAFE_HOME: "Veilig Thuis",
        }
        made = {role: _partner(team, role, name, number + at, by) for at, (role, name) in enumerate(names.items())}
        current = Membership.objects.filter(team=team, ended_at=None)
        current.filter(role=Role.LEAD).update(partner=made[PartnerRole.MUNICIPALITY])
        current.filter(role=Role.MEMBER).update(partner=made[of])


def _partner(team: Team, role: str, name: str, turn: int, by: User) -> Partner:
    today = timezone.localdate()
    partner = Partner.objects.create(
        team=team,
        organisation=name,
        role=role,
        purpose=PURPOSES[role],
        bases=[str(code) for code in BASES.get(role, [LegalBasis.PUBLIC_TASK])],
        contact=CONTACTS[turn % len(CONTACTS)],
        agreed_on=today - 400 * DAY,
        review_on=today + REVIEW_DAYS[turn % len(REVIEW_DAYS)] * DAY,
    )
    PartnerChange.objects.create(partner=partner, act=PartnerAct.ADD, by=by)
    return partner
