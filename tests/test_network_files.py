"""Files of a network: cleaned, sealed under its own key, saved as a download, and never swept away."""

import os
import time
import uuid

import pytest

from meldpunt.audit.models import Entry
from meldpunt.vault import streams
from networks.actions import files as actions
from networks.models import CaseFile
from networks.tasks import forget_files
from signals.actions import routing
from signals.cleaning.kinds import Refused
from signals.content import FileNote
from tests import samples
from tests.samples import kept_in, upload
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    return World(settings)


def address(letter, act=""):
    return f"/netwerk/{letter.case.reference}/werk/{act}"


def add(client, letter, data, name="gesprek.pdf"):
    return client.post(address(letter, "bestand/"), upload(data, name))


def test_file_is_cleaned_sealed_and_saved_by_a_colleague(world, settings):
    letter = world.accepted()
    assert add(world.client("member"), letter, samples.paper()).url == address(letter) + "#bestanden"
    row = CaseFile.objects.get()
    assert b"gesprek" not in bytes(row.description)
    [path] = kept_in(settings.ATTACHMENTS_ROOT)
    assert b"%PDF" not in path.read_bytes()
    lead = world.client("lead")
    assert "gesprek.pdf" in lead.get(address(letter)).content.decode()
    response = lead.post(address(letter, f"bestand/{row.pk}/"))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    entry = Entry.objects.get(act="export")
    assert (entry.user.name, entry.object_id, entry.purpose) == ("Lead", str(row.pk), "download")


def test_wrong_file_is_refused_by_name_and_nothing_is_kept(world, settings):
    letter, client = world.accepted(), world.client("member")
    for data, said in ((b"", "is leeg"), (b"MZ\x90\x00 programma", "gesprek.pdf")):
        response = add(client, letter, data)
        assert response.status_code == 422 and said in response.content.decode()
    assert client.post(address(letter, "bestand/")).status_code == 422
    assert not CaseFile.objects.exists() and not kept_in(settings.ATTACHMENTS_ROOT)


def test_nobody_else_adds_or_saves_a_file(world):
    letter = world.accepted()
    add(world.client("member"), letter, samples.paper())
    row = CaseFile.objects.get()
    for who, status in (("stranger", 404), ("other_lead", 404), ("former", 403), ("coordinator", 403)):
        assert add(world.client(who), letter, samples.paper()).status_code == status
        assert world.client(who).post(address(letter, f"bestand/{row.pk}/")).status_code == status
    other = world.accepted()
    assert world.client("member").post(address(other, f"bestand/{row.pk}/")).status_code == 404
    assert world.client("member").post(address(letter, f"bestand/{uuid.uuid4()}/")).status_code == 404
    ring = world.keyring("member")
    routing.give_back(letter, by=ring.user, keyring=ring, reason="no_capacity")
    assert world.client("lead").post(address(letter, f"bestand/{row.pk}/")).status_code == 404


def test_sweep_leaves_what_a_network_keeps_and_takes_what_nobody_names(world, settings):
    letter = world.accepted()
    add(world.client("member"), letter, samples.photo(), "foto.jpg")
    loose = uuid.uuid4()
    streams.write(loose, bytes(32), [b"los"])
    for path in kept_in(settings.ATTACHMENTS_ROOT):
        then = time.time() - settings.LOOSE_FILE_SECONDS - 1
        os.utime(path, (then, then))
    assert forget_files() == 1
    assert [path.name for path in kept_in(settings.ATTACHMENTS_ROOT)] == [CaseFile.objects.get().pk.hex]


def test_one_file_too_many_is_refused_and_forgotten(world, settings, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 0)
    letter, ring, file_id = world.accepted(), world.keyring("member"), uuid.uuid4()
    streams.write(file_id, bytes(32), [b"x"])
    with pytest.raises(Refused):
        actions.add_file(letter, by=ring.user, keyring=ring, note=FileNote(id=str(file_id)))
    assert not kept_in(settings.ATTACHMENTS_ROOT)


def test_file_that_is_gone_says_so(world, settings):
    letter, client = world.accepted(), world.client("member")
    add(client, letter, samples.paper())
    row = CaseFile.objects.get()
    streams.delete(row.pk)
    assert client.post(address(letter, f"bestand/{row.pk}/")).url == address(letter) + "#bestanden"


def test_file_that_is_marked_stays_closed_until_a_colleague_takes_the_mark_off(world):
    letter, client = world.accepted(), world.client("member")
    add(client, letter, samples.photo(), "foto.jpg")
    row = CaseFile.objects.get()
    there = address(letter, f"bestand/{row.pk}/niet-openen/")
    assert client.post(there, {"hold-words": ""}).status_code == 422
    assert client.post(there, {"hold-words": "Twijfel over het beeld."}).url == there
    assert "Kijk niet nog een keer." in client.get(there).content.decode()
    assert client.post(address(letter, f"bestand/{row.pk}/")).status_code == 403
    assert client.post(address(letter, f"bestand/{row.pk}/"), {"police": "1"}).status_code == 302
    page = client.get(address(letter)).content.decode()
    assert "Dit bestand blijft dicht" in page and "Twijfel over het beeld." in page and "foto.jpg" not in page
    back = address(letter, f"bestand/{row.pk}/weer-open/")
    assert client.post(back, {"release-words": "Toch niet."}).status_code == 409
    assert world.client("stranger").post(back, {"release-words": "Toch niet."}).status_code == 404
    assert world.client("lead").post(back, {"release-words": "De politie gaf het vrij."}).status_code == 302
    assert client.post(address(letter, f"bestand/{row.pk}/")).status_code == 200
    assert set(Entry.objects.filter(act="change").values_list("purpose", flat=True)) >= {"file_held", "file_released"}
