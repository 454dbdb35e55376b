"""A full disk, a web process that is killed, and little memory: a file is there whole, or not at all."""

import contextlib
import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from tests import samples
from tests.samples import at_the_files, send_file


def files_of(stack) -> list[Path]:
    return samples.kept_in(stack.state / "files")


def web_processes(stack) -> list[int]:
    """The processes of the web server, the one that watches them included."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == stack.web.pid:
                found.append(int(folder.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_a_full_disk_refuses_the_file_kindly_and_the_report_still_goes(stack):
    visitor, before = at_the_files(stack.url), files_of(stack)
    for process in web_processes(stack):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        answer = send_file(visitor, samples.noise(800))
    finally:
        for process in web_processes(stack):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert answer.status_code == 422
    assert "‘foto.jpg’ bewaren lukt nu niet. Je kunt je melding wel versturen." in answer.text
    assert files_of(stack) == before
    visitor.submit({})
    visitor.submit({})
    assert visitor.path == "/m/klaar/"


def test_a_web_process_that_is_killed_leaves_no_file_that_counts(stack):
    visitor, before = at_the_files(stack.url), files_of(stack)

    data = samples.noise(3600)

    def send():
        with contextlib.suppress(requests.RequestException):
            send_file(visitor, data)

    sending = threading.Thread(target=send)
    sending.start()
    until = time.monotonic() + 30
    while files_of(stack) == before and time.monotonic() < until:
        time.sleep(0.01)
    stack.web.kill9()
    sending.join(30)
    stack.web.start()
    stack.wait_for_page()
    visitor.open(visitor.path)
    assert "foto.jpg" not in visitor.answer.text
    assert send_file(visitor, samples.photo()).status_code == 200


def test_taking_in_twenty_megabytes_takes_little_memory():
    lines = """
import resource, sys, os, django
django.setup()
from signals.files import uploads
received = uploads.Received("groot.jpg")
piece = os.urandom(65536)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
received.add(b"\\xff\\xd8\\xff\\xe0" + piece)
for _ in range(300):
    received.add(piece)
received.finish()
size = sum(len(piece) for piece in received.pieces())
try:
    uploads.take(received)
except uploads.Refused:
    pass
received.drop()
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "meldpunt.settings"}
    done = subprocess.run([sys.executable, "-c", lines], env=environment, capture_output=True, text=True, check=True)
    size, kilobytes = (int(part) for part in done.stdout.split())
    assert size > 19_000_000 and kilobytes < 8 * 1024
