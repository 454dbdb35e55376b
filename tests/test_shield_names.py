"""Names that a referrer gives, compared with those of the staff: spellings, order, initials, short forms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.shielding.names import Hit, Said, hit, named

FIRST = ["Jan", "Marieke", "Fatima", "Mohammed", "Cornelis", "Zoë", "Willem", "Elisabeth", "Łukasz", "Ayşe"]
LAST = ["de Vries", "van den Berg", "Bakker", "El Amrani", "Jansen-de Boer", "Müller", "Wójcik", "Yılmaz", "van 't Hof", "Meijer"]
PEOPLE = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST))
OTHERS = ["Piet Smit", "mijn vader", "niemand", "de buren", "haar beste vriendin", "X", "", "Samira Haddou", "weet ik niet", "0612345678"]


def asked(name, text):
    return hit(name, Said(asked=(text,)))


def without_accents(text):
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


SPELLINGS = {
    "as it is": lambda first, last: f"{first} {last}",
    "small letters": lambda first, last: f"{first} {last}".lower(),
    "capitals": lambda first, last: f"{first} {last}".upper(),
    "no accents": lambda first, last: without_accents(f"{first} {last}"),
    "surname first": lambda first, last: f"{last}, {first}",
    "initial": lambda first, last: f"{first[0]}. {last}",
    "title": lambda first, last: f"Mevrouw {last}",
    "surname alone": lambda first, last: last,
    "spaces and dots": lambda first, last: f"  {first}   {last}. ",
    "with what they do": lambda first, last: f"mijn oom {first} {last} van de politie",
    "among others": lambda first, last: f"mijn vader, {first} {last} en de buren",
    "run together": lambda first, last: f"{first} {last.replace(' ', '')}",
}


@pytest.mark.parametrize("spelling", sorted(SPELLINGS))
@given(person=PEOPLE)
def test_a_colleague_is_found_however_the_name_is_written(spelling, person):
    first, last = person
    assert asked(f"{first} {last}", SPELLINGS[spelling](first, last)) == Hit.NAMED


@given(person=PEOPLE, said=st.sampled_from(OTHERS))
def test_who_is_not_named_is_not_found(person, said):
    assert asked(" ".join(person), said) == Hit.NONE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Cornelis van den Berg", "Kees vd Berg"), ("Cornelis van den Berg", "Kees van de Bergh"),
        ("Mohammed Yılmaz", "Mo Yilmaz"), ("Mohammed Yılmaz", "Muhamed Yilmas"), ("Sjors Meijer", "George Meyer"),
        ("Marieke Bakker", "Maria Bakker"), ("Marieke Bakker", "Marike Baker"), ("Ivan Petrov", "Иван Петров"),
        ("Annelies Jansen-de Boer", "Annelies Janssen"), ("Pieter Jan Smits", "Piet Smit"), ("J.P. Smit", "meneer Smid"),
        ("Willem de Boer", "Wim de Boer"), ("Elisabeth Visser", "Els Fisser"),
    ],
)  # fmt: skip
def test_short_forms_and_slips_are_found(name, said):
    assert asked(name, said) == Hit.NAMED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marieke Bakker", "Piet Bakker"), ("Marieke Bakker", "P. Bakker"), ("Jan de Vries", "Jan"),
        ("Jan de Vries", "Jan Smit"), ("Bas Bos", "Bas"), ("Regisseur Almelo", "zijn vader uit Almelo"),
    ],
)  # fmt: skip
def test_a_namesake_or_a_first_name_alone_is_no_hit(name, said):
    assert asked(name, said) == Hit.NONE


def test_a_first_name_is_enough_where_somebody_works_with_us():
    assert asked("Marieke Bakker", "Marieke van het meldpunt") == Hit.NAMED
    assert hit("Marieke Bakker", Said(here=("Marieke",))) == Hit.NAMED


def test_free_words_need_the_whole_name():
    assert hit("Jan de Vries", Said(free=("Ik zag dat Jan de Vries daar ook kwam.",))) == Hit.MENTIONED
    assert hit("Jan de Vries", Said(free=("Jan kwam uit de vries.",))) == Hit.NONE
    assert hit("Marieke Bakker", Said(free=("Zij werkt bij de bakker.",))) == Hit.NONE


@given(st.text(max_size=400), st.text(max_size=60))
def test_whatever_is_typed_is_compared_without_an_error(text, name):
    assert hit(name, Said(asked=(text,), here=(text,), free=(text,))) in Hit


def test_each_of_many_colleagues_is_compared():
    staff = dict(enumerate([f"{first} {last}" for first in FIRST for last in LAST]))
    found = named(staff, Said(asked=("Fatima El Amrani",)))
    assert [staff[key] for key in found] == ["Fatima El Amrani"]
