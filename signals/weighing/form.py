"""A proposal for the form of exploitation, from the signs and (in memory, while filing) the own words. Pure.

Not a finding: a coordinator chooses. Each sign gives points to forms by its group and its form letter in
indicators.json (S sexual, A labour, C criminal); a few signs name one form outright. Words are general Dutch and
English groups with a few in the other languages of filing; a group counts once, however often it is used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from signals.weighing import words

UNKNOWN = "ONBEKEND"
FORMS = (
    "SEX_LOVERBOY", "SEX_PROSTITUTIE", "SEX_ONLINE", "ARBEID", "CRIMINEEL", "DIENSTEN", "HUWELIJK", "ORGAAN", UNKNOWN,
)
MINOR = frozenset({"under_12", "12_15", "16_17", "<12", "12-15", "16-17"})
ENOUGH = 3.0  # points; below it the form is unknown

# Signs that name a form, by what they say. Points per form.
SIGNS: dict[str, dict[str, float]] = {
    "OV01": {"HUWELIJK": 12}, "OV03": {"ORGAAN": 14}, "OV02": {"DIENSTEN": 6}, "OV04": {"DIENSTEN": 2, "ARBEID": 1},
    "AU12": {"DIENSTEN": 9}, "GS08": {"DIENSTEN": 1.5},
    # images and strangers online
    "TI07": {"SEX_ONLINE": 5}, "DW08": {"SEX_ONLINE": 5}, "TI09": {"SEX_ONLINE": 6}, "TI10": {"SEX_ONLINE": 5},
    "TI11": {"SEX_ONLINE": 1, "CRIMINEEL": 0.5},
    # paid sex for others
    "VV07": {"SEX_PROSTITUTIE": 5}, "TI08": {"SEX_PROSTITUTIE": 4, "SEX_ONLINE": 1},
    "DW09": {"SEX_PROSTITUTIE": 3, "SEX_LOVERBOY": 2}, "US05": {"SEX_PROSTITUTIE": 1.5, "SEX_LOVERBOY": 2},
    "DW10": {"SEX_PROSTITUTIE": 1.5, "SEX_LOVERBOY": 1.5}, "VV10": {"SEX_PROSTITUTIE": 1, "ARBEID": 0.5},
    "US08": {"SEX_PROSTITUTIE": 3}, "DW07": {"SEX_PROSTITUTIE": 0.5}, "DW02": {"SEX_LOVERBOY": 2, "SEX_PROSTITUTIE": 2},
    # a relation that takes over
    "RE01": {"SEX_LOVERBOY": 4}, "RE02": {"SEX_LOVERBOY": 5}, "RE03": {"SEX_LOVERBOY": 3.5}, "RE04": {"SEX_LOVERBOY": 3},
    "RE05": {"SEX_LOVERBOY": 1.5}, "RE06": {"SEX_LOVERBOY": 2.5}, "RE08": {"SEX_LOVERBOY": 3}, "RE09": {"SEX_LOVERBOY": 6},
    "RE10": {"SEX_LOVERBOY": 3}, "RE07": {"CRIMINEEL": 2, "SEX_LOVERBOY": 1}, "US04": {"SEX_LOVERBOY": 4},
    "US01": {"SEX_LOVERBOY": 1.5}, "US03": {"SEX_LOVERBOY": 1.5, "CRIMINEEL": 0.5}, "SC05": {"SEX_LOVERBOY": 2.5},
    "SC07": {"SEX_LOVERBOY": 2}, "SC08": {"SEX_LOVERBOY": 2, "CRIMINEEL": 1}, "GD07": {"SEX_LOVERBOY": 2},
    "GD08": {"SEX_LOVERBOY": 2}, "GD09": {"SEX_LOVERBOY": 1.5, "CRIMINEEL": 0.5}, "GD10": {"SEX_LOVERBOY": 2},
    "GD11": {"SEX_LOVERBOY": 2}, "GZ05": {"SEX_LOVERBOY": 3}, "VV02": {"SEX_LOVERBOY": 3}, "VV03": {"SEX_LOVERBOY": 2},
    "VV01": {"SEX_LOVERBOY": 1, "SEX_PROSTITUTIE": 1}, "VV04": {"SEX_LOVERBOY": 1}, "TI01": {"SEX_LOVERBOY": 1, "CRIMINEEL": 1},
    "TI02": {"SEX_LOVERBOY": 1.5}, "TI03": {"SEX_LOVERBOY": 1.5}, "TI05": {"SEX_LOVERBOY": 2}, "TI06": {"SEX_LOVERBOY": 2},
    "GS04": {"CRIMINEEL": 1.5, "SEX_LOVERBOY": 1.5}, "GS05": {"SEX_LOVERBOY": 1, "CRIMINEEL": 1},
    "GS03": {"SEX_LOVERBOY": 1}, "GS01": {"CRIMINEEL": 2}, "GD05": {"SEX_LOVERBOY": 0.5}, "GD06": {"SEX_LOVERBOY": 1},
    "VV05": {"SEX_LOVERBOY": 0.5, "ARBEID": 0.5}, "DW01": {"SEX_LOVERBOY": 0.5}, "GS07": {"CRIMINEEL": 0.5},
}
# A sign that is not listed above: by its group and its letter.
GROUPS: dict[str, dict[str, float]] = {
    "AU": {"ARBEID": 4}, "CU": {"CRIMINEEL": 5}, "RE": {"SEX_LOVERBOY": 2},
    "SC": {"SEX_LOVERBOY": 0.5}, "GD": {"SEX_LOVERBOY": 0.3},
}
LETTERS: dict[str, dict[str, float]] = {"S": {"SEX_LOVERBOY": 2}, "A": {"ARBEID": 3}, "C": {"CRIMINEEL": 4}}

# What is asked of work happens in paid sex too: lies about the work, papers taken, threats, no contract.
CIRCUMSTANCES = frozenset({"AU04", "AU07", "AU08", "AU09"})
FOR_SEX = frozenset({"DW09", "TI08", "VV07", "RE09", "DW02"})

# Words: form → (points, patterns). On text in lower case without diacritics.
WORDS: tuple[tuple[str, float, str], ...] = (
    ("HUWELIJK", 7, r"uithuwelijk\w*|uitgehuwelijkt|trouwen|bruiloft|verloofd|verloving|marriage|marry|wedding|engaged"
                    r"|slub|malzenstw\w*|casatori\w*|casarse|boda|одруж\w*|весілля|hazassag\w*|eskuvo"),
    ("ORGAAN", 8, r"orga(?:an|nen)|nier|nieren|transplantatie|kidneys?|organs?|nerk\w*|rinichi\w*|rinon\w*|нирк\w*|vese"),
    ("DIENSTEN", 6, r"bedel\w*|collecter\w*|begging|beg|rozen verkopen|selling (?:roses|flowers)|zebra\w*|cersi\w*|koldul\w*|mendig\w*"
                    r"|aalmoes|aalmoezen|draagmoeder\w*|surrogate"),
    ("SEX_ONLINE", 3, r"naaktfoto\w*|naaktbeeld\w*|nudes?|naked (?:photo|picture|video)s?|webcam|onlyfans|livestream|sextortion|chantage\w*|gechanteerd"
                      r"|blackmail\w*|modell?enscout"),
    ("SEX_ONLINE", 1.5, r"(?:foto|foto's|filmpje|video|photo|picture)\W+(?:\w+\W+){0,5}(?:gestuurd|sturen|stuurde|doorst\w+|sent|send)"
                        r"|(?:gestuurd|stuur\w*)\W+(?:\w+\W+){0,3}(?:foto|foto's|filmpje|beelden)"),
    ("SEX_PROSTITUTIE", 4, r"prostitu\w*|sekswerk\w*|escort\w*|bordeel|seksadvertentie\w*|sex work\w*|brothel|klanten ontvang\w*|prostytu\w*|проститу\w*"),
    ("SEX_PROSTITUTIE", 2.5, r"(?:steeds |telkens )?(?:andere|verschillende|vreemde) mannen|mannen (?:aan de deur|naar de kamer|komen)|different men|men (?:ask|come|visit)\w*"),
    ("SEX_LOVERBOY", 2, r"vriendje|haar vriend|mijn vriend|zijn vriend|oudere (?:jongen|man|vriend)|verkering|loverboy\w*|boyfriend|girlfriend|verliefd\w*|relatie met"),
    ("SEX_LOVERBOY", 2, r"(?:met|voor) zijn (?:vrienden|kennissen)|hij heeft (?:mij|me|haar)|hij brengt (?:mij|me|haar)|he decides|hij bepaalt|hij beslist"),
    ("ARBEID", 3, r"loon\w*|salaris|uitzend\w*|werkgever|uitzendbureau|contract|\d+ uur per dag|hours a day|wages?|salary|employer|warehouse|factory|fabriek"
                  r"|kas|kwekerij|slachthuis|bouwplaats|nagelsalon|nail salon|au pair|schoonma\w+|restaurant|carwash|szklarni\w*|pracuj\w*|wyplat\w*"
                  r"|lucrez\w*|salariul?|прац\w*|прибира\w*|зарплат\w*|dolgoz\w*|fizetes\w*|szef|sef|trabaj\w*|sueldo"),
    ("ARBEID", 1.5, r"(?:de|mijn|hun|zijn|haar) baas|boss|paspoort (?:bij|ligt)|caravans?|slapen met|matras\w*|mattress\w*"),
    ("CRIMINEEL", 3, r"drugs (?:brengen|wegbrengen|verkopen|dealen)|dealen|dealer\w*|pakketjes|wegbrengen|klusjes?|geldezel|money mule|rippen|inbre\w+|winkeldiefstal"
                     r"|stelen|steelt|explosie\w*|drill|ronsel\w*|straatboete|op de uitkijk|steal\w*|drug running|county lines|criminel\w*|runner"),
)
_PATTERNS = tuple((form, points, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for form, points, pattern in WORDS)


@dataclass(frozen=True)
class FormProposal:
    """The proposed form, the points of each form that got any (highest first), and the sign codes that speak for it."""

    form: str
    points: tuple[tuple[str, float], ...]
    signs: tuple[str, ...]


def propose(
    signs: Iterable[str], age_band: str, text: str = "", letters: dict[str, str] | None = None
) -> FormProposal:
    """Propose a form.

    `signs`: codes that were ticked. `age_band`: as in the vocabulary. `text`: own words, only while they are in
    memory. `letters`: form letter per code (from indicators.json) for signs that this module does not list by name.
    Returns ONBEKEND when nothing speaks clearly; never raises on an unknown code.
    """
    codes = tuple(dict.fromkeys(signs))
    total: dict[str, float] = defaultdict(float)
    speaks: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        for form, points in _points(code, letters or {}).items():
            total[form] += points
            speaks[form].append(code)
    if text:
        plain = words.plain(text)
        for form, points, pattern in _PATTERNS:
            if pattern.search(plain):
                total[form] += points
    _weigh_together(total, set(codes), age_band)
    ranked = tuple(sorted(total.items(), key=lambda item: (-item[1], FORMS.index(item[0]))))
    if not ranked or ranked[0][1] < ENOUGH:
        return FormProposal(UNKNOWN, ranked, codes)
    return FormProposal(ranked[0][0], ranked, tuple(speaks[ranked[0][0]]))


def _points(code: str, letters: dict[str, str]) -> dict[str, float]:
    if code in SIGNS:
        return SIGNS[code]
    return GROUPS.get(code[:2]) or LETTERS.get(letters.get(code, ""), {})


def _weigh_together(total: dict[str, float], codes: set[str], age_band: str) -> None:
    """Let combinations count: an exploiter who is a partner, visitors and no papers, an adult who earns for others."""
    labour = {code for code in codes if code.startswith("AU")} - {"AU12"}
    if total.get("SEX_PROSTITUTIE") and age_band not in MINOR:
        total["SEX_PROSTITUTIE"] += 1.5
    if codes & {"US07", "DW12", "VV10"} and not labour and total.get("SEX_PROSTITUTIE", 0) >= 3:
        total["SEX_PROSTITUTIE"] += 2
    shared = codes & CIRCUMSTANCES
    if shared and codes & FOR_SEX:
        total["ARBEID"] -= 3 * len(shared)
        total["SEX_PROSTITUTIE"] += len(shared)
    if labour and "VV09" in codes:
        total["ARBEID"] += 2
    if total.get("SEX_ONLINE", 0) >= 4 and not codes & {"RE02", "RE03", "RE09", "US04", "SC05"}:
        total["SEX_ONLINE"] += 1
