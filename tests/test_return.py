"""Coming back with the code: one sentence, the same for everybody; what is wrong answers alike."""

import pytest
from django.test import Client

from meldpunt.vault import codes
from signals.models import Case, Signal
from signals.workflow import CaseState
from tests.filing_pages import filed, reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


def ask(code: str):
    return Client().post("/code/", {"code": code})


def test_the_code_opens_the_status_however_it_is_typed():
    signal, code = filed(Client())
    for typed in (code, code.lower(), "-".join(codes.grouped(code)), f"  {' '.join(codes.grouped(code))} "):
        page = ask(typed)
        assert page.status_code == 200
        assert signal.reference in page.content.decode()


def test_the_code_is_in_no_address_and_no_report_is_shown():
    signal, code = filed(Client())
    page = ask(code)
    assert not page.has_header("Location")
    assert "auto" not in page.content.decode() and code not in page.content.decode()
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
    assert f"<h1>{sentence}</h1>" in ask(code).content.decode()


def test_wrong_and_foreign_codes_answer_alike():
    filed(Client())
    foreign, code = codes.new_code(), codes.new_code()
    wrong = code[:-1] + codes.SYMBOLS[(codes.SYMBOLS.index(code[-1]) + 1) % 32]

    def without_what_was_typed(typed):
        response = ask(typed)
        assert response.status_code == 422
        body = response.content.decode().replace(typed, "")
        token = str(response.context["csrf_token"])
        return body.replace(token, "")

    assert (
        without_what_was_typed(foreign) == without_what_was_typed(wrong) == without_what_was_typed("zomaar")
    )


def test_too_many_tries_of_one_source_have_to_wait(settings):
    settings.CODES_PER_SOURCE = 3
    signal, code = filed(Client())
    statuses = [ask("zomaar").status_code for _try in range(8)]
    assert statuses[:3] == [422] * 3 and 429 in statuses


def test_the_receipt_is_gone_when_it_was_left_and_the_signal_stays():
    client = Client()
    signal, code = filed(client)
    client.get("/weg/")
    assert client.get("/m/klaar/")["Location"] == "/m/verlopen/"
    assert ask(code).status_code == 200
    assert Signal.objects.filter(pk=signal.pk).exists()
