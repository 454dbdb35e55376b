"""What clamd says; and without it, or where it fails, a file is marked as not scanned, never as clean."""

import os
import shutil
import socket
import subprocess
import threading
import time

import pytest

from signals.cleaning import kinds
from signals.cleaning.scanning import Scan, scan
from signals.files import uploads
from tests import samples

# The harmless file that every scanner knows (eicar.org), in two halves, so that no scanner stops at this test.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")


def answering(settings, answer: bytes):
    """Let a socket that answers so be the scanner."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"

    def serve():
        wire, _address = server.accept()
        with wire, server:
            seen = b""
            while not seen.endswith(bytes(4)):
                seen += wire.recv(65536)
            wire.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()


def test_without_a_scanner_a_file_is_not_scanned(settings):
    settings.CLAMD = ""
    assert scan([b"x"]) is Scan.NOT_SCANNED


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nergens/clamd.sock"])
def test_a_scanner_that_is_away_calls_nothing_clean(settings, address):
    settings.CLAMD = address
    assert scan([b"x"]) is Scan.NOT_SCANNED


@pytest.mark.parametrize(("answer", "said"), [
    (b"stream: OK\0", Scan.CLEAN),
    (b"stream: Eicar-Test-Signature FOUND\0", Scan.INFECTED),
    (b"INSTREAM size limit exceeded. ERROR\0", Scan.NOT_SCANNED),
    (b"", Scan.NOT_SCANNED),
    (b"stream: OK but no\0", Scan.NOT_SCANNED),
])  # fmt: skip
def test_only_a_clear_answer_counts(settings, answer, said):
    answering(settings, answer)
    assert scan([b"x" * 100_000, b"", b"y"]) is said


def received(data: bytes, name: str) -> uploads.Received:
    made = uploads.Received(name)
    made.add(data)
    made.finish()
    return made


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """A real clamd that knows one signature; its address."""
    if CLAMD is None:
        pytest.skip("clamd is not on this machine")
    home = tmp_path_factory.mktemp("clamd")
    (home / "db").mkdir()
    home.chmod(0o755)
    # Name, any kind of file, at any offset, the bytes.
    (home / "db" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    address = home / "clamd.sock"
    (home / "clamd.conf").write_text(
        f"LocalSocket {address}\nDatabaseDirectory {home / 'db'}\nForeground yes\nTemporaryDirectory {home}\n"
        + ("User root\n" if os.geteuid() == 0 else "")
    )
    log = open(home / "log", "wb")  # noqa: SIM115 – clamd writes to it until it ends
    running = subprocess.Popen([CLAMD, "-c", str(home / "clamd.conf")], stdout=log, stderr=log)
    until = time.monotonic() + 60
    while not address.exists():
        assert running.poll() is None and time.monotonic() < until, (home / "log").read_text()
        time.sleep(0.1)
    yield f"unix:{address}"
    running.terminate()
    running.wait(20)
    log.close()


def test_a_real_scanner_finds_what_it_knows(settings, clamd):
    settings.CLAMD = clamd
    assert scan([EICAR]) is Scan.INFECTED
    assert scan([samples.photo()]) is Scan.CLEAN


def test_an_infected_file_is_refused_and_not_kept(settings, clamd):
    settings.CLAMD = clamd
    infected = received(EICAR, "eicar.com")
    with pytest.raises(kinds.Refused) as caught:
        uploads.take(infected)
    infected.drop()
    assert caught.value.args[0] == uploads.INFECTED
    assert samples.kept_in(settings.ATTACHMENTS_ROOT) == []


def test_a_virus_behind_a_photo_is_refused_too(settings, clamd):
    settings.CLAMD = clamd
    with pytest.raises(kinds.Refused):
        uploads.take(received(samples.photo() + EICAR, "foto.jpg"))


def test_a_clean_file_is_called_scanned(settings, clamd):
    settings.CLAMD = clamd
    assert uploads.take(received(samples.photo(), "foto.jpg")).scanned
