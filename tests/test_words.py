"""Danger in somebody's own words: general phrases in the languages of filing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.weighing.urgency import FLAG_TEXT
from signals.weighing.words import ACUTE, PHRASES, flags


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Ik zit opgesloten in een kamer.", "locked_up"),
        ("Hij sluit me op als hij weggaat.", "locked_up"),
        ("I am locked in a flat.", "locked_up"),
        ("Ik wil niet meer leven.", "wants_to_die"),
        ("ze zegt dat ze dood wil", "wants_to_die"),
        ("I want to die", "wants_to_die"),
        ("Nie chcę żyć", "wants_to_die"),
        ("Не хочу жити", "wants_to_die"),
        ("Quiero morirme", "wants_to_die"),
        ("Hij dreigt met een mes.", "death_or_weapon_threat"),
        ("Ze bedreigen hem met de dood", "death_or_weapon_threat"),
        ("he says he will kill her", "death_or_weapon_threat"),
        ("Gisteren heeft hij haar weer geslagen", "recent_violence"),
        ("she was beaten, he beats her", "recent_violence"),
        ("Ze is sinds vrijdag vermist", "missing_now"),
        ("Morgen brengt hij haar naar het buitenland", "taken_away_soon"),
        ("Hij moet een explosief neerleggen", "explosive_or_violence_job"),
        ("Ze willen dat hij een nier verkoopt", "organ"),
        ("Ik word gechanteerd met naaktfoto's", "blackmail_with_images"),
        ("she is being blackmailed", "blackmail_with_images"),
        ("он меня шантажує", "blackmail_with_images"),
        ("Hij dreigt mijn ouders alles te vertellen", "threat"),
        ("Șeful ne amenință", "threat"),
        ("Szef grozi nam policją", "threat"),
        ("Megfenyegetett és fenyeget", "threat"),
        ("De baas heeft mijn paspoort afgepakt", "papers_taken"),
        ("they took my passport", "papers_taken"),
        ("Me quitaron el pasaporte", "papers_taken"),
        ("Забрали паспорт", "papers_taken"),
        ("Ik moet het terugverdienen", "must_pay_off"),
        ("He takes all my money", "money_taken"),
        ("Ze moet seks hebben met mannen", "forced_sex"),
        ("Mijn vriend dwingt me om met andere mannen te slapen", "forced_sex"),
        ("Hij heeft een mes op mijn keel gezet", "death_or_weapon_threat"),
        ("ik ben bang dat hij me vermoordt", "death_or_weapon_threat"),
        ("they said they will hurt my family", "threat"),
        ("Ik kan niet weg, hij heeft de sleutel", "locked_up"),
        ("hij sloeg me vanochtend", "recent_violence"),
        ("I have no passport, my boss has it", "papers_taken"),
        ("Szef zabrał mi paszport", "papers_taken"),
        ("ik moet drugs wegbrengen", "must_do_crime"),
        ("Ik moet vanavond met hem mee naar Duitsland", "taken_away_soon"),
        ("ik snij mezelf", "self_harm"),
        ("Ik moet trouwen met mijn neef", "forced_marriage"),
        ("Ze mag niet naar buiten", "not_allowed_out"),
        ("hij heeft mijn wachtwoorden", "watched"),
    ],
)
def test_a_danger_in_plain_words_raises_its_flag(text, flag):
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Ze is moe en haar cijfers dalen.", "Chantal (19) woont begeleid.", "Hij heeft een nieuwe telefoon.",
        "Ik maak me zorgen over een leerling.", "She is often late for school.", "Er is geen dreiging.",
        "Kunnen jullie advies geven?", "Het gaat niet goed met haar.", "🙂 <script>", "She is not threatened.",
    ],
)
def test_ordinary_worries_raise_no_flag(text):
    assert flags(text) == set()


def test_every_flag_has_a_sentence_and_acute_ones_exist():
    assert set(FLAG_TEXT) == set(PHRASES)
    assert PHRASES.keys() >= ACUTE


@given(st.text(max_size=2000))
def test_no_text_makes_it_fail(text):
    assert flags(text) <= PHRASES.keys()


@pytest.mark.parametrize("piece", ["a ", "mag ", "dreigt ", "wil ", "geen ", "het geld ", "x", "nier ", "i have to "])
def test_a_long_text_is_read_quickly(piece):
    began = time.perf_counter()
    flags(piece * 20_000)
    assert time.perf_counter() - began < 2
