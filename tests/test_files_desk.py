"""Files at the desk: named, never shown by themselves, each reading its own row; and what is not to be opened."""

import uuid

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory
from django.urls import reverse

from meldpunt.audit.models import Entry
from meldpunt.vault import streams
from signals.actions import files as actions
from signals.actions.filing import file
from signals.files import uploads
from signals.models import Attachment, OwnWords
from signals.workflow import NotAllowed
from tests import samples
from tests.filing_pages import reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db
NAME = f"Bé {samples.SECRET}.jpg"


@pytest.fixture
def world(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    made = World(settings)
    reference_data()
    return made


def taken(data: bytes, name: str):
    """Take a file in as a page does; returns its note."""
    received = uploads.Received(name)
    received.add(data)
    received.finish()
    try:
        return uploads.take(received)
    finally:
        received.drop()


def with_file(data: bytes | None = None, name: str = NAME) -> Attachment:
    """File a signal with one file."""
    note = taken(data or samples.photo(), name)
    answers = {"danger": {"danger": "no"}, "signs": {"words": "Kijk."}}
    signal = file(answers, who="school", once=uuid.uuid4().bytes * 2, files=[note]).signal
    return Attachment.objects.get(signal=signal)


@pytest.fixture
def row(world):
    return with_file()


def address(name: str, row: Attachment, **other) -> str:
    return reverse(name, args=[other.get("reference", row.signal.reference), other.get("pk", row.pk)])


def second_factor_now(client, user):
    """Let a browser have given its second factor just now."""
    request, session = RequestFactory().get("/"), client.session
    request.session = session
    record_authentication(request, user, "mfa")
    session.save()
    return client


def marked(world, row: Attachment, who: str = "coordinator") -> Attachment:
    """Mark a file as not to be opened."""
    actions.hold(row, by=world.user(who), keyring=world.keyring(who), words="Ik twijfel")
    row.refresh_from_db()
    return row


def test_the_signal_names_the_file_and_shows_nothing_of_it(world, row):
    html = world.client("coordinator").get(f"/meldingen/{row.signal.reference}/").content.decode()
    assert NAME in html and "niet gescand" in html and "schoongemaakt" in html
    assert address("file_picture", row) not in html
    listed = Entry.objects.filter(act="list", purpose="files").get()
    assert listed.rows == [str(row.pk)]


def test_a_download_is_the_rewritten_file_and_only_to_save(world, row):
    response = world.client("coordinator").post(address("save_file", row))
    body = b"".join(response.streaming_content)
    assert body[:2] == b"\xff\xd8" and samples.SECRET.encode() not in body
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''B%C3%A9")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")
    assert int(response["Content-Length"]) == len(body)
    entry = Entry.objects.filter(object_kind="attachment", object_id=str(row.pk), act="export").get()
    assert (entry.purpose, entry.user_id) == ("download", world.user("coordinator").pk)


def test_a_download_is_asked_for_with_a_post(world, row):
    assert world.client("coordinator").get(address("save_file", row)).status_code == 405


def test_a_picture_is_blurred_until_it_is_asked_for(world, row):
    client = world.client("coordinator")
    html = client.get(address("look_at_file", row)).content.decode()
    assert address("file_picture", row) in html and 'id="sharp"' in html
    assert not Entry.objects.filter(purpose="preview").exists()
    response = client.get(address("file_picture", row))
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert (response["Content-Type"], response["Content-Security-Policy"]) == (
        "image/jpeg", "sandbox; default-src 'none'",
    )  # fmt: skip
    assert Entry.objects.filter(purpose="preview", object_id=str(row.pk)).count() == 1


def test_a_picture_does_not_open_in_a_window_of_its_own(world, row):
    client = world.client("coordinator")
    response = client.get(address("file_picture", row), headers={"Sec-Fetch-Dest": "document"})
    assert (response.status_code, response["Location"]) == (302, address("look_at_file", row))


@pytest.mark.parametrize(("data", "name"), [(samples.paper(), "brief.pdf"), (samples.film(), "film.mp4")])
def test_only_pictures_are_shown(world, data, name):
    row = with_file(data, name)
    client = world.client("coordinator")
    assert client.get(address("look_at_file", row)).status_code == 404
    assert client.get(address("file_picture", row)).status_code == 404


@pytest.mark.parametrize("page", ["save_file", "look_at_file", "file_picture", "hold_file", "release_file"])
def test_a_file_of_another_signal_is_404(world, row, page):
    other = with_file(name="ander.jpg")
    client = world.client("coordinator")
    method = client.post if page in ("save_file", "release_file") else client.get
    assert method(address(page, row, pk=other.pk)).status_code == 404
    assert method(address(page, row, pk=uuid.uuid4())).status_code == 404
    assert method(address(page, row, reference="OV-000-000")).status_code == 404


def test_a_network_sees_nothing_of_files(world, row):
    for who in ("member", "lead", "analyst", "administrator", "privacy_officer"):
        assert not Attachment.objects.visible_to(world.user(who)).exists()
        assert world.client(who).post(address("save_file", row)).status_code == 403


def test_without_an_unlocked_key_the_password_comes_first(world, row):
    response = world.client("coordinator", locked=True).post(address("save_file", row))
    assert response.status_code == 302 and "next=" in response["Location"]


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_a_file_that_was_harmed_is_said_so(world, row, harm):
    place = streams.place_of(row.pk)
    raw = place.read_bytes()
    place.unlink() if harm == "gone" else place.write_bytes(raw[:900] if harm == "cut" else raw[:99] + b"x" + raw[100:])
    response = world.client("coordinator").post(address("save_file", row), follow=True)
    assert "Dit bestand is er niet meer, of het is beschadigd." in response.content.decode()


def test_a_marked_file_is_neither_shown_nor_saved(world, row):
    client = world.client("coordinator")
    response = client.post(address("hold_file", row), {"hold-words": f"Mogelijk misbruik {samples.SECRET}"}, follow=True)
    assert "Dit bestand blijft dicht" in response.content.decode()
    row.refresh_from_db()
    assert row.held_by_id == world.user("coordinator").pk
    for method, page, status in (("post", "save_file", 403), ("get", "file_picture", 403), ("get", "look_at_file", 200)):
        response = getattr(client, method)(address(page, row))
        assert response.status_code == status and "Dit bestand blijft dicht" in response.content.decode()
    assert not Entry.objects.filter(object_id=str(row.pk), act__in=["export", "read"]).exists()
    html = client.get(f"/meldingen/{row.signal.reference}/").content.decode()
    assert "niet openen" in html and address("look_at_file", row) not in html


def test_why_a_file_was_marked_is_sealed(world, row):
    marked(world, row)
    words = OwnWords.objects.get(transition__signal=row.signal)
    assert b"twijfel" not in bytes(words.words)
    html = world.client("coordinator").get(f"/meldingen/{row.signal.reference}/").content.decode()
    assert "Ik twijfel" in html


def test_marking_needs_words(world, row):
    assert world.client("coordinator").post(address("hold_file", row), {"hold-words": " "}).status_code == 422


def test_who_marked_a_file_does_not_take_the_mark_off(world, row):
    marked(world, row)
    response = world.client("coordinator").post(address("release_file", row), {"release-words": "Toch niet"})
    assert response.status_code == 409
    row.refresh_from_db()
    assert row.held_at


def test_marking_twice_is_refused(world, row):
    marked(world, row)
    with pytest.raises(NotAllowed):
        marked(world, row)


def test_a_colleague_takes_the_mark_off(world, row):
    marked(world, row)
    Attachment.objects.update(held_by=world.user("lead"))
    client = world.client("coordinator")
    assert client.post(address("release_file", row), {"release-words": ""}).status_code == 422
    assert client.post(address("release_file", row), {"release-words": "De politie keek"}).status_code == 302
    row.refresh_from_db()
    assert row.held_at is None
    assert client.post(address("save_file", row)).status_code == 200


def test_the_police_get_a_marked_file_after_the_second_factor(world, row):
    marked(world, row)
    client, user = world.client("coordinator"), world.user("coordinator")
    response = client.post(address("save_file", row), {"police": "1"})
    assert response.status_code == 302 and "next=" in response["Location"]
    response = second_factor_now(client, user).post(address("save_file", row), {"police": "1"})
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert Entry.objects.filter(object_id=str(row.pk), act="export", purpose="police").count() == 1
