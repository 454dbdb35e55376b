"""All Dutch that a referrer can read: short sentences, plain words, nobody blamed.

The bar is that of reference/ux.md §5, level B1: at most 15 words a sentence, and none of the words below. It is a
machine's bar: it finds what is long or difficult, not what is unclear. People who find reading hard read it before
going live (docs/accessibility.md).
"""

import re

import pytest

from tests.public_texts import everything

LONGEST = 15
LONGEST_WORD = 20
ENDS = re.compile(r"[.?!:;–]+(?:\s+|$)|\n+")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|</?\w+[^>]*>")
WORD = re.compile(r"[\w’'-]+")
# Words of offices and computers; what to say instead.
DIFFICULT = {
    "indien": "als", "tevens": "ook", "middels": "met", "dient": "moet", "dienen": "moeten", "betreffende": "over",
    "inzake": "over", "omtrent": "over", "hetgeen": "wat", "derhalve": "dus", "desbetreffende": "deze",
    "alsmede": "en", "teneinde": "om", "gelieve": "wil je", "conform": "volgens", "reeds": "al", "thans": "nu",
    "echter": "maar", "eveneens": "ook", "aanvullende": "meer", "relevante": "die belangrijk is",
    "optioneel": "niet verplicht", "ongeldig": "zeg wat wel kan", "ongeldige": "zeg wat wel kan",
    "invoer": "wat je invult", "valideren": "nakijken", "verifiëren": "nakijken", "authenticatie": "inloggen",
    "uploaden": "meesturen", "upload": "bestand", "formaat": "soort", "procedure": "hoe het gaat",
    "geregistreerd": "opgeschreven", "registreren": "opschrijven", "indicatie": "teken", "indicator": "teken",
    "signaal": "melding", "exploitatie": "misbruik", "exploitant": "wie misbruik maakt", "verwijzer": "melder",
    "triage": "lezen", "casus": "zaak", "cliënt": "die persoon", "delict": "misdaad", "significant": "veel",
    "u": "je", "uw": "je",
}  # fmt: skip
# Words that blame, doubt or label (reference/ux.md §5, R26).
BLAME = {
    "waarom", "schuld", "eigen schuld", "bewijs", "bewijzen", "beweren", "beweert", "beweerd", "vergeten", "fout gedaan door jou",
    "sorry", "helaas", "slachtoffer", "slachtoffers", "dader", "daders", "loverboy", "prostitutie", "prostituee", "hoer", "pooier",
}  # fmt: skip
# Where a word has another meaning.
ALLOWED = {
    "schuld": re.compile(r"\bschuld\b(?! van jou)", re.I),  # money that somebody owes
    "vergeten": re.compile(r"^Firefox: "),  # the button of the browser is called so
}
TEXTS = everything()


def sentences(text):
    return [part for part in ENDS.split(PLACEHOLDER.sub(" x ", text)) if WORD.search(part)]


def failures(judge):
    return sorted({f"{where}: {text} → {why}" for where, text in TEXTS for why in judge(text)})


def test_the_search_finds_the_texts():
    assert len(TEXTS) > 700
    assert {where for where, _text in TEXTS} >= {"indicators.json", "signals/landing.html", "filing.py", "standard_texts.json"}


def test_a_sentence_has_at_most_fifteen_words():
    def judge(text):
        return [f"{len(WORD.findall(part))} words" for part in sentences(text) if len(WORD.findall(part)) > LONGEST]

    assert failures(judge) == []


def test_no_word_is_difficult():
    def judge(text):
        return [f"{word}: {DIFFICULT[word]}" for word in WORD.findall(text.lower()) if word in DIFFICULT]

    assert failures(judge) == []


def test_no_word_is_longer_than_twenty_letters():
    def judge(text):
        return [word for word in WORD.findall(PLACEHOLDER.sub(" ", text)) if len(word) > LONGEST_WORD]

    assert failures(judge) == []


def test_no_word_blames_doubts_or_labels():
    def judge(text):
        words = [word for word in WORD.findall(text.lower()) if word in BLAME]
        return [word for word in words if not (word in ALLOWED and ALLOWED[word].search(text))]

    assert failures(judge) == []


def test_the_page_names_what_it_is_for_only_where_it_says_what_it_is():
    """The words stand on the page itself (product.md), never in a question."""
    found = {where for where, text in TEXTS if "loverboy" in text.lower()}
    assert found <= {"_footer.html", "signals/landing.html"}


@pytest.mark.parametrize("word", ["gebruiker", "formulierveld", "ingelogd"])
def test_nobody_is_called_a_user(word):
    assert [text for _where, text in TEXTS if word in text.lower()] == []
