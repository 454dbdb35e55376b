"""What an administrator keeps is seen before it is kept, remembers who changed it, and can go back; nothing is deleted."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from meldpunt.audit.grants import WEB_GRANTS, statements
from meldpunt.clocks import Term, Unit
from meldpunt.teams.models import Coverage, Municipality, Team
from signals import deadlines
from signals.actions import reference as actions
from signals.forms.filing_about import indicators_for
from signals.models import ClockTerm, Helpline, Indicator, ReferenceChange, StandardText, TextPurpose
from tests.filing_pages import reference_data
from tests.test_reference import filled, text
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
SIGN = "/beheer/tekens/SC01/"


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


@pytest.fixture
def browser(world):
    return world.client("administrator")


def history_of(page) -> list[tuple]:
    return [(line.change.act, line.differences) for line in page.context["history"]]


def undo(browser, number: int = 0):
    newest = ReferenceChange.objects.all()[number]
    return browser.post(reverse("restore_change", args=[newest.pk]), follow=True)


def test_a_sign_is_seen_as_each_kind_of_referrer_sees_it_before_it_is_kept(browser):
    sent = filled(browser.get(SIGN)) | {"ask_nl": "Loopt <b>weg</b> uit de les", "audience": ["school", "parent"]}
    page = browser.post(SIGN, sent | {"preview": "1"})
    rows = {str(row["who"]): row for row in page.context["preview"]["rows"]}
    assert page.status_code == 200 and rows["School"]["nl"] == "Loopt <b>weg</b> uit de les"
    assert rows["School"]["en"] and not rows["Over zichzelf"]["seen"]
    assert "Loopt &lt;b&gt;weg&lt;/b&gt;" in text(page) and "nog niet bewaard" in text(page)
    assert Indicator.objects.get(pk="SC01").ask_nl != sent["ask_nl"] and not ReferenceChange.objects.exists()


def test_the_history_says_who_changed_what_and_an_older_version_comes_back(browser, world):
    sent, before = filled(browser.get(SIGN)), Indicator.objects.get(pk="SC01").ask_nl
    browser.post(SIGN, sent | {"ask_nl": "Tweede versie", "urgency": "urgent"})
    browser.post(SIGN, sent | {"ask_nl": "Derde versie", "urgency": "urgent"})
    page = browser.get(SIGN)
    assert history_of(page)[1] == (
        "change",
        [("Vraag over een ander, Nederlands", before, "Tweede versie"), ("Hoe dringend", "Normaal", "Dringend")],
    )
    change = ReferenceChange.objects.last()
    assert (change.by, change.old["ask_nl"]) == (world.people["administrator"], before)
    undo(browser, 1)
    sign = Indicator.objects.get(pk="SC01")
    assert (sign.ask_nl, sign.urgency) == (before, "normal")
    undo(browser)
    assert Indicator.objects.get(pk="SC01").ask_nl == "Derde versie"
    assert [act for act, _lines in history_of(browser.get(SIGN))] == ["restore", "restore", "change", "change"]


def test_keeping_what_is_the_same_leaves_no_trace(browser):
    browser.post(SIGN, filled(browser.get(SIGN)))
    assert not ReferenceChange.objects.exists()


def test_a_new_sign_is_asked_and_its_code_stays(browser):
    sent = {
        "code": "zz01", "topic": "school", "step": "1", "ask_nl": "Nieuw teken", "ask_en": "New sign", "nl": "Nieuw",
        "en": "New", "urgency": "normal", "weight": "1", "form": "*", "audience": ["school"], "group_nl": "School",
        "group_en": "School", "source": "Zelf bedacht",
    }  # fmt: skip
    assert browser.post("/beheer/tekens/nieuw/", sent | {"code": "SC01"}).status_code == 422
    assert browser.post("/beheer/tekens/nieuw/", sent | {"code": "=1+1"}).status_code == 422
    assert browser.post("/beheer/tekens/nieuw/", sent).url == "/beheer/tekens/ZZ01/"
    assert "Nieuw teken" in {sign.ask("school") for sign in indicators_for("school")}
    browser.post("/beheer/tekens/ZZ01/", sent | {"code": "ZZ02", "ask_nl": "Anders"})
    assert Indicator.objects.get(pk="ZZ01").ask_nl == "Anders" and not Indicator.objects.filter(pk="ZZ02").exists()


def test_a_retired_thing_disappears_from_use_and_never_from_the_list(browser):
    line, words = Helpline.objects.get(name="Kindertelefoon"), StandardText.objects.get(code="ask-safe")
    for name, row in (("helpline", line), ("text", words)):
        browser.post(reverse(f"{name}_state", args=[row.pk]))
        row.refresh_from_db()
        assert row.retired_at and str(row) in text(browser.get(reverse(f"{name}s")))
    assert "Kindertelefoon" not in browser.get("/").content.decode()
    browser.post(reverse("helpline_state", args=[line.pk]))
    assert "Kindertelefoon" in browser.get("/").content.decode()
    acts = [act for act, _lines in history_of(browser.get(reverse("helpline", args=[line.pk])))]
    assert acts == ["bring_back", "retire"]


def test_a_helpline_is_checked_today_with_one_button(browser, world):
    line = Helpline.objects.get(name="Veilig Thuis")
    browser.post(reverse("helpline_checked", args=[line.pk]))
    browser.post(reverse("helpline_checked", args=[line.pk]))
    line.refresh_from_db()
    assert line.checked_on and ReferenceChange.objects.get().new == {"checked_on": f"{line.checked_on}"}


def test_standard_texts_are_delivered_for_each_purpose_in_two_languages(browser):
    assert {row.purpose for row in StandardText.objects.all()} == set(TextPurpose.values)
    assert all(row.nl and row.en and row.nl != row.en and row.name_en for row in StandardText.objects.all())
    row = StandardText.objects.get(code="ask-safe")
    page = browser.get(reverse("text", args=[row.pk]))
    assert 'lang="nl">Dank je wel' in text(page) and 'lang="en">Thank you' in text(page)
    sent = {"purpose": "ask", "name_nl": "Eigen", "name_en": "Own", "nl": "a" * 1501, "en": "Own words", "position": "0"}
    assert "Haal 1 teken weg" in text(browser.post("/beheer/teksten/nieuw/", sent))
    assert browser.post("/beheer/teksten/nieuw/", sent | {"nl": "Eigen woorden"}).status_code == 302
    assert StandardText.objects.get(name_nl="Eigen").in_language("en") == "Own words"


def test_loading_again_never_overwrites_what_an_administrator_changed(browser):
    row, sign = StandardText.objects.get(code="ask-safe"), Indicator.objects.get(pk="SC02")
    browser.post(reverse("text", args=[row.pk]), filled(browser.get(reverse("text", args=[row.pk]))) | {"nl": "Anders"})
    browser.post(SIGN, filled(browser.get(SIGN)) | {"ask_nl": "Anders"})
    browser.post("/beheer/klokken/", filled(browser.get("/beheer/klokken/")) | {"acute_triage_amount": "20"})
    Indicator.objects.filter(pk="SC02").update(ask_nl="Oude levering")
    call_command("load_reference", renew=True, stdout=io.StringIO())
    assert Indicator.objects.get(pk="SC01").ask_nl == "Anders" == StandardText.objects.get(pk=row.pk).nl
    assert Indicator.objects.get(pk="SC02").ask_nl == sign.ask_nl
    assert deadlines.term("acute", "triage") == Term(20, Unit.MINUTES)
    assert StandardText.objects.filter(code="ask-safe").count() == 1


def test_clocks_say_what_they_mean_for_this_afternoon_and_go_back(browser):
    assert "vandaag 16.00 uur moet uiterlijk" in text(browser.get("/beheer/klokken/"))
    sent = filled(browser.get("/beheer/klokken/")) | {"normal_triage_amount": "9"}
    assert "nog niet bewaard" in text(browser.post("/beheer/klokken/", sent | {"preview": "1"}))
    assert ClockTerm.objects.get(urgency="normal", leg="triage").amount == 5
    browser.post("/beheer/klokken/", sent)
    page = browser.get("/beheer/klokken/")
    assert history_of(page) == [("change", [("Beoordelen, Normaal: hoeveel", "5", "9")])]
    undo(browser)
    assert ClockTerm.objects.get(urgency="normal", leg="triage").amount == 5


def test_coverage_says_how_many_get_another_proposal_and_goes_back(browser, world):
    almelo, zwolle = Municipality.objects.get(name="Almelo"), Team.objects.get(slug="zwolle")
    before = Coverage.objects.get(municipality=almelo).team
    a_signal(world, place={"place": "Almelo"})
    a_signal(world, place={"place": "Almelo"})
    world.case(municipality=almelo)
    sent = filled(browser.get("/beheer/gemeenten/")) | {almelo.pk: zwolle.pk}
    page = browser.post("/beheer/gemeenten/", sent | {"preview": "1"})
    assert page.context["preview"]["rows"] == [
        {"name": "Almelo", "old": before.name, "new": "Zwolle", "signals": 2, "cases": 1}
    ]
    assert Coverage.objects.get(municipality=almelo).team == before
    assert browser.post("/beheer/gemeenten/", sent | {almelo.pk: ""}).status_code == 422
    browser.post("/beheer/gemeenten/", sent)
    assert Coverage.objects.get(municipality=almelo).team == zwolle
    assert history_of(browser.get("/beheer/gemeenten/")) == [("change", [("Almelo", before.name, "Zwolle")])]
    call_command("load_reference", renew=True, stdout=io.StringIO())
    assert Coverage.objects.get(municipality=almelo).team == zwolle
    undo(browser)
    assert Coverage.objects.get(municipality=almelo).team == before


def test_what_no_longer_is_a_right_answer_does_not_come_back(browser):
    browser.post(SIGN, filled(browser.get(SIGN)) | {"ask_nl": "Nieuw"})
    change = ReferenceChange.objects.get()
    ReferenceChange.objects.filter(pk=change.pk).update(old=change.old | {"ask_nl": ""})
    assert "Dit kan niet zo terug" in text(undo(browser))
    assert Indicator.objects.get(pk="SC01").ask_nl == "Nieuw"


def test_nothing_and_nobody_else_changes_the_history(browser, world):
    assert WEB_GRANTS["signals_referencechange"] == ("SELECT", "INSERT")
    given = [line for line in statements("w", "c", ["signals_referencechange"]) if "referencechange" in line]
    assert not [line for line in given if re.search("UPDATE|DELETE", line)]
    actions.retire(Indicator.objects.get(pk="SC01"), by=world.user("administrator"))
    assert undo(browser).status_code == 404
    for address in ("/beheer/hulplijnen/abc/", "/beheer/tekens/NIET/", "/beheer/teksten/999999/"):
        assert browser.get(address).status_code == 404
    assert world.client("coordinator").get(SIGN).status_code == 403


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(browser, django_assert_max_num_queries):
    for address in ("/beheer/tekens/", "/beheer/hulplijnen/", "/beheer/teksten/", SIGN, "/beheer/gemeenten/"):
        with django_assert_max_num_queries(15, connection=connection):
            browser.get(address)
