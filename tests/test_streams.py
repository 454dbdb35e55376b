"""Files sealed as a stream: whole or not at all, bound to their id, and silent about their length."""

import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.vault import crypto, streams

PIECE = streams.PIECE


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


def written(data: bytes, *, key=None, file_id=None):
    key, file_id = key or crypto.new_key(), file_id or uuid.uuid4()
    assert streams.write(file_id, key, [data]) == len(data)
    return file_id, key


def opened(file_id, key, size):
    return b"".join(streams.read(file_id, key, size))


@pytest.mark.parametrize("size", [0, 1, 4096, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 1_000_003])
def test_what_goes_in_comes_out(size):
    data = bytes(n % 251 for n in range(size))
    assert opened(*written(data), size) == data


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=40_000), max_size=8))
def test_pieces_may_come_in_any_size(pieces):
    file_id, key = uuid.uuid4(), crypto.new_key()
    size = streams.write(file_id, key, pieces)
    assert opened(file_id, key, size) == b"".join(pieces)


def test_the_disk_holds_no_byte_of_it(folder):
    written(b"Kanarieroute7" * 9000)
    assert b"Kanarie" not in b"".join(path.read_bytes() for path in folder.iterdir())


def test_the_length_on_disk_tells_little(folder):
    for size in (5000, 5100):
        written(bytes(size))
    assert len({path.stat().st_size for path in folder.iterdir()}) == 1


@given(st.integers(0, 50_000_000))
def test_zeros_cost_at_most_an_eighth(size):
    assert size <= streams.padded(size) <= max(4096, size * 1.125)


def test_another_key_opens_nothing():
    file_id, _key = written(b"x" * 10)
    with pytest.raises(crypto.CannotOpen):
        opened(file_id, crypto.new_key(), 10)


def test_a_file_under_the_id_of_another_does_not_open():
    file_id, key = written(b"x" * 10)
    other = uuid.uuid4()
    streams.place_of(file_id).rename(streams.place_of(other))
    with pytest.raises(crypto.CannotOpen):
        opened(other, key, 10)


@pytest.mark.parametrize("change", [
    lambda raw: raw[:-1],
    lambda raw: raw[: 25 + streams.SEALED_PIECE],
    lambda raw: raw + b"x",
    lambda raw: raw + raw[25 : 25 + streams.SEALED_PIECE],
    lambda raw: b"\x02" + raw[1:],
    lambda raw: raw[:3000] + bytes([raw[3000] ^ 1]) + raw[3001:],
    lambda raw: raw[:10],
    lambda raw: b"",
])  # fmt: skip
def test_cut_lengthened_or_changed_it_does_not_open(change):
    data = b"y" * (2 * PIECE + 5)
    file_id, key = written(data)
    place = streams.place_of(file_id)
    place.write_bytes(change(place.read_bytes()))
    with pytest.raises(crypto.CannotOpen):
        opened(file_id, key, len(data))


def test_a_file_that_is_gone_does_not_open():
    with pytest.raises(crypto.CannotOpen):
        opened(uuid.uuid4(), crypto.new_key(), 1)


def test_what_broke_off_leaves_nothing(folder):
    def pieces():
        yield b"x" * 3 * PIECE
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        streams.write(uuid.uuid4(), crypto.new_key(), pieces())
    assert list(Path(folder).iterdir()) == []


def test_only_its_owner_reads_the_file(folder):
    written(b"x")
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
