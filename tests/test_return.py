"""Coming back with the code: one sentence, the same for everybody; what is wrong answers alike, by the same path."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldpunt.vault import codes
from meldpunt.vault.models import ReferrerKey
from signals.models import Case, Signal, Visit
from signals.workflow import CaseState
from tests.filing_pages import filed, reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


def ask(code: str, client: Client | None = None):
    """Give a code; where it is right the messages follow."""
    return (client or Client()).post("/code/", {"code": code}, follow=True)


def text(response) -> str:
    return response.content.decode()


def test_the_code_opens_the_status_however_it_is_typed():
    signal, code = filed(Client())
    for typed in (code, code.lower(), "-".join(codes.grouped(code)), f"  {' '.join(codes.grouped(code))} "):
        page = ask(typed)
        assert page.redirect_chain == [("/code/verder/", 303)]
        assert signal.reference in text(page)


def test_the_code_is_in_no_address_and_no_report_is_shown():
    signal, code = filed(Client())
    page = ask(code)
    assert "stapt na school" not in text(page) and code not in text(page)
    assert "Sanne" not in text(page) and "Anneke" not in text(page)
    assert Client().get(f"/code/?code={code}").context["form"].is_bound is False


@pytest.mark.parametrize(
    ("state", "case_state", "sentence"),
    [
        ("received", None, "Je melding is binnen. Wij gaan hem lezen."),
        ("in_triage", None, "Je melding is gelezen."),
        ("asked", None, "Je melding is gelezen."),
        ("decided", None, "Je melding is afgehandeld."),
        ("decided", CaseState.ASSESSED, "Er wordt aan gewerkt."),
        ("decided", CaseState.WITH_NETWORK, "Er wordt aan gewerkt."),
        ("decided", CaseState.CLOSED, "Je melding is afgehandeld."),
    ],
)
def test_the_status_follows_the_signal_and_its_case(state, case_state, sentence):
    signal, code = filed(Client())
    case = None
    if case_state:
        case = Case.objects.create(
            reference="ZK-AAA-AAA",
            state=case_state,
            urgency="normal",
            form="ONBEKEND",
            age_band="unknown",
            gender="unknown",
            opened_at=signal.filed_at,
            shared=b"",
        )
    Signal.objects.update(state=state, case=case)
    assert f"<h1>{sentence}</h1>" in text(ask(code))


def test_a_duplicate_is_told_what_the_report_before_it_is_told():
    first, _code = filed(Client())
    second, code = filed(Client())
    Signal.objects.filter(pk=second.pk).update(state="decided", decision="duplicate", same_as=first)
    case = Case.objects.create(
        reference="ZK-AAA-AAA", state=CaseState.WITH_NETWORK, urgency="normal", form="ONBEKEND",
        age_band="unknown", gender="unknown", opened_at=first.filed_at, shared=b"",
    )  # fmt: skip
    said = "<h1>Er wordt aan gewerkt.</h1>"
    assert said in text(ask(code))
    Signal.objects.filter(pk=first.pk).update(state="decided", decision="new_case", case=case)
    assert said in text(ask(code))
    Case.objects.update(state=CaseState.CLOSED)
    assert "<h1>Je melding is afgehandeld.</h1>" in text(ask(code))


def test_two_reports_that_name_each_other_as_the_same_still_say_something():
    first, _code = filed(Client())
    second, code = filed(Client())
    Signal.objects.filter(pk=second.pk).update(state="decided", decision="duplicate", same_as=first)
    Signal.objects.filter(pk=first.pk).update(state="decided", decision="duplicate", same_as=second)
    assert "<h1>Je melding is afgehandeld.</h1>" in text(ask(code))


def wrong_codes() -> dict[str, str]:
    """A code with a wrong check symbol, one of nobody, one that was destroyed, and no code at all."""
    signal, expired = filed(Client())
    Signal.objects.filter(pk=signal.pk).update(state="destroyed")
    code = codes.new_code()
    wrong = code[:-1] + codes.SYMBOLS[(codes.SYMBOLS.index(code[-1]) + 1) % 32]
    return {"wrong": wrong, "foreign": codes.new_code(), "expired": expired, "none": "zomaar"}


def test_wrong_foreign_and_expired_codes_answer_alike():
    def without_what_was_typed(typed):
        response = ask(typed)
        assert response.status_code == 422
        return text(response).replace(typed, "").replace(str(response.context["csrf_token"]), "")

    assert len({without_what_was_typed(typed) for typed in wrong_codes().values()}) == 1


def test_wrong_foreign_and_expired_codes_take_the_same_path():
    taken = {}
    for kind, typed in wrong_codes().items():
        with CaptureQueriesContext(connection) as found:
            ask(typed)
        taken[kind] = [re.sub(r"'[^']*'", "?", query["sql"]) for query in found.captured_queries]
    assert len({tuple(path) for path in taken.values()}) == 1, taken
    assert len(taken["wrong"]) == 2


def test_many_wrong_codes_have_to_wait_but_a_right_one_always_opens(settings):
    settings.CODES_PER_SOURCE = 3
    signal, code = filed(Client())
    statuses = [ask("zomaar").status_code for _try in range(6)]
    assert statuses[:3] == [422] * 3 and 429 in statuses
    assert signal.reference in text(ask(code))


def test_wrong_codes_from_everywhere_have_to_wait_too(settings):
    settings.WRONG_CODES_PER_HOUR = 2
    assert [ask("zomaar").status_code for _try in range(4)] == [422, 422, 429, 429]


def test_the_receipt_is_gone_when_it_was_left_and_the_signal_stays():
    client = Client()
    signal, code = filed(client)
    client.get("/weg/")
    assert client.get("/m/klaar/")["Location"] == "/m/verlopen/"
    assert ask(code).status_code == 200
    assert Signal.objects.filter(pk=signal.pk).exists()


def test_the_visit_ends_after_ten_minutes_and_what_was_written_waits_for_the_code():
    client = Client()
    signal, code = filed(Client())
    ask(code, client)
    assert client.get("/code/blijf/").status_code == 204
    Visit.objects.update(expires_at=timezone.now())
    assert client.get("/code/blijf/").status_code == 410
    assert client.get("/code/verder/")["Location"] == "/code/"
    late = client.post("/code/verder/", {"act": "reply", "reply-words": "Nog iets", "reply-once": "0" * 32})
    assert late.status_code == 403 and late.context["form"]["kept"].value() == "Nog iets"
    again = client.post("/code/", {"code": code, "kept": "Nog iets"}, follow=True)
    assert again.context["reply_form"]["words"].value() == "Nog iets"
    assert signal.messages.count() == 0


def test_leaving_ends_the_visit():
    client = Client()
    _signal, code = filed(Client())
    ask(code, client)
    token = client.cookies["__Host-d"].value
    client.get("/weg/")
    client.cookies["__Host-d"] = token
    assert client.get("/code/verder/")["Location"] == "/code/"
    assert not Visit.objects.exists()


def test_the_database_holds_neither_code_nor_signal_of_a_visit():
    signal, code = filed(Client())
    ask(code)
    row = Visit.objects.get()
    for secret in (code.encode(), str(signal.pk).encode(), signal.pk.bytes, signal.reference.encode()):
        assert secret not in bytes(row.blob) and secret not in bytes(row.lookup)


def test_a_code_that_was_read_out_has_to_be_changed_first():
    client, other = Client(), Client()
    signal, code = filed(Client())
    ReferrerKey.objects.update(must_change_code=True)
    page = ask(code, client)
    assert page.redirect_chain == [("/code/nieuw/", 303)]
    assert client.get("/code/verder/")["Location"] == "/code/nieuw/"
    assert ask(code, other).redirect_chain == [("/code/nieuw/", 303)], "until it is changed the old one works"
    new = "".join(page.context["groups"])
    assert client.post("/code/nieuw/", {"last": "????"}).status_code == 422
    done = client.post("/code/nieuw/", {"last": new[-4:].lower()}, follow=True)
    assert done.redirect_chain == [("/code/verder/?ok=3", 303)]
    assert ask(code).status_code == 422, "the old code is dead"
    assert ask(new).redirect_chain == [("/code/verder/", 303)]
    assert other.get("/code/nieuw/")["Location"] == "/code/", "so is who came in with the old code"
    client.post("/code/verder/", {"act": "reply", "reply-words": "Het werkt", "reply-once": "1" * 32})
    assert signal.messages.count() == 1


def test_a_visit_takes_few_statements():
    client = Client()
    _signal, code = filed(Client())
    ask(code, client)
    with CaptureQueriesContext(connection) as found:
        client.get("/code/verder/")
    assert len(found) <= 7, "\n".join(query["sql"] for query in found)
