"""The words that signals and cases are described with: choices that stand in clear (security.md)."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ReferrerRole(models.TextChoices):
    SELF = "self", _("Over zichzelf")
    PARENT = "parent", _("Ouder of familie")
    SCHOOL = "school", _("School")
    CARE = "care", _("Zorg of jeugdwerk")
    FRIEND = "friend", _("Vriend of vriendin")
    NEIGHBOUR = "neighbour", _("Buur")
    POLICE_MUNICIPALITY = "police_municipality", _("Politie of gemeente")
    OTHER = "other", _("Iemand anders")


class Channel(models.TextChoices):
    WEB = "web", _("web")
    PHONE = "phone", _("telefoon")
    PAPER = "paper", _("brief")
    MAIL = "mail", _("mail")
    NETWORK = "network", _("netwerk")


class Danger(models.TextChoices):
    YES = "yes", _("Ja, nu")
    NO = "no", _("Nee, niet op dit moment")
    UNKNOWN = "unknown", _("Weet ik niet")


class AgeBand(models.TextChoices):
    UNDER_12 = "under_12", _("Jonger dan 12")
    FROM_12 = "12_15", _("12 tot en met 15")
    FROM_16 = "16_17", _("16 of 17")
    FROM_18 = "18_22", _("18 tot en met 22")
    FROM_23 = "23_plus", _("23 of ouder")
    UNKNOWN = "unknown", _("Weet ik niet")


class Gender(models.TextChoices):
    FEMALE = "f", _("Meisje of vrouw")
    MALE = "m", _("Jongen of man")
    OTHER = "x", _("Anders")
    UNKNOWN = "unknown", _("Weet ik niet")


def who(row) -> str:
    """Return age and gender of a signal or a case in short, as they stand in clear: never a name."""
    age = gettext("leeftijd onbekend") if row.age_band == "unknown" else row.get_age_band_display()
    return age if row.gender == "unknown" else f"{age} · {row.get_gender_display()}"


class When(models.TextChoices):
    """How long ago, as the referrer says it. Sealed with the report, as the three below."""

    RECENT = "recent", _("Vandaag of gisteren")
    WEEK = "week", _("Deze week")
    MONTH = "month", _("Deze maand")
    LONGER = "longer", _("Langer geleden")
    ONGOING = "ongoing", _("Het gaat nog door")
    UNKNOWN = "unknown", _("Weet ik niet")


class Knows(models.TextChoices):
    """Whether the person knows of the report."""

    AGREES = "agrees", _("Ja, en is het ermee eens")
    OBJECTS = "objects", _("Ja, maar wil het niet")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet ik niet")


class Pressed(models.TextChoices):
    """Whether somebody wants things that the referrer does not want."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet ik niet")
    RATHER_NOT = "rather_not", _("Zeg ik liever niet")


class NumberShown(models.TextChoices):
    """Whether our number may show on the referrer's telephone."""

    YES = "yes", _("Ja, dat is goed")
    NO = "no", _("Nee, bel anoniem")


class Urgency(models.TextChoices):
    ACUTE = "acute", _("Acuut")
    URGENT = "urgent", _("Dringend")
    NORMAL = "normal", _("Normaal")


# The most urgent first.
URGENCY_RANK = {level.value: rank for rank, level in enumerate(Urgency)}


class Form(models.TextChoices):
    SEX_LOVERBOY = "SEX_LOVERBOY", _("Seksueel, loverboy")
    SEX_PROSTITUTIE = "SEX_PROSTITUTIE", _("Seksueel, prostitutie")
    SEX_ONLINE = "SEX_ONLINE", _("Seksueel, online")
    ARBEID = "ARBEID", _("Arbeid")
    CRIMINEEL = "CRIMINEEL", _("Crimineel")
    DIENSTEN = "DIENSTEN", _("Gedwongen diensten")
    HUWELIJK = "HUWELIJK", _("Gedwongen huwelijk")
    ORGAAN = "ORGAAN", _("Organen")
    ONBEKEND = "ONBEKEND", _("Nog niet duidelijk")


class Outcome(models.TextChoices):
    HANDLED_IN_NETWORK = "handled_in_network", _("Afgehandeld in het netwerk, zonder jeugdzorg")
    YOUTH_CARE = "youth_care", _("Jeugdzorg")
    POLICE = "police", _("Politie")
    REFERRED_ELSEWHERE = "referred_elsewhere", _("Naar een ander verwezen")
    NO_TRAFFICKING = "no_trafficking", _("Geen mensenhandel")
    MOVED_AWAY = "moved_away", _("Verhuisd")
    LOST_CONTACT = "lost_contact", _("Contact verloren")


class Safety(models.TextChoices):
    YES = "yes", _("Ja")
    PARTLY = "partly", _("Deels")
    NO = "no", _("Nee")


class Basis(models.TextChoices):
    """On what ground the desk shares a case. Source: AVG art. 6 and 9; the agreement on exchanging information."""

    CONSENT = "consent", _("Die persoon vindt het goed")
    PREVENT_HARM = "prevent_harm", _("Nodig om schade te voorkomen")
    GUARDIAN = "guardian", _("Ouder of voogd vindt het goed")
