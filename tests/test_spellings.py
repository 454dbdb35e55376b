"""Pairs of reports that say the same in other spellings, and pairs that only seem to: what is told of each."""

import pytest

from signals.content import Report
from signals.matching.strength import RANK, Common, Level
from signals.matching.tokens import tokens_of

FIELDS = ("phone", "handle", "plate", "nickname")


def tokens(said):
    """The tokens of a report: words, or {field of the suspect: answer}; `town` is another municipality."""
    report, said = Report(), {"words": said} if isinstance(said, str) else dict(said)
    town = said.pop("town", "GM0141")
    for field, typed in said.items():
        setattr(report.suspect if field in FIELDS else report, field, typed)
    return tokens_of(report, town)


def likeness(one, other):
    """The highest level of what two reports have in common, None where that is nothing."""
    pairs = [(mine, theirs) for mine in tokens(one) for theirs in tokens(other)]
    same = [(mine, theirs) for mine, theirs in pairs if (mine.kind, mine.value) == (theirs.kind, theirs.value)]
    levels = [Common(mine.kind, mine.part, theirs.part).level for mine, theirs in same]
    return min(filter(None, levels), key=RANK.__getitem__, default=None)


NUMBER = (
    "+31 6 12345678", "Bel +316-1234-5678 zei hij", "nul zes een twee drie vier vijf zes zeven acht", "06 - 12 34 56 78",
    "nul zes, twaalf vierendertig zesenvijftig achtenzeventig", "zero six one two three four five six seven eight",
    "06 twaalf 34 56 78", "0 6 1 2 3 4 5 6 7 8", "O6-I2345678", "whatsapp 316 12345678", "app naar 31612345678",
    "wa.me/31612345678", "https://wa.me/31612345678", "tel:+31612345678", "06_1234_5678", "06*1234*5678", "06—12345678",
    "(+31)612345678", "+31 (0) 6 12 34 56 78", "00316 12345678", "📞06-12345678", "06-87654321/06-12345678",
    "06-87654321, 06-12345678", "06-87654321 of 06-12345678", "zijn 06 is 12345678", "zijn 06-nummer: 12345678",
    "06\n12345678", {"phone": "612345678"}, {"phone": "0031612345678"}, "0687654321 0612345678",
)  # fmt: skip
ACCOUNT = (
    "hij heet @ricky_x op insta", "zijn snap is ricky_x", "snapchat ricky_x", "Snap: RICKY_X", "instagram.com/ricky_x?igsh=1",
    "snapchat.com/add/ricky_x", "tiktok.com/@ricky_x/video/123", "@rіcky_x", "＠ricky_x", "(@ricky_x)!", "@rlcky_x", "@RIcky_x",
    "sc ricky_x", "IG: ricky_x", {"handle": "ricky_x (insta) / king_rick"}, {"handle": "insta: ricky_x, snap: rickk99"},
    {"handle": "king.rick of ricky_x"}, {"handle": "r1cky_x"}, {"handle": "Snapchat - ricky_x"},
)  # fmt: skip
BARE = (
    "ze kreeg berichten van @rickytje", "zijn gebruikersnaam: rickytje", "zijn snapchatnaam is rickytje", {"handle": "SC rickytje"},
    "Zijn Insta heet rickytje.", "op insta heet hij rickytje", "op snapchat noemt hij zich rickytje", {"handle": "Rickytje"},
    {"handle": "rickytje (insta) / king_rick"},
)  # fmt: skip
PLATE = (
    "kenteken xa000b", "auto XA000B", "een golf, xa-000-b", "XA 000 B", "kenteken is XA - 000 - B", "nummerplaat XA.000.B",
    "Het kenteken was XA-OOO-B", "kent. XA-000-B", {"plate": "XA000B zwarte golf"}, {"plate": "zwarte golf XA-000-B"},
    {"plate": "XA-000-B (Audi)"}, "XΑ-000-Β", "XА-000-В",
)  # fmt: skip
ADDRESS = (
    "RICKY@Example.org", "ricky (at) example.org", "ricky[at]example[dot]org", "ricky apenstaartje example punt org",
    "ricky@ example.org", "ricky @ example.org", "mailto:ricky@example.org", {"handle": "ricky@example.org"},
)  # fmt: skip
NAME = (
    {"nickname": "RICO"}, {"nickname": "Riсo"}, {"nickname": "'Rico'"}, {"nickname": "Rico (bijnaam)"}, "Zijn bijnaam is Rico",
    "bijnaam: Rico", "iedereen noemt hem 'Rico'", "een man die Rico heet", {"nickname": "Ricky of Rico"},
    {"nickname": "hij noemt zich Rico"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "spellings", "level"),
    [
        ("06-12345678", NUMBER, Level.MATCH),
        ("@ricky_x", ACCOUNT, Level.MATCH),
        ("@rickytje", BARE, Level.MATCH),
        ("XA-000-B", PLATE, Level.MATCH),
        ("ricky@example.org", ADDRESS, Level.MATCH),
        ({"nickname": "Rico"}, NAME, Level.PROPOSAL),
        ("@rickytje", ("snap: rickytje", "zijn insta is rickytje", "@ricky_tje"), Level.LOWER),
        ({"nickname": "Ricco"}, ({"nickname": "R1cco"}, {"nickname": "Rikko"}), Level.LOWER),
        ({"nickname": "Big-K"}, ({"nickname": "BigK"}, {"nickname": "big-k"}), Level.PROPOSAL),
    ],
    ids=lambda value: None if isinstance(value, tuple) else str(value),
)
def test_same_thing_in_another_spelling_is_found(one, spellings, level):
    assert [said for said in spellings if likeness(one, said) != level] == []


ALIKE_AND_NOTHING = (
    "Hij woont op Dorpsstraat 12, 7601 AB Almelo", "7601AB 12", "postcode 7601AB", "op 12-03-2026 om 14:30", "op 2026-03-12",
    "van 18.00 tot 23.30", "€ 1.250,00", "150 150 200 250 euro", "klas 3-HAVO-2", "klas 4-vwo-1", "lokaal A-12-B", "MAVO-3-B",
    "WK2026 en EU2026", "trein van 8.04 en 8.34", "IBAN NL91ABNA0417164300", "BSN 123456782", "112 gebeld", "0900-8844 gebeld",
    "bel 0800-0432", "Veilig Thuis 0800 2000", "14 053 gebeld", "op insta en snap", "op instagram account gemaakt", "@school",
    "account is gehackt", "haar snap werd gehackt", "snap: weg", "insta: onbekend", "insta is geblokkeerd", "zijn insta is prive",
    "zijn account heet anders", "account naam onbekend", "afspraak @ station", "een BMW 320 d", "Audi A3 uit 2019", "VMBO 3 TL",
    "Sanne vertelde het", "order 12345678901", "20-25 jaar, 30-35 jaar", "10 11 12 13 14 maart", "om 07 15 en 08 30 45",
    "maat 36 38 40 42 44", "een, twee of drie keer, vier, vijf", {"handle": "weet ik niet"}, {"handle": "onbekend"},
    {"handle": "snapchat"}, {"handle": "geen"}, {"handle": "nee"}, {"handle": "n.v.t."}, {"handle": "insta en snap"},
    {"handle": "prive"}, {"handle": "unknown"}, {"phone": "onbekend"}, {"phone": "06-00000000"}, {"phone": "begint met 06-12"},
    {"plate": "zwarte Golf 7"}, {"plate": "audi a3"}, {"plate": "BMW X5"}, {"plate": "peugeot 208"}, {"plate": "Duits"},
    {"nickname": "een man"}, {"nickname": "een oudere jongen"}, {"nickname": "zijn neef"}, {"nickname": "geen idee"},
    {"nickname": "vriend van haar"}, {"nickname": "weet ik niet"},
)  # fmt: skip


def test_what_many_reports_say_makes_no_two_of_them_alike():
    assert [said for said in ALIKE_AND_NOTHING if likeness(said, said)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("06-12345678", "06-12345679"), ("06-12345678", "06-12346578"), ("XA-000-B", "XA-001-B"), ("@ricky_x", "@ricky_xx"),
        ("@ricky_1", "@ricky_2"), ("@anna", "@hanna"), ({"nickname": "Jan"}, "Jan vertelde het aan de mentor"),
        ({"nickname": "Rico"}, {"nickname": "Rico", "town": "GM0153"}), ("anna@example.org", "hanna@example.org"),
    ],
)  # fmt: skip
def test_what_differs_by_a_little_is_another(one, other):
    assert likeness(one, other) is None


@pytest.mark.parametrize(("one", "other"), [("@ali99", "@all99"), ("@lien1", "@llenl")])
def test_a_short_account_with_one_other_letter_is_a_likeness_of_the_lowest_kind(one, other):
    assert likeness(one, other) == Level.LOWER
