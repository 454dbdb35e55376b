"""What is sealed opens only with its own key, in its own place; what was changed never opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault import crypto


@given(st.binary(max_size=20_000))
def test_padding_comes_off_again_and_hides_the_length(data):
    padded = crypto.pad(data)
    assert crypto.unpad(padded) == data
    assert len(padded) in crypto.BUCKETS or len(padded) % 4096 == 0


@given(st.binary(max_size=5000), st.text(max_size=50))
def test_what_is_sealed_opens_with_the_same_key_and_context(data, context):
    key = crypto.new_key()
    assert crypto.open_sealed(key, crypto.seal(key, data, context), context) == data


def test_another_key_context_or_byte_does_not_open():
    key = crypto.new_key()
    blob = crypto.seal(key, b"words", "v1|signal|1|report|1")
    for other_key, other_blob, context in (
        (crypto.new_key(), blob, "v1|signal|1|report|1"),
        (key, blob, "v1|signal|2|report|1"),
        (key, blob[:-1] + bytes([blob[-1] ^ 1]), "v1|signal|1|report|1"),
        (key, b"\x02" + blob[1:], "v1|signal|1|report|1"),
        (key, b"", "v1|signal|1|report|1"),
    ):
        with pytest.raises(crypto.CannotOpen):
            crypto.open_sealed(other_key, other_blob, context)


def test_a_sealed_key_opens_only_for_its_statement():
    pair, key = crypto.new_pair(), crypto.new_key()
    blob = crypto.seal_key(pair.public, key, "v1|case|1|shared|1|team:1|1")
    assert crypto.unseal_key(pair.secret, blob, "v1|case|1|shared|1|team:1|1") == key
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal_key(pair.secret, blob, "v1|case|2|shared|1|team:1|1")
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal_key(crypto.new_pair().secret, blob, "v1|case|1|shared|1|team:1|1")


def test_a_signature_fits_one_statement_and_one_key():
    pair = crypto.new_signing_pair()
    signature = crypto.sign(pair.secret, "v1|team|1")
    assert crypto.is_signed(pair.public, "v1|team|1", signature)
    assert not crypto.is_signed(pair.public, "v1|team|2", signature)
    assert not crypto.is_signed(crypto.new_signing_pair().public, "v1|team|1", signature)


def test_a_password_gives_another_key_with_another_salt_or_pepper():
    salt, pepper = crypto.new_salt(), crypto.new_key()
    costs = {"time": 1, "memory": 8192}
    key = crypto.key_from_password("geheim", pepper, salt, **costs)
    assert key == crypto.key_from_password("geheim", pepper, salt, **costs)
    assert key != crypto.key_from_password("geheim", pepper, crypto.new_salt(), **costs)
    assert key != crypto.key_from_password("geheim", crypto.new_key(), salt, **costs)
    assert key != crypto.key_from_password("Geheim", pepper, salt, **costs)
