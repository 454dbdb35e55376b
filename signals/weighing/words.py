"""Danger in somebody's own words. Pure; used in memory while filing, never kept.

A small set of general phrases in the languages that reports come in. A flag is a reason to read sooner, not a finding:
people also write "no longer in danger". A phrase after "no" or "not" does not count.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 20_000

# Stored as regular expressions on text in lower case without diacritics. Word boundaries are added.
PHRASES: dict[str, tuple[str, ...]] = {
    "locked_up": (
        r"kan (?:hier |daar )?niet weg", r"(?:тримають|тримає) (?:мене|її|його|нас)",
        r"(?:word|wordt|ben|is|zit|zitten|houdt|houden)\w* (?:\w+ ){0,4}(?:opgesloten|vastgehouden)",
        r"(?:deur|kamer) (?:is |zit |gaat )?(?:altijd )?op slot", r"sluit (?:me|mij|haar|hem|ons) op",
        r"(?:locked|locks) (?:me|her|him|us|them)? ?(?:up|in)", r"held (?:captive|prisoner|against)",
        r"(?:am|is|are|being) locked", r"door is locked", r"cannot get out", r"can't get out",
        r"zamkn\w+ (?:mnie|ja|go|nas)", r"(?:m-?a|ne-?a|ma|ne) inchis", r"(?:encerrad[oa]s?|me encierra\w*)",
        r"(?:замкнен\w*|замкнули|закрили мене|тримають силою)", r"be(?:zartak|zarva|zarnak)",
    ),
    "wants_to_die": (
        r"zie (?:het|het leven) niet meer zitten",
        r"(?:niet|nie) (?:meer|langer) (?:\w+ ){0,2}(?:leven|wil leven)", r"er (?:\w+ ){0,3}niet meer (?:te )?zijn",
        r"(?:wil|wilde|liever) (?:\w+ ){0,2}(?:dood|sterven)", r"dood (?:wil|wilt|wilde|willen)", r"zelfmoord\w*", r"suicid\w*",
        r"een? eind\w* (?:aan|maken aan) (?:mijn|haar|zijn) leven", r"(?:want|wants|wanted) to die", r"kill (?:myself|herself|himself)",
        r"end my life", r"don'?t want to live", r"nie chce (?:juz )?zyc", r"samobojst\w*", r"(?:vreau|vrea) sa mor",
        r"(?:quiero|quiere) morir\w*", r"не хоч\w+ жити", r"(?:nem akarok|nem akar) (?:tovabb )?elni", r"ongyilkos\w*",
    ),
    "death_or_weapon_threat": (
        r"(?:mes|pistool|wapen) (?:\w+ ){0,3}(?:keel|hoofd|buik)", r"(?:me|mij|haar|hem|ons) (?:vermoord\w*|dood ?maak\w*|dood ?maken|neersteek\w*)", r"(?:hebben|heeft|had) (?:\w+ ){0,2}(?:pistool|vuurwapen)",
        r"(?:dreig\w*|bedreig\w*) (?:\w+ ){0,6}(?:mes|wapen|pistool|dood|vermoord\w*|doodsch\w+)",
        r"(?:vermoord\w*|dood\s?(?:maak\w*|schiet\w*|slaan|steek\w*)|doodmaken) (?:me|mij|haar|hem|ons)?",
        r"(?:foto|filmpje|video) van een (?:wapen|pistool|mes)", r"threat\w* (?:\w+ ){0,6}(?:knife|gun|weapon|kill|death)",
        r"(?:will|would|gonna|going to) kill (?:me|her|him|us|them|my)", r"(?:zabije|zabija) (?:mnie|ja|go|nas)",
        r"(?:ma|o|il) omoara", r"(?:me|la|lo) va[n]? a matar", r"(?:вб'?є|вбити|уб'?є)", r"(?:megol\w*)",
    ),
    "recent_violence": (
        r"(?:sloeg|slaat|schopt|schopte) (?:me|mij|haar|hem|ons)",
        r"(?:gister\w*|vandaag|vannacht|vanochtend|vanmorgen|net|vorige week) (?:\w+ ){0,4}(?:geslagen|verkracht|mishandeld|aangerand|gestoken)",
        r"(?:verkracht|verkrachtte|mishandelt|mishandeld)", r"(?:yesterday|today|last night|tonight) (?:\w+ ){0,4}(?:hit|beat|beaten|raped|attacked)",
        r"(?:beat|beats|beating|raped|rapes) (?:me|her|him|us)", r"zgwalc\w*", r"bije (?:mnie|ja)", r"(?:ma|m-?a) (?:batut|violat)", r"violad[oa]",
        r"(?:згвалтув\w*|побив\w*)", r"(?:megver\w*|megeroszakol\w*)",
    ),
    "missing_now": (
        r"(?:is|al|nu|sinds) (?:\w+ ){0,4}(?:vermist|spoorloos)", r"(?:vannacht|afgelopen nacht|gisteren) niet (?:\w+ )?(?:thuis\w*|teruggekomen)",
        r"(?:is|has been|went) missing", r"did(?:n't| not) come home", r"zagin(?:ela|al)", r"disparut\w*", r"desaparecid[oa]", r"зникла?", r"eltunt",
    ),
    "taken_away_soon": (
        r"(?:morgen|vanavond|vannacht) (?:\w+ ){0,4}mee (?:\w+ ){0,3}naar",
        r"(?:morgen|vanavond|vandaag|deze week|volgende week|binnenkort|over \w+ dagen|binnen \w+ dagen) (?:\w+ ){0,8}(?:naar het buitenland|een ander land|weggebracht|meegenomen)",
        r"(?:naar het buitenland|naar een ander land) (?:\w+ ){0,6}(?:gebracht|gaan|vanavond|morgen)",
        r"(?:tomorrow|tonight|today|this week|next week|soon) (?:\w+ ){0,8}(?:abroad|another country|takes? (?:me|her|him) away)",
        r"tak(?:e|es|en|ing) (?:me|her|him|us) (?:abroad|to another country|away)",
    ),
    "explosive_or_violence_job": (
        r"(?:explosie[fv]\w*|cobra|bom|handgranaat)", r"(?:iemand|hem|haar) (?:neersteken|neerschieten|in elkaar slaan)", r"(?:explosive|grenade|shoot someone|stab someone)",
    ),
    "organ": (r"(?:nier|orgaan|organen|lever) (?:\w+ ){0,4}(?:afstaan|verkopen|verkoopt|geven|doneren)", r"(?:sell|give|donate) (?:\w+ ){0,3}(?:kidney|organ)"),
    "blackmail_with_images": (
        r"(?:ge)?chant(?:age|eer)\w*", r"afgeperst\w*|afpers\w*", r"blackmail\w*", r"sextor\w*", r"szantaz\w*", r"santaj\w*", r"chantaj\w*", r"шантаж\w*", r"zsarol\w*",
        r"(?:doorstuur\w*|doorsturen|verspreid\w*|online zet\w*|deel\w*|stuurt (?:hem|het|ze|die) door) (?:\w+ ){0,6}(?:als|tenzij)",
        r"(?:send|share|post|leak)s? (?:\w+ ){0,8}(?:if|unless) (?:i|she|he)",
    ),
    "threat": (
        r"dwing(?:t|en)", r"dwong\w*", r"(?:will|would|gonna|going to) hurt (?:me|my|her|him|us|them)",
        r"(?:dreig|dreigt|dreigen|dreigde|dreigden|bedreigt|bedreigd|bedreigen|dreigement\w*)", r"threat(?:s|en|ens|ened|ening)?",
        r"groz(?:i|a|il)\w*", r"amenint\w*", r"amenaz\w*", r"погрож\w*|загрожу\w*", r"fenyeget\w*",
    ),
    "papers_taken": (
        r"no passport (?:my|the|his|her) (?:boss|employer)", r"(?:trzyma|zabral\w*) (?:mi |jej |nam |mu )?(?:\w+ )?(?:dowod|paszport\w*|dokument\w*)",
        r"(?:paspoort|id-?kaart|papieren|verblijfspas|identiteitsbewijs) (?:\w+ ){0,4}(?:afgepakt|afgenomen|ingenomen|afgegeven|bij (?:de|mijn|zijn|haar) baas)",
        r"(?:neemt|nam|pakt\w*|heeft|houdt) (?:\w+ ){0,3}(?:mijn|haar|zijn|hun|ons) (?:paspoort|papieren|id|identiteitsbewijs)",
        r"(?:took|takes|keeps|kept|has|have|holds|hold) (?:\w+ )?(?:my|her|his|our|their) (?:passports?|papers|id|documents?)",
        r"passports? (?:\w+ ){0,2}(?:with|taken|away)", r"(?:trzyma|zabral\w*) (?:moj|moje|jej|nasze) (?:dowod|paszport|dokument\w*)",
        r"(?:mi-?a|ne-?a|i-?au?|mi-?au|ne-?au) luat (?:\w+ )?(?:pasaport\w*|buletin\w*|acte\w*)", r"(?:quitaron|quito|tiene) (?:\w+ )?pasaporte",
        r"(?:забрав|забрала|забрали) (?:\w+ )?(?:паспорт|документи)", r"(?:elvette|elvettek) (?:\w+ )?(?:utlevel\w*|papir\w*|irat\w*)", r"utlevel\w* \w+nal van",
    ),
    "must_pay_off": (
        r"(?:terugverdienen|afbetalen|schuld (?:af|in)lossen|aflossen)", r"moet (?:\w+ ){0,5}(?:terugbetalen|terug betalen)", r"(?:pay|work) off (?:\w+ ){0,2}(?:debt|fine)",
        r"pay back (?:\w+ ){0,2}(?:ticket|debt|money)", r"(?:splacic|odpracowac) dlug", r"datori\w* (?:\w+ ){0,3}(?:platesc|platesti)", r"debe? mucho dinero",
        r"(?:відпрацьовувати|віддати) борг", r"ledolgoz\w*",
    ),
    "money_taken": (
        r"(?:geld|loon|alles) (?:\w+ ){0,4}(?:afgeven|inleveren|afgepakt|afdragen)", r"tak(?:es|e|ing) (?:\w+ )?(?:the|my|her|his|our|all) (?:\w+ )?money",
        r"zabiera (?:\w+ ){0,3}(?:pieniadze|wyplat\w*)", r"(?:ia|iau) (?:toti )?banii", r"quita (?:\w+ )?dinero", r"penz\w* (?:\w+ ){0,4}(?:odaad\w*|elvesz\w*)", r"забирає (?:\w+ )?гроші",
    ),
    "forced_sex": (
        r"dwing\w* (?:\w+ ){0,8}(?:mannen|seks|sex)",
        r"(?:moet|moest|dwingt|gedwongen|verplicht) (?:\w+ ){0,6}(?:seks|sex|met mannen|klanten|met zijn (?:vrienden|kennissen))",
        r"(?:seks|sex|klanten|mannen|kennissen|vrienden) (?:\w+ ){0,5}(?:tegen (?:mijn|haar|zijn) wil|wil (?:ik|ze|hij|zij) niet)",
        r"(?:force[sd]?|make[sd]?|have to|must) (?:\w+ ){0,5}(?:sex|sleep with|clients?|customers)", r"zmusza\w* (?:\w+ ){0,4}(?:seks\w*|prostytuc\w*)",
    ),
    "must_do_crime": (
        r"moet(?:en)? (?:\w+ ){0,4}(?:drugs|pakketjes|pakketten|wapens) (?:\w+ ){0,2}(?:wegbrengen|brengen|vervoeren|verkopen|bewaren)",
        r"moet(?:en)? (?:\w+ ){0,4}(?:stelen|inbreken|dealen)",
        r"(?:makes?|force[sd]?|have|has|must) (?:\w+ ){0,4}(?:steal|carry drugs|sell drugs|deliver drugs)",
    ),
    "self_harm": (r"(?:snij|snijdt|snijden|beschadig\w*|sny) (?:\w+ ){0,2}(?:mezelf|mijzelf|zichzelf|haarzelf|me)", r"cut(?:s|ting)? (?:myself|herself|himself)", r"self.?harm\w*"),
    "forced_marriage": (r"(?:moet|moeten|gedwongen|verplicht|wil niet) (?:\w+ ){0,6}(?:trouwen|huwelijk|verlo\w+)", r"uitgehuwelijkt", r"(?:forced?|have to|must|made to) (?:\w+ ){0,4}marr(?:y|iage)"),
    "not_allowed_out": (
        r"mag (?:\w+ ){0,3}niet (?:\w+ ){0,2}(?:naar buiten|de deur uit|weg)", r"(?:may|can|could) ?(?:not|never) (?:\w+ )?(?:leave|go out|go outside)",
        r"not allowed to (?:leave|go out)", r"never alone", r"nie wolno (?:mi )?wychodzic", r"no puede? salir", r"nu am voie sa ies", r"nem mehet ki",
    ),
    "watched": (r"(?:heeft|kent|weet|wil) (?:\w+ ){0,2}(?:mijn|haar|zijn) (?:wachtwoord\w*|code)", r"(?:volgt|ziet|kijkt|checkt) (?:\w+ ){0,4}(?:locatie|telefoon|mobiel)", r"(?:sees?|knows?) where (?:i am|my phone is|she is|he is)", r"track\w* (?:my|her|his) (?:phone|location)", r"has my passwords?"),
}

ACUTE = frozenset({
    "locked_up", "wants_to_die", "death_or_weapon_threat", "recent_violence", "missing_now", "taken_away_soon",
    "explosive_or_violence_job", "organ",
})
_DENIED = re.compile(r"(?:^|\W)(?:geen|not|no|nooit|never|zonder|without)\W+(?:\w+\W+)?$")
_PATTERNS = {flag: re.compile(r"(?<!\w)(?:" + "|".join(phrases) + r")(?!\w)") for flag, phrases in PHRASES.items()}


def plain(text: str) -> str:
    """Return `text` in lower case without diacritics, its spaces single; at most 20 000 characters."""
    folded = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS].casefold().replace("ł", "l").replace("’", "'"))
    kept = "".join(c for c in folded if not unicodedata.combining(c) or c == "\u0306")
    return re.sub(r"[\s,;:\"“”„()]+", " ", unicodedata.normalize("NFC", kept))


def flags(text: str) -> set[str]:
    """Return which of the flags in PHRASES the words raise; never raises, linear in the length of the text."""
    words = plain(text)
    found = set()
    for flag, pattern in _PATTERNS.items():
        for match in pattern.finditer(words):
            if not _DENIED.search(words[max(0, match.start() - 24) : match.start()]):
                found.add(flag)
                break
    return found
