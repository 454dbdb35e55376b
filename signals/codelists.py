"""Our words in the code lists of others: HTCDS 2.0, CoMensha and the National Rapporteur; the balance counts by these too."""

from signals.vocabulary import AgeBand, Form, Gender

GENDERS = {
    Gender.FEMALE: "Feminine",
    Gender.MALE: "Masculine",
    Gender.OTHER: "NonConforming",
    Gender.UNKNOWN: "NonSpecifiedUnknown",
}
# Human Trafficking Case Data Standard 2.0: field → {our value: its picklist value}.
HTCDS = {
    "vic_TypeOfExploitation": (
        "form",
        {
            Form.SEX_LOVERBOY: "SexualExploitation",
            Form.SEX_PROSTITUTIE: "SexualExploitation",
            Form.SEX_ONLINE: "SexualExploitation",
            Form.ARBEID: "ForcedLabour",
            Form.DIENSTEN: "Servitude",
            Form.HUWELIJK: "ForcedMarriage",
            Form.ORGAAN: "OrganRemoval",
            Form.CRIMINEEL: "Other",
        },
    ),
    "prs_Gender": ("gender", GENDERS),
}
# The breakdown of CoMensha ("Het beeld") and of the National Rapporteur: sector, age class, gender.
NATIONAL = {
    "sector": (
        "form",
        {
            Form.SEX_LOVERBOY: "seksuele dienstverlening",
            Form.SEX_PROSTITUTIE: "seksuele dienstverlening",
            Form.SEX_ONLINE: "seksuele dienstverlening",
            Form.ARBEID: "gereguleerde arbeid of dienstverlening",
            Form.DIENSTEN: "gereguleerde arbeid of dienstverlening",
            Form.CRIMINEEL: "gedwongen criminaliteit",
            Form.ORGAAN: "orgaanhandel",
            Form.HUWELIJK: "onbekend",
            Form.ONBEKEND: "onbekend",
        },
    ),
    "leeftijd": (
        "age_band",
        {
            AgeBand.UNDER_12: "jonger dan 18",
            AgeBand.FROM_12: "jonger dan 18",
            AgeBand.FROM_16: "jonger dan 18",
            AgeBand.FROM_18: "18 tot en met 22",
            AgeBand.FROM_23: "23 of ouder",
            AgeBand.UNKNOWN: "onbekend",
        },
    ),
    "geslacht": (
        "gender",
        {Gender.FEMALE: "vrouw", Gender.MALE: "man", Gender.OTHER: "anders", Gender.UNKNOWN: "onbekend"},
    ),
}
