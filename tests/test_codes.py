"""The referrer's code: every single error and every swap of two symbols is caught before anything is looked up."""

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault import codes

CODE = st.builds(codes.new_code)
AT = st.integers(0, codes.LENGTH - 1)


@given(CODE, AT, st.sampled_from(codes.SYMBOLS))
def test_every_single_wrong_symbol_is_caught(code, at, symbol):
    wrong = code[:at] + symbol + code[at + 1 :]
    assert codes.normalise(wrong) == (code if wrong == code else None)


@given(CODE, AT, AT)
def test_every_swap_of_two_symbols_is_caught(code, one, other):
    symbols = list(code)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    swapped = "".join(symbols)
    assert codes.normalise(swapped) == (code if swapped == code else None)


@given(CODE)
def test_a_code_may_be_typed_as_people_type(code):
    typed = " - ".join(codes.grouped(code)).lower().replace("0", "o").replace("1", "l")
    assert codes.normalise(f"  {typed} ") == code


@given(st.text(max_size=300))
def test_any_text_is_a_code_or_none(text):
    found = codes.normalise(text)
    assert found is None or len(found) == codes.LENGTH


def test_lookup_id_and_wrapping_key_are_independent():
    code, pepper = codes.new_code(), bytes(32)
    assert codes.lookup_id(code, pepper) != codes.wrapping_key(code, pepper)
    assert codes.lookup_id(code, pepper) != codes.lookup_id(code, b"\1" * 32)
