"""Words around a place name: how typed text is cut up, and the small vocabularies that give a name its role.

Pure. Place texts are as people type them ("Heino bij Raalte", "zit in Deventer op school"). The vocabularies are
general Dutch and English; none of them knows a place of its own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MAX_CHARACTERS = 4000
MAX_WORDS = 400

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ы": "y",
    "э": "e", "ю": "ju", "я": "ja", "ё": "e",
}
_LETTERS = str.maketrans({**_CYRILLIC, "ß": "ss", "ø": "o", "ł": "l", "æ": "ae"})
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# A telephone number holds four digits too, but is no postcode.
_PHONE = re.compile(r"(?:\+|00|\b0)\d(?:[\s().-]{0,2}\d){7,12}")
_POSTCODE = re.compile(r"(?<![\d\w])([1-9]\d{3})(?:[ -]?([a-z]{2})(?![a-z]))?(?!\d)", re.IGNORECASE | re.ASCII)


class Word(NamedTuple):
    """One word: its key (a-z, 0-9), where it begins and ends in the text, and whether a break comes before it."""

    key: str
    start: int
    end: int
    capital: bool
    opening: str


class TypedPostcode(NamedTuple):
    """Four digits as typed, and whether two letters came with them."""

    digits: str
    letters: bool
    start: int
    end: int


def key(text: str) -> str:
    """Return `text` for comparing: lower case, no diacritics, only a-z and 0-9 (Cyrillic is written in Latin)."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def words_of(text: str) -> list[Word]:
    """Cut the first 4000 characters into at most 400 words; words without a key (other scripts) are left out."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text[:MAX_CHARACTERS]):
        word = key(match.group())
        if word:
            found.append(Word(word, match.start(), match.end(), match.group()[0].isupper(), text[last:match.start()]))
        last = match.end()
        if len(found) >= MAX_WORDS:
            break
    return found


def postcodes_of(text: str) -> list[TypedPostcode]:
    """Return what may be a postcode: four digits (1000-9999), with or without two letters; telephone numbers out."""
    short = _PHONE.sub(lambda m: " " * len(m.group()), text[:MAX_CHARACTERS])
    return [
        TypedPostcode(m.group(1), bool(m.group(2)), m.start(), m.end())
        for m in _POSTCODE.finditer(short)
    ]


def group(text: str) -> frozenset[str]:
    """Return the words of a vocabulary written as one text."""
    return frozenset(text.split())


# "Hengelo ov", "Rossum, Twente": the name in this province is meant.
INSIDE = group("ov ovl ovr o overijssel overijsel twente salland")
# "Hengelo gld": the namesake elsewhere is meant.
ELSEWHERE = group(
    "gld geld gelderland gelre achterhoek veluwe dr drenthe drente fr frl friesland fryslan fl flevoland nb brabant "
    "noordbrabant limburg lb zeeland zld zh nh noordholland zuidholland holland duitsland duitland germany "
    "deutschland duits belgie belgium belgien vlaanderen texel grafschaft utrecht groningen niemcy"
)
COUNTRY_HERE = group("nederland netherlands holland niederlande the")
MUNICIPALITY = group("gem gemeente gemeent municipality")

HOME = group(
    "woont woon wonen wonend woonachtig woonplaats woonadres slaapt slaap slapen overnacht verblijft verblijf "
    "verblijven logeert lives live living sleeps sleep sleeping stays staying resides thuis home huis adres "
    "ingeschreven verhuisd moved nu now inmiddels tegenwoordig currently mieszka mieszkam locuieste locuiesc vive "
    "vivo zyje zhyve lakik"
)
AWAY = group(
    "school schule scholen opleiding studeert studie studies college mbo roc vmbo havo werkt werk werken work works "
    "working stage bijbaan baan baantje job gezien seen spotted sport sporten voetbal hangt uitgaan ontmoet met "
    "station pauze hotel ziekenhuis politie kliniek winkelt brengt vader moeder vriend vriendje boyfriend friend"
)
PAST = group("vroeger voorheen eerst eerder was woonde oorspronkelijk before formerly previously used afkomstig")
NEAR = group(
    "bij nabij vlakbij buurt omgeving omstreken richting naast tegen near close next around outside towards buiten "
    "onder grens rond rondom vanuit omg km kilometer minuten"
)
EITHER = group("of or tussen between en and afwisselend wisselt soms sometimes misschien maybe dan lub sau o")
NOT = group("niet not geen nooit never no")

# These join or fill; they never make a name of a neighbouring word.
FILLERS = group("in te de het een the a an at to van der den op aan uit from of bij near to")

# Places that are also ordinary words: only a name when they stand alone or after "in", "te", "uit", "from".
ORDINARY = group(
    "meer look middel belt loo linde enter goor losser duur fort lent born dalen assen goes almen bant holt stift "
    "norden verlaat voorst wetering zandberg hogeweg halfweg achterin lutte basse riele oele elsen jonen laar exel "
    "espel doosje dante witman leenders pierik boskamp meene schans aa berg pol haar kolk ens epe ede urk marle "
    "wierden glane nutter mander holten tuk reeve rande ane duizend voorstad nieuwstad rosarium tij omme riesen "
    "wije wijk hoven bult vecht nederland engeland eerde almelose"
)
BEFORE_NAME = group("in te uit from naar bij nabij near richting gemeente gem dorp stad plaats buurtschap wijk woonplaats")

# Ordinary words that look like a place with a typing error. A word here is never corrected to a name.
NEVER_CORRECT = group(
    "school schule scholen weet weten niet niets geen bij near the them they there their with without where when "
    "what home house huis huizen thuis straat straten station centrum center centre city stad dorp dorpen wijk wijken "
    "buurt buurten omgeving omstreken ergens nergens anders steeds altijd nooit vaak soms onbekend onbekende bekend "
    "unknown somewhere nowhere online internet game games groep groepen woning woningen wonen woont woonde wordt "
    "worden werd werden waren waar waarom wanneer welke welk zijn haar hem hun hij ons onze mijn jullie zelf "
    "adres adressen klopt kloppen brengt brengen komt komen kennen kent weer werk werkt werken winkel winkels "
    "binnenstad noord oost west zuid noorden oosten zuiden westen midden tussen vlakbij achter voor onder boven "
    "naast rondom richting grens grenzen over overal gemeente provincie land landen platteland buiten buitengebied "
    "boerderij bungalow bungalowpark park parken vakantie vakantiepark camping caravan hotel hotels hostel opvang "
    "instelling kamer kamers kliniek ziekenhuis kerk kerken moskee markt marktplein plein haven campus student "
    "studenten meisje meisjes jongen jongens vriend vriendin vrienden moeder vader ouders ouder zus zusje broer "
    "oma opa tante familie collega mensen iemand niemand persoon vrouw vrouwen man mannen kind kinderen "
    "denk denken denkt dacht geloof volgens misschien wellicht waarschijnlijk vermoedelijk ongeveer precies "
    "straks later eerder eerst vroeger nieuw nieuwe oude ouden grote groot kleine klein hoge hoog lage laag rode "
    "under after before other others another every never always maybe perhaps probably close next friend friends "
    "mother father sister brother people person street village town farm country region area somebody someone "
    "lives live living moved moves works working seen both between around outside inside enter entered center "
    "hoort horen hotels helpen helpt halen haalt heeft hebben hadden geweest gaan gaat genoemd gezien geen "
    "slaapt slapen slaap verblijft verblijf logeert logeren zwerft zwerven dakloos daklozen bestaat dossier "
    "belt bellen bestel auto autos busje trein treinen metro halte bushalte snelweg kanaal rivier dijk "
    "linker rechter rechts links lokaal lokale locatie plaats plaatsen plek plekken wisselt wisselend "
    "verschillende diverse meerdere steden regio gebied streek ander andere anderen elders nergens ieder iedere "
    "morgen vandaag gisteren avond nacht dag dagen week weken maand maanden jaar jaren "
    "emmer hallen haren helden hamer rotten wormer diepe bomen kamers kampers lossen kelder wilde wilden wilsen "
    "rijden rijdt reizen reist sterk staat staan stond stopt stoppen stappen hasten halte gasten gasthuis "
    "borden boren ommelanden wijzen winnen winden meldt melden melding meldpunt zwollen deuren heren heeren "
    "hendel handel handelen gelden velden zeven zender zenders ziek leven leden letten lutter luttel"
)
