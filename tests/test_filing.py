"""Filing: from the first page to a sealed signal; what is wrong is said next to the field, and nothing is stored half."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.vault.models import ContentKey, ContentSeal
from signals.models import Draft, Indicator, Signal, Task, Transition
from signals.reading import headlines, report_of
from tests.filing_pages import ONESELF, SCHOOL, filed, reference_data, walk
from tests.worlds import World

pytestmark = pytest.mark.django_db
ODD = "Привет 😀 שלום <script>alert(1)</script> =1+1 \"'&\nnieuwe regel"


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


def test_a_teacher_files_and_the_desk_reads_it_all(world):
    signal, _code = filed(Client())
    report = report_of(world.keyring("coordinator"), signal)
    assert report.words == "Ze stapt na school in een auto."
    assert (report.signs, report.place, report.person.name) == (["SC01"], "Vriezenveen", "Sanne")
    assert (report.referrer.organisation, report.referrer.phone) == ("Voorbeeldcollege", "06-00000101")
    assert (report.contact.how, report.contact.must_not_know, report.meldcode_step) == (
        "phone",
        "Haar vader",
        2,
    )
    assert [(peer.relation, peer.name) for peer in report.others] == [("klasgenoot", "L.")]
    assert report.urgency.level == signal.urgency


def test_what_stands_in_clear_follows_from_the_answers():
    signal, _code = filed(Client())
    assert (signal.referrer_role, signal.age_band, signal.danger_now) == ("school", "12_15", "no")
    assert (signal.municipality.name, signal.state, signal.channel) == ("Twenterand", "received", "web")
    assert signal.may_contact and signal.due_at > signal.filed_at
    assert Transition.objects.get(signal=signal).reason == "filed"
    assert Entry.objects.filter(act="create", object_id=signal.reference).count() == 1


def test_the_row_holds_no_word_of_the_report():
    signal, code = filed(Client())
    kept = (
        repr(Signal.objects.filter(pk=signal.pk).values()).encode()
        + bytes(signal.report)
        + bytes(signal.headline)
    )
    for word in (b"Sanne", b"auto", b"Vriezenveen", b"SC01", b"Anneke", code.encode()):
        assert word not in kept


def test_the_desk_opens_report_and_thread_and_the_referrer_only_the_thread():
    signal, _code = filed(Client())
    assert set(ContentKey.objects.filter(object_id=signal.pk).values_list("purpose", flat=True)) == {
        "report",
        "thread",
    }
    own = ContentSeal.objects.filter(referrer_key__isnull=False)
    assert [seal.content_key.purpose for seal in own] == ["thread"]


def test_somebody_files_about_oneself_in_four_short_steps(world):
    client = Client()
    assert "Eerst even dit" in client.get("/m/begin/self/").content.decode()
    signal, _code = filed(client, "self")
    assert signal.referrer_role == "self" and not signal.may_contact
    assert "<details" in client.get("/m/klaar/").content.decode()


@pytest.mark.parametrize(
    ("who", "role"), [("care", "police_municipality"), ("other", "neighbour"), ("parent", "parent")]
)
def test_each_kind_of_referrer_files(who, role):
    signs = list(Indicator.objects.filter(audience__contains=[role]).values_list("code", flat=True)[:2])
    answers = SCHOOL | {"you": {"role": role}, "signs": {"signs": signs, "words": "Gezien."}}
    signal, _code = filed(Client(), who, answers)
    assert signal.referrer_role == role


def test_sending_twice_makes_one_signal_and_one_receipt():
    client = Client()
    walk(client, "school", SCHOOL)
    answers = [client.post("/m/controle/")["Location"] for _time in range(2)]
    assert answers == ["/m/klaar/", "/m/klaar/"]
    assert Signal.objects.count() == 1
    for path in ("/m/3/", "/m/controle/"):
        assert client.get(path)["Location"] == "/m/klaar/?al=1"


def test_the_last_step_takes_at_most_fifteen_statements_also_when_it_is_acute():
    client = Client()
    walk(client, "school", SCHOOL)
    client.post("/m/2/?c=1", {"danger": "yes"})
    filed_before = filed(Client())
    assert filed_before
    with CaptureQueriesContext(connection) as caught:
        client.post("/m/controle/")
    statements = [q["sql"] for q in caught if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert Signal.objects.filter(urgency="acute").count() == 1
    assert len(statements) <= 15, "\n".join(statements)


def test_danger_shows_112_first_and_an_acute_signal_finds_a_named_coordinator(world):
    client = Client()
    walk(client, "school", SCHOOL, until="danger")
    assert client.post("/m/2/", {"danger": "yes"})["Location"] == "/m/nu/"
    page = client.get("/m/nu/").content.decode()
    assert "tel:112" in page and 'href="/m/3/"' in page
    for number, step in ((3, "signs"), (4, "person"), (5, "place"), (6, "contact")):
        client.post(f"/m/{number}/", SCHOOL[step])
    client.post("/m/controle/")
    signal = Signal.objects.get()
    assert (signal.urgency, signal.danger_now) == ("acute", "yes")
    assert Task.objects.get(signal=signal).user == world.user("coordinator")
    assert Notice.objects.filter(user=world.user("coordinator"), kind="acute_signal").exists()
    shown = headlines(world.keyring("coordinator"), [signal])[signal.pk]
    assert shown.reason == "De melder zegt dat er nu gevaar is."


def test_send_now_skips_the_rest_but_shows_it_first():
    client = Client()
    walk(client, "school", SCHOOL, until="signs")
    response = client.post("/m/3/", SCHOOL["signs"] | {"now": "1"})
    assert response["Location"] == "/m/controle/"
    assert "nog niet verstuurd" in client.get("/m/controle/").content.decode()
    client.post("/m/controle/")
    signal = Signal.objects.get()
    assert (signal.age_band, signal.may_contact) == ("unknown", False)


def test_the_check_page_waits_for_what_is_needed():
    client = Client()
    walk(client, "school", SCHOOL, until="danger")
    assert client.get("/m/controle/")["Location"] == "/m/2/"
    assert client.post("/m/controle/")["Location"] == "/m/2/"
    assert not Signal.objects.exists()


def test_changing_an_answer_leads_back_to_the_check_page():
    client = Client()
    walk(client, "school", SCHOOL)
    assert client.post("/m/5/?c=1", {"place": "Zwolle"})["Location"] == "/m/controle/"
    assert "Zwolle" in client.get("/m/controle/").content.decode()


def test_show_all_signs_keeps_what_was_ticked_and_typed():
    client = Client()
    walk(client, "school", SCHOOL, until="signs")
    beyond = Indicator.objects.exclude(audience__contains=["school"]).first()
    assert beyond.code not in client.get("/m/3/").content.decode()
    client.post("/m/3/", {"signs": ["SC01"], "words": ODD, "all": "1"})
    page = client.get("/m/3/")
    assert page.context["form"]["signs"].value() == ["SC01"]
    assert page.context["form"]["words"].value() == ODD
    assert f'value="{beyond.code}"' in page.content.decode()


def test_nothing_is_chosen_beforehand():
    client = Client()
    walk(client, "school", SCHOOL)
    fresh = Client()
    walk(fresh, "school", SCHOOL, until="danger")
    assert " checked" not in fresh.get("/m/2/").content.decode()


@pytest.mark.parametrize(
    ("number", "answers", "sentence"),
    [
        (2, {}, "Kies of er nu gevaar is."),
        (3, {}, "Kies wat je hebt gezien, of schrijf het hieronder op."),
        (3, {"none": "on", "signs": ["SC01"]}, "Je koos ook ‘Geen van deze’."),
        (3, {"none": "on"}, "Schrijf in een paar woorden wat er is."),
        (3, {"signs": ["SC01"], "words": "a" * 4120}, "Je tekst is te lang. Haal 120 tekens weg."),
        (4, {"name": "Sanne"}, "Kies een leeftijd of ‘Weet ik niet’."),
        (6, {}, "Kies of we contact mogen opnemen."),
        (6, {"allowed": "yes"}, "Kies hoe we je veilig bereiken."),
        (6, {"allowed": "yes", "how": "text"}, "Vul een telefoonnummer in, bijvoorbeeld 06 12 34 56 78."),
        (
            6,
            {"allowed": "yes", "how": "email", "email": "x"},
            "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
        ),
    ],
)
def test_what_is_not_right_is_said_next_to_the_field_and_in_the_summary(number, answers, sentence):
    client = Client()
    walk(client, "school", SCHOOL)
    page = client.post(f"/m/{number}/", answers).content.decode()
    assert page.count(sentence) == 2
    assert "Fout:" in page.split("</title>")[0]


def test_odd_text_comes_back_exactly_as_text(world):
    answers = SCHOOL | {
        "signs": {"words": ODD},
        "place": {"place": "Zwolle", "happens": ODD.replace("\n", " ")},
    }
    client = Client()
    walk(client, "school", answers)
    assert "<script>alert" not in client.get("/m/controle/").content.decode()
    client.post("/m/controle/")
    assert report_of(world.keyring("coordinator"), Signal.objects.get()).words == ODD


def test_a_filing_that_fails_stores_nothing_and_keeps_the_draft(world):
    world.teams["desk"].keys.all().update(signature=b"x" * 64)
    client = Client(raise_request_exception=False)
    walk(client, "school", SCHOOL)
    assert client.post("/m/controle/").status_code == 500
    assert not Signal.objects.exists() and not ContentKey.objects.exists()
    assert Draft.objects.get().sent_reference == ""


def test_no_title_and_no_address_names_the_subject():
    client = Client()
    walk(client, "school", SCHOOL)
    for number in range(1, 8):
        title = client.get(f"/m/{number}/").content.decode().split("<title>")[1].split("</title>")[0]
        assert title == f"Stap {number} van 8 – Oever"


def test_an_unknown_kind_of_referrer_is_not_found():
    assert Client().get("/m/begin/nobody/").status_code == 404


def test_a_step_that_is_not_there_is_not_found():
    client = Client()
    walk(client, "self", ONESELF)
    assert client.get("/m/6/").status_code == 404


def test_who_is_in_danger_sends_with_nothing_else():
    client = Client()
    client.post("/m/begin/self/")
    assert client.post("/m/1/", {"danger": "yes"}).url == "/m/nu/"
    assert "/m/controle/" in client.get("/m/nu/").content.decode()
    assert client.post("/m/2/", {"now": "1"}).url == "/m/controle/"
    assert client.get("/m/controle/").status_code == 200
    assert client.post("/m/controle/").status_code in (302, 303)
    assert Signal.objects.get().urgency == "acute"
