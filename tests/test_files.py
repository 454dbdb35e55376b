"""Sending files along in the form: one at a time, refused by name and kindly, gone with the draft."""

import datetime
import os
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldpunt.vault import streams
from networks.tasks import forget_files
from signals.files import uploads
from signals.filing import drafts
from signals.models import Attachment, Draft, Signal
from tests import samples
from tests.filing_pages import ONESELF, SCHOOL, filed, reference_data, walk
from tests.samples import kept_in, upload
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begin(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    World(settings)
    reference_data()


@pytest.fixture
def client():
    """A school that has come to the files."""
    client = Client()
    walk(client, "school", SCHOOL, until="files")
    return client


def add(client: Client, data: bytes, name: str = "foto.jpg"):
    """Send one file."""
    return client.post("/m/erbij/", upload(data, name))


def page(client: Client) -> str:
    return client.get("/m/7/").content.decode()


def refusal(client: Client, data: bytes, name: str) -> str:
    """Send a file that is refused; returns what is said next to the field."""
    response = add(client, data, name)
    assert response.status_code == 422
    html = response.content.decode()
    assert 'href="#id_file"' in html and "Fout:" in html
    return response.context["form"].errors["file"][0]


def test_the_way_on_without_a_file_comes_first(client):
    html = page(client)
    assert html.index("Ik stuur niets mee") < html.index('type="file"')
    assert "Stuur geen naaktfoto’s mee, ook niet van jezelf." in html
    assert client.post("/m/7/", {})["Location"] == "/m/controle/"


def test_somebody_whom_it_is_about_is_asked_too():
    client = Client()
    walk(client, "self", ONESELF, until="files")
    assert "Wil je iets meesturen?" in client.get("/m/5/").content.decode()


def test_a_file_stands_in_the_list_and_on_the_check_page(client):
    response = add(client, samples.photo(), "Mijn foto.JPG")
    assert (response.status_code, response["Location"]) == (303, "/m/7/")
    assert "Mijn foto.jpg" in page(client) and "Ik stuur niets mee" not in page(client)
    client.post("/m/7/", {})
    assert "Mijn foto.jpg (foto, " in client.get("/m/controle/").content.decode()


def test_nothing_of_it_lies_in_clear_in_the_draft_or_on_disk(client, settings):
    add(client, samples.photo(), f"{samples.SECRET}.jpg")
    kept = bytes(Draft.objects.get().blob) + b"".join(p.read_bytes() for p in kept_in(settings.ATTACHMENTS_ROOT))
    assert samples.SECRET.encode() not in kept and b"JFIF" not in kept
    assert not Attachment.objects.exists()


def test_a_file_can_be_taken_out_again(client, settings, django_capture_on_commit_callbacks):
    add(client, samples.photo())
    file_id = client.get("/m/7/").context["form"].chosen[0].note.id
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/m/eraf/", {"file": file_id})["Location"] == "/m/7/"
    assert "foto.jpg" not in page(client)
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def test_nobody_takes_out_the_file_of_somebody_else(client, settings):
    add(client, samples.photo())
    file_id = client.get("/m/7/").context["form"].chosen[0].note.id
    other = Client()
    walk(other, "school", SCHOOL, until="files")
    assert other.post("/m/eraf/", {"file": file_id}).status_code == 404
    assert len(kept_in(settings.ATTACHMENTS_ROOT)) == 1


@pytest.mark.parametrize(("data", "name", "said"), [
    (b"", "leeg.jpg", "‘leeg.jpg’ is leeg. Kies een ander bestand."),
    (bytes(25_000_000), "groot.jpg",
     "‘groot.jpg’ is 25 MB. Dat is 5,0 MB te groot. Maak een schermafdruk en stuur die."),
    (bytes(25_000_000), "lang.mp4", "‘lang.mp4’ is 25 MB. Dat is 5,0 MB te groot. Stuur een korter stukje."),
    (b"Dag", "brief.docx", "‘brief.docx’ is geen foto, pdf of filmpje. Maak een schermafdruk en stuur die."),
    (samples.paper(), "foto.jpg",
     "‘foto.jpg’ is iets anders dan de naam zegt. Maak een schermafdruk en stuur die."),
    (samples.paper(password="x"), "brief.pdf",
     "‘brief.pdf’ heeft een wachtwoord. Maak foto’s van de bladzijden en stuur die."),
    (samples.photo()[:400], "half.jpg",
     "‘half.jpg’ gaat niet open. Het is misschien kapot. Maak een schermafdruk en stuur die."),
    (samples.bomb(), "bom.png", "‘bom.png’ is te groot om te openen. Maak een schermafdruk en stuur die."),
])  # fmt: skip
def test_what_cannot_come_along_is_refused_by_name(client, settings, data, name, said):
    assert refusal(client, data, name) == said
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def test_no_file_chosen_is_said(client):
    response = client.post("/m/erbij/", {})
    assert (response.status_code, response.context["form"].errors["file"][0]) == (422, "Kies eerst een bestand.")


def test_a_name_is_shown_as_text_and_without_its_folders(client):
    add(client, samples.photo(), "C:\\Users\\anna\\<script>alert(1)\u202e.jpg")
    html = page(client)
    assert "&lt;script&gt;alert(1).jpg" in html and "anna" not in html and "\u202e" not in html


def test_a_long_name_keeps_its_end():
    name = uploads.shown_name("a" * 500 + ".jpeg")
    assert len(name) == uploads.NAME_LENGTH and name.endswith("a.jpeg")


def test_five_is_the_most_also_for_a_forged_post(client, settings):
    for n in range(5):
        assert add(client, samples.photo(size=(8, 8)), f"{n}.jpg").status_code == 303
    said = refusal(client, samples.photo(size=(8, 8)), "zes.jpg")
    assert said == "‘zes.jpg’ kan er niet meer bij: vijf is het meeste. Haal er eerst een weg."
    assert len(kept_in(settings.ATTACHMENTS_ROOT)) == 5


def test_of_many_files_in_one_post_only_the_first_counts(client, settings):
    first, second = upload(samples.photo(), "een.jpg")["file"], upload(samples.photo(), "twee.jpg")["file"]
    assert client.post("/m/erbij/", {"file": [first, second], "elders": upload(b"x")["file"]}).status_code == 303
    assert "een.jpg" in page(client) and "twee.jpg" not in page(client)
    assert len(kept_in(settings.ATTACHMENTS_ROOT)) == 1


def test_a_forged_post_from_elsewhere_is_refused_and_leaves_nothing(settings):
    client = Client(enforce_csrf_checks=True)
    assert add(client, samples.photo()).status_code == 403
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def test_without_a_draft_there_is_nothing_to_add_to(settings):
    assert add(Client(), samples.photo()).status_code == 303
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def test_too_many_from_one_source_wait_a_minute(client, settings):
    settings.UPLOADS_PER_SOURCE = 1
    cache.clear()
    assert add(client, samples.photo()).status_code == 303
    assert "Wacht een minuut" in refusal(client, samples.photo(), "foto.jpg")


def test_leaving_takes_the_files_along(client, settings):
    add(client, samples.photo())
    client.get("/weg/")
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def test_beginning_anew_takes_the_files_along(client, settings):
    add(client, samples.photo())
    client.post("/m/begin/self/", {})
    assert kept_in(settings.ATTACHMENTS_ROOT) == []


def aged(path, seconds: float) -> None:
    """Let a file be as old as that."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_the_files_of_a_draft_that_lapsed_are_swept(client, settings):
    add(client, samples.photo())
    Draft.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    [path] = kept_in(settings.ATTACHMENTS_ROOT)
    assert forget_files() == 0
    aged(path, settings.LOOSE_FILE_SECONDS + 1)
    assert forget_files() == 1
    assert not path.exists()


def test_a_draft_that_lives_on_keeps_its_files(client, settings):
    add(client, samples.photo())
    [path] = kept_in(settings.ATTACHMENTS_ROOT)
    for act in (lambda: client.post("/m/6/", SCHOOL["contact"]), lambda: client.get("/m/blijf/")):
        aged(path, settings.LOOSE_FILE_SECONDS + 1)
        assert act().status_code in (204, 303)
        assert forget_files() == 0


def test_what_was_half_written_is_swept_too(settings):
    received = uploads.Received("x.jpg")
    half = streams.Writer(received.file_id, received.key)
    half.add(b"x" * 200_000)
    [path] = kept_in(settings.ATTACHMENTS_ROOT)
    assert path.suffix == streams.HALF
    aged(path, settings.LOOSE_FILE_SECONDS + 1)
    assert forget_files() == 0 and not path.exists()
    half.drop()


def test_filing_seals_the_files_under_the_report_and_the_sweep_leaves_them(client, settings):
    add(client, samples.photo(), "een.jpg")
    add(client, samples.paper(), "twee.pdf")
    assert client.post("/m/controle/")["Location"] == "/m/klaar/"
    rows = list(Attachment.objects.filter(signal=Signal.objects.get()))
    assert [row.purpose for row in rows] == ["report", "report"]
    assert b"een.jpg" not in b"".join(bytes(row.description) for row in rows)
    for path in kept_in(settings.ATTACHMENTS_ROOT):
        aged(path, settings.LOOSE_FILE_SECONDS + 1)
    assert forget_files() == 0 and len(kept_in(settings.ATTACHMENTS_ROOT)) == 2


def test_leaving_after_sending_keeps_what_was_sent(client, settings):
    add(client, samples.photo())
    client.post("/m/controle/")
    client.get("/weg/")
    assert len(kept_in(settings.ATTACHMENTS_ROOT)) == 1


def test_filing_takes_at_most_fifteen_statements_also_with_five_files_and_danger(client, monkeypatch):
    monkeypatch.setattr("signals.places.gazetteer.SECONDS", 60)
    filed(Client())  # the places are in memory from now on
    for n in range(5):
        add(client, samples.photo(size=(8, 8)), f"{n}.jpg")
    client.post("/m/2/?c=1", {"danger": "yes"})
    with CaptureQueriesContext(connection) as caught:
        client.post("/m/controle/")
    statements = [q["sql"] for q in caught if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert Attachment.objects.count() == 5
    assert len(statements) <= 15, "\n".join(statements)


def test_two_files_at_once_are_both_kept(client):
    draft = {"HTTP_COOKIE": f"{drafts.COOKIE}={client.cookies[drafts.COOKIE].value}"}
    assert Client().post("/m/erbij/", upload(samples.photo(), "een.jpg"), **draft).status_code == 303
    assert Client().post("/m/erbij/", upload(samples.photo(), "twee.jpg"), **draft).status_code == 303
    html = page(client)
    assert "een.jpg" in html and "twee.jpg" in html
