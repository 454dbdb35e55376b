"""Normalising what people type: the same thing written otherwise is the same, another thing never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.matching import accounts, names, numbers
from signals.matching.letters import plain

MOBILE = "+31612345678"
SEPARATORS = st.text(alphabet=" -./()–\u00a0", max_size=2)


MOBILES = st.from_regex(r"6[0-9]{8}", fullmatch=True).filter(lambda digits: len(set(digits[1:])) > 1)


@given(
    MOBILES,
    st.sampled_from(["0", "+31", "0031", "+31 (0)", "(+31)", "31", "00 31 (0)", "+31-0"]),
    st.lists(st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "/"]), min_size=8, max_size=8),
    st.booleans(),
)
def test_mobile_number_is_one_however_it_is_written(digits, before, between, letters):
    written = before + "".join(digit + gap for digit, gap in zip(digits, [*between, ""], strict=True))
    if letters:
        written = written.replace("0", "O").replace("1", "l")
    assert numbers.phones(written, alone=True) == [f"+31{digits}"]


@given(MOBILES, MOBILES)
def test_other_numbers_stay_other_numbers(one, two):
    assert (numbers.phones("0" + one) == numbers.phones("0" + two)) == (one == two)


@pytest.mark.parametrize(
    "typed",
    [
        "06-12345678", "06 12 34 56 78", "0612345678", "+31612345678", "0031 6 12345678", "+31 (0)6-1234 5678",
        "(06) 12345678", "O6-l2345678", "０６-１２３４５６７８", "06/12345678", "06.12.34.56.78", "tel: 06 12345678",
        "٠٦١٢٣٤٥٦٧٨", "06–1234–5678", "zijn nummer is nul zes 12 34 56 78", "\u200e+31 6 12345678",
    ],
)  # fmt: skip
def test_spellings_of_a_number(typed):
    assert numbers.phones(typed, alone=True) == [MOBILE]
    assert numbers.phones(f"Hij belt met {typed}, elke avond.") == [MOBILE]


@pytest.mark.parametrize(
    "words",
    [
        "Op 12-03-2026 om 14.30 uur", "IBAN NL91 ABNA 0417 1643 00", "BSN 123456782", "zaak 2026-00012345",
        "Ze is 15, hij 24 of 25, de ander 31", "1000 euro, 2500 euro en 3 x 150", "www.voorbeeld.nl/061234567890123",
        "van 18.00 tot 23.30 uur op 01-02-2026", "ze woont op nummer 06", "klas 2b, 7 van de 10 keer te laat",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(words):
    assert numbers.phones(words) == []


@pytest.mark.parametrize("typed", ["XA-000-B", "xa 000 b", "XA000B", "XA–000–B", "xa·000·b", "XА-OOO-B", " XA-000-B. "])
def test_spellings_of_a_plate(typed):
    assert numbers.plates(typed, alone=True) == ["XA000B"]


@pytest.mark.parametrize("words", ["auto met XA 000 B in de straat", "kenteken XA000B", "een bus (xa-000-b)", "Kenteken: XA 000 B."])
def test_plate_in_words(words):
    assert numbers.plates(words) == ["XA000B"]


@pytest.mark.parametrize("words", ["om 12 uur", "op 12-03-26", "klas 3 en 4", "de bus van 8 uur", "een B en W", "a-b-c", "kenteken onbekend"])
def test_what_is_no_plate_is_none(words):
    assert numbers.plates(words) == []


@pytest.mark.parametrize(
    "typed",
    [
        "@ricky_x", "ricky_x", "RICKY_X", "@Ricky_X ", "insta: ricky_x", "snapchat ricky_x", "Instagram is @ricky_x",
        "https://www.instagram.com/ricky_x", "instagram.com/ricky_x/", "www.tiktok.com/@ricky_x", "@rісky_x",
        "snap: ricky_x", "Ricky_X (insta)", "t.me/ricky_x", "@ ricky_x", "\u200b@ricky_x",
    ],
)  # fmt: skip
def test_spellings_of_an_account(typed):
    assert accounts.handles(typed, alone=True) == ["rlcky_x"]


def test_o_and_zero_one_and_l_are_one_in_accounts():
    assert accounts.handles("@b0ss_01") == accounts.handles("@boss_0l") == ["boss_ol"]


@pytest.mark.parametrize("words", ["Ze zit op insta en snap.", "mail mij op anna@example.org", "zijn account is weg", "hij appt via telegram"])
def test_what_is_no_account_is_none(words):
    assert accounts.handles(words) == []


def test_address_is_one_with_capitals_dots_at_google_and_what_follows_a_plus():
    assert accounts.emails("Jan.Jansen+werk@GMAIL.com of janjansen@googlemail.com") == ["janjansen@gmail.com"]
    assert accounts.emails("jan.jansen@example.org") != accounts.emails("janjansen@example.org")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Riccó", "ricco"), ("RICCO", "ricco"), ("Rіссо", "ricco"), ("Ｒicco", "ricco"), ("r-i-c-c-o", "ricco"), ("de Ricco", "dericco")],
)
def test_spellings_of_a_nickname(typed, name):
    assert name in names.nicknames(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry", "Ferrie"), ("Rico", "Rikko"), ("Riccó", "Riko"), ("Jaimy", "Jamie"), ("Yara", "Yaara"), ("Noa", "Noah"),
        ("Fleur", "Fleurtje"), ("Milou", "Miloutje"), ("Kwinsie", "Quincy"), ("Mohamed", "Mohammed"), ("Jayden", "Jaidenn"),
        ("Zoë", "Zoey"), ("Sjantal", "Chantal"), ("Vince", "Vins"), ("Youssef", "Yousef"), ("Daniël", "Daniel"),
        ("Рико", "Riko"), ("Dylan", "Dilan"), ("Chris", "Kris"), ("Sofie", "Sophie"), ("Patrick", "Patrik"),
    ],
)  # fmt: skip
def test_names_that_sound_or_look_alike_to_a_dutch_ear_share_a_key(one, other):
    keys = [{key for name in names.nicknames(typed) for key in [name, *names.alike(name)]} for typed in (one, other)]
    assert keys[0] & keys[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rico", "Nico"), ("Tim", "Tom"), ("Sanne", "Hanna"), ("Lex", "Max"), ("Demi", "Remi"), ("Bo", "Jo"), ("Dave", "Steve"), ("Kim", "Kay"), ("Stan", "Daan")],
)
def test_names_that_only_rhyme_share_nothing(one, other):
    keys = [{key for name in names.nicknames(typed) for key in [name, *names.alike(name)]} for typed in (one, other)]
    assert not keys[0] & keys[1]


@given(st.text(max_size=300))
def test_nothing_that_anybody_types_breaks_it(text):
    for found in (numbers.phones, numbers.plates, accounts.handles):
        assert found(text) is not None and found(text, alone=True) is not None
    assert accounts.emails(text) is not None
    assert all(name.isalnum() and name.isascii() for name in names.nicknames(text))
    assert names.called(text) is not None


@given(st.text(max_size=60))
def test_letters_made_alike_stay_as_they_are(text):
    assert plain(plain(text)) == plain(text)


def test_long_text_is_read_in_no_time():
    import time

    begun = time.monotonic()
    for text in ("0 " * 20_000, "a" * 60_000, "@" * 60_000, "06" * 30_000, "nul " * 15_000, "a." * 30_000, "A B " * 15_000):
        numbers.phones(text), numbers.plates(text), accounts.handles(text), accounts.emails(text), names.called(text)
    assert time.monotonic() - begun < 5
