"""Two tabs of one browser at the same moment: a step, a file and "Verstuur" wait for each other, and nothing is lost."""

import threading

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from signals.filing import drafts
from signals.models import Draft, Signal
from tests.filing_pages import SCHOOL, cookie_of, reference_data, walk
from tests.worlds import World

STEP = "/m/6/"


@pytest.fixture(autouse=True)
def begin(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    World(settings)
    reference_data()


def tab_of(client: Client) -> Client:
    """Another tab of the same browser."""
    tab = Client()
    tab.cookies[drafts.COOKIE] = cookie_of(client)
    return tab


def request_of(client: Client):
    request = RequestFactory().post("/")
    request.COOKIES[drafts.COOKIE] = cookie_of(client)
    return request


def while_locked(client: Client, first, then) -> HttpResponse:
    """Let `then` begin while `first` has the lock of the draft; returns the answer to `then`."""
    answers, begun = [], threading.Event()

    def second():
        begun.set()
        try:
            answers.append(then())
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        drafts.open_draft(request_of(client), lock=True)
        other.start()
        assert begun.wait(10)
        other.join(0.5)
        first()
    other.join(20)
    return answers[0]


@pytest.mark.django_db(transaction=True)
def test_a_step_that_comes_during_sending_leaves_the_receipt_and_the_code():
    client = Client()
    walk(client, "school", SCHOOL)
    tab, answer = tab_of(client), {"allowed": "no"}
    answered = while_locked(client, lambda: client.post("/m/controle/"), lambda: tab.post(STEP, answer))
    assert (answered.status_code, answered["Location"]) == (303, "/m/klaar/?al=1")
    assert Draft.objects.get().sent_reference == Signal.objects.get().reference
    assert len(client.get("/m/klaar/").context["groups"]) == 4
    assert tab.post("/m/controle/")["Location"] == "/m/klaar/"
    assert Signal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_step_that_comes_while_a_file_is_added_keeps_the_file():
    client = Client()
    walk(client, "school", SCHOOL)

    def add_a_file():
        request = request_of(client)
        data = drafts.open_draft(request).data
        note = {"id": "0" * 32, "key": "", "name": "a.jpg", "kind": "photo", "suffix": "jpg", "size": 1, "scanned": True}
        drafts.save(request, HttpResponse(), data | {"files": [note]})

    tab = tab_of(client)
    answered = while_locked(client, add_a_file, lambda: tab.post(STEP, {"allowed": "no"}))
    assert answered.status_code == 303
    kept = drafts.open_draft(request_of(client)).data
    assert [note["name"] for note in kept["files"]] == ["a.jpg"]
    assert kept["answers"]["contact"]["allowed"] == "no"


@pytest.mark.django_db
def test_nothing_is_written_over_a_receipt():
    client = Client()
    walk(client, "school", SCHOOL)
    before = drafts.open_draft(request_of(client)).data
    client.post("/m/controle/")
    response = HttpResponse()
    assert drafts.save(request_of(client), response, before) is False
    assert drafts.open_draft(request_of(client)).sent and not response.cookies
