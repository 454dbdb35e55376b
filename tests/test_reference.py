"""What an administrator keeps takes part at once, in every process; nothing that was filed loses its meaning."""

import re
import secrets

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldpunt.audit.models import Entry
from meldpunt.clocks import Term, Unit
from meldpunt.teams.models import Municipality
from signals import deadlines
from signals.actions import filing
from signals.actions import reference as actions
from signals.forms.filing_about import indicators_for
from signals.models import Helpline, Indicator, Place, Postcode
from signals.places import gazetteer
from tests.filing_pages import reference_data
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
STATEMENTS = 13  # of an acute signal; the last step reads and writes its draft besides


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


@pytest.fixture
def browser(world):
    return world.client("administrator")


def filled(page) -> dict:
    """Everything that the form of a page holds, as a browser sends it."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else getattr(value, "pk", value) for name, value in values.items()}


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_all_signs_are_listed_with_their_topic_and_state(browser):
    page = browser.get("/beheer/tekens/")
    assert len(page.context["rows"]) == Indicator.objects.count() == 123
    assert "Op school" in text(page) and "In gebruik" in text(page)


def test_a_changed_sign_is_asked_in_its_new_words(browser, world):
    page = browser.get("/beheer/tekens/SC01/")
    sent = filled(page) | {"ask_nl": "Komt vaak te laat op school", "urgency": "urgent", "weight": "3"}
    assert browser.post("/beheer/tekens/SC01/", sent).status_code == 302
    sign = Indicator.objects.get(pk="SC01")
    assert (sign.ask("school"), sign.urgency, sign.weight) == ("Komt vaak te laat op school", "urgent", 3)
    entry = Entry.objects.get(act="change", object_kind="indicator", object_id="SC01")
    assert entry.user == world.people["administrator"]


def test_a_wrong_form_says_so_and_keeps_what_was_typed(browser):
    sent = filled(browser.get("/beheer/tekens/SC01/")) | {"ask_nl": "", "ask_en": "Typed with care", "audience": ["self"]}
    page = browser.post("/beheer/tekens/SC01/", sent | {"self_nl": ""})
    assert page.status_code == 422
    assert "Typed with care" in text(page) and set(page.context["form"].errors) >= {"ask_nl", "self_nl"}
    assert Indicator.objects.get(pk="SC01").ask_nl


def test_a_retired_sign_is_not_asked_and_comes_back(browser):
    browser.post("/beheer/tekens/SC01/stand/")
    assert "SC01" not in {sign.code for sign in indicators_for("school", all_of_them=True)}
    assert "Uit gebruik" in text(browser.get("/beheer/tekens/"))
    browser.post("/beheer/tekens/SC01/stand/")
    assert "SC01" in {sign.code for sign in indicators_for("school", all_of_them=True)}


def test_a_search_finds_names_without_their_accents_and_shows_fifty(browser):
    page = browser.get("/beheer/plaatsen/", {"q": "s heerenbroek"})
    assert "'s-Heerenbroek" in {place.name for place in page.context["places"]}
    page = browser.get("/beheer/plaatsen/", {"q": "e"})
    assert len(page.context["places"]) == 50 and "Je ziet de eerste 50 van" in text(page)
    assert "Geen naam of postcode" in text(browser.get("/beheer/plaatsen/", {"q": "qqq<b>"}))
    assert [row.pc4 for row in browser.get("/beheer/plaatsen/", {"q": "7411"}).context["postcodes"]] == ["7411"]


def test_an_added_name_leads_the_next_filing_to_its_municipality(browser):
    almelo = Municipality.objects.get(name="Almelo")
    assert gazetteer.gazetteer().resolve("Qwoltenbrink").municipality_code is None
    sent = {"name": "Qwoltenbrink", "kind": "spelling", "municipality": almelo.pk}
    assert browser.post("/beheer/plaatsen/nieuw/", sent).status_code == 302
    assert browser.post("/beheer/plaatsen/nieuw/", sent).status_code == 422
    assert a_signal(None, place={"place": "Qwoltenbrink"}).municipality == almelo
    assert "Qwoltenbrink" in text(browser.get("/beheer/plaatsen/"))


def test_a_moved_name_stays_moved_when_the_delivered_names_are_loaded_again(browser):
    aadorp, zwolle = Place.objects.get(name="Aadorp"), Municipality.objects.get(name="Zwolle")
    assert gazetteer.gazetteer().resolve("Aadorp").municipality_code == aadorp.municipality_id
    browser.post(f"/beheer/plaatsen/{aadorp.pk}/", {"municipality": zwolle.pk})
    reference_data()
    assert gazetteer.gazetteer().resolve("Aadorp").municipality_code == zwolle.pk


def test_a_removed_name_is_not_read_and_comes_back(browser):
    place = Place.objects.get(name="Aadorp")
    browser.post(f"/beheer/plaatsen/{place.pk}/stand/")
    reference_data()
    assert gazetteer.gazetteer().resolve("Aadorp").municipality_code is None
    browser.post(f"/beheer/plaatsen/{place.pk}/stand/")
    assert gazetteer.gazetteer().resolve("Aadorp").municipality_code == place.municipality_id


def test_a_moved_postcode_leads_elsewhere(browser):
    zwolle = Municipality.objects.get(name="Zwolle")
    assert browser.post("/beheer/postcodes/7411/", {"municipality": ""}).status_code == 422
    assert browser.post("/beheer/postcodes/7411/", {"municipality": zwolle.pk}).status_code == 302
    assert Postcode.objects.get(pk="7411").municipality == zwolle
    assert gazetteer.gazetteer().resolve("7411").municipality_code == zwolle.pk


def test_a_change_by_another_process_is_noticed():
    before = gazetteer.gazetteer()
    assert gazetteer.gazetteer() is before
    with connection.cursor() as cursor:
        cursor.execute("UPDATE signals_place SET certain = NOT certain WHERE name = 'Aadorp'")
    assert gazetteer.gazetteer() is not before


def test_a_filing_stays_within_its_statements():
    gazetteer.gazetteer()
    answers = {"signs": {"signs": ["DW01"], "words": "Ze zit vast."}, "place": {"place": "Almelo"}}
    with CaptureQueriesContext(connection) as found:
        filing.file(answers, who="school", once=secrets.token_bytes(32))
    work = [q["sql"] for q in found if "SAVEPOINT" not in q["sql"]]
    assert len(work) <= STATEMENTS, "\n".join(work)


def test_clocks_are_set_for_each_leg_and_count_from_now_on(browser):
    sent = filled(browser.get("/beheer/klokken/"))
    wrong = browser.post("/beheer/klokken/", sent | {"acute_triage_amount": "", "normal_open_amount": "77"})
    assert wrong.status_code == 422 and 'value="77"' in text(wrong)
    sent |= {"acute_triage_amount": "20", "normal_triage_amount": "", "normal_triage_unit": "same_working_day"}
    assert browser.post("/beheer/klokken/", sent).status_code == 302
    assert deadlines.term("acute", "triage") == Term(20, Unit.MINUTES)
    assert deadlines.term("normal", "triage") == Term(0, Unit.SAME_WORKING_DAY)


def test_a_helpline_is_added_and_checked(browser):
    sent = {"name": "Slachtofferhulp", "number": "bel maar", "for_whom_nl": "Voor wie hulp zoekt",
            "for_whom_en": "For help", "position": "3", "checked_on": "20-11-2026"}
    page = browser.post("/beheer/hulplijnen/nieuw/", sent)
    assert page.status_code == 422 and "bel maar" in text(page)
    assert browser.post("/beheer/hulplijnen/nieuw/", sent | {"number": "0900 0101"}).status_code == 302
    line = Helpline.objects.get(name="Slachtofferhulp")
    address = f"/beheer/hulplijnen/{line.pk}/"
    future = browser.post(address, filled(browser.get(address)) | {"checked_on": "1-1-2999"})
    assert future.status_code == 422 and "moet nog komen" in text(future)
    assert browser.post(address, filled(browser.get(address)) | {"number": "0900 0102"}).status_code == 302
    line.refresh_from_db()
    assert (line.number, line.name, f"{line.checked_on}") == ("0900 0102", "Slachtofferhulp", "2026-11-20")


def test_only_an_administrator_may_write(world):
    sign = Indicator.objects.get(pk="SC01")
    for write in (actions.retire, actions.bring_back, actions.change):
        with pytest.raises(PermissionDenied):
            write(sign, by=world.user("coordinator"))
    assert not Entry.objects.filter(object_kind="indicator").exists()


def test_the_menu_of_an_administrator_leads_to_all_of_it(browser):
    addresses = {item["url"] for item in browser.get("/beheer/tekens/").context["rail"]}
    kept = ("tekens", "plaatsen", "klokken", "hulplijnen", "teksten", "gemeenten")
    assert addresses >= {f"/beheer/{folder}/" for folder in kept}
