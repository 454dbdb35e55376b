"""Headers, leaving, health, logs, the pages without data."""

import json
import logging

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from meldpunt.web.cache import JsonSerializer
from meldpunt.web.logs import WithoutContent
from meldpunt.web.middleware import SecurityHeaders

TEXTS = ("looking_safely", "privacy", "accessibility")


def answer_to(path, answer=None):
    return SecurityHeaders(lambda request: answer or HttpResponse("x"))(RequestFactory().get(path))


def test_nothing_may_be_loaded_from_elsewhere():
    policy = answer_to("/")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy


def test_every_answer_carries_the_headers():
    found = answer_to("/m/1/").headers
    assert found["Cross-Origin-Opener-Policy"] == found["Cross-Origin-Resource-Policy"] == "same-origin"
    assert found["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert found["Referrer-Policy"] == "same-origin"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in found["Permissions-Policy"]


def test_a_page_is_not_stored_and_not_found_by_search():
    found = answer_to("/m/1/").headers
    assert found["Cache-Control"] == "no-store"
    assert "noindex" in found["X-Robots-Tag"]


def test_static_files_may_be_stored():
    assert "Cache-Control" not in answer_to("/static/css/oever.css").headers


def test_a_download_keeps_the_policy_it_set_itself():
    answer = HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})
    assert answer_to("/bestand/", answer)["Content-Security-Policy"] == "sandbox"


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXTS)
def test_texts_open_without_an_account_and_offer_the_way_out(client, name):
    answer = client.get(reverse(name), secure=True)
    assert answer.status_code == 200
    assert f'href="{reverse("leave")}" rel="nofollow noreferrer" data-leave' in answer.content.decode()


@pytest.mark.django_db
def test_leaving_forgets_everything_and_shows_another_site(client):
    client.cookies["__Host-d"] = "a" * 64
    answer = client.get(reverse("leave"), secure=True)
    assert answer.status_code == 303
    assert answer["Location"] == settings.LEAVE_TO
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.cookies["__Host-d"]["max-age"] == 0
    assert answer.cookies["__Host-d"]["secure"]


@pytest.mark.django_db
def test_health_says_which_part_answers(client):
    answer = client.get(reverse("health"), secure=True)
    assert answer.status_code == 200
    assert answer.content.decode().splitlines()[:2] == ["database ok", "redis ok"]


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_plain_words(client):
    answer = client.get("/bestaat-niet/", secure=True)
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


@pytest.mark.django_db
def test_security_txt_says_whom_to_tell(client):
    lines = client.get("/.well-known/security.txt", secure=True).content.decode()
    assert f"Contact: {settings.SECURITY_CONTACT}\n" in lines
    assert "Expires: " in lines


@pytest.mark.parametrize("value", [1, 0, "tekst", None, True, [1, {"a": "é"}]])
def test_the_cache_speaks_json(value):
    serializer = JsonSerializer()
    stored = serializer.dumps(value)
    assert serializer.loads(stored if isinstance(stored, bytes) else str(stored).encode()) == value


def test_the_cache_refuses_a_pickle():
    with pytest.raises(ValueError):
        JsonSerializer().loads(b"\x80\x05K\x01.")


def line_of(name, message, *args, error=None):
    record = logging.LogRecord(
        name, logging.ERROR, __file__, 1, message, args, error and (type(error), error, None)
    )
    return json.loads(WithoutContent().format(record))


def test_a_log_line_of_others_keeps_its_values_to_itself():
    line = line_of("django.request", "Bad: %s", "GEHEIM")
    assert line["message"] == "Bad: %s"
    assert "GEHEIM" not in json.dumps(line)


def test_an_exception_is_logged_without_its_words():
    line = line_of("meldpunt.web", "it broke", error=ValueError("GEHEIM"))
    assert line["error"] == "ValueError"
    assert "GEHEIM" not in json.dumps(line)


def test_saying_i_am_still_here_needs_an_account(client, db):
    assert client.get(reverse("stay"), secure=True).status_code == 302
