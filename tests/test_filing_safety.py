"""What keeps a referrer safe and heard: help at once, what is skipped, the contract about contact, floods."""

import pytest
from django.core.cache import cache
from django.test import Client

from meldpunt.teams.limits import fair_share
from signals.models import Draft, Signal
from signals.reading import report_of
from signals.views.checking import LEFT_EMPTY
from tests.filing_pages import ONESELF, SCHOOL, reference_data, walk
from tests.worlds import World

pytestmark = pytest.mark.django_db
NOT_LIVING = "Wil je niet meer leven?"


@pytest.fixture(autouse=True)
def world(settings):
    world = World(settings)
    reference_data()
    return world


def page_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_sign_that_says_so_shows_help_on_the_next_page_and_before_sending():
    client = Client()
    walk(client, "self", ONESELF | {"signs": {"signs": ["DW06"]}})
    assert NOT_LIVING in page_of(client, "/m/3/") and NOT_LIVING in page_of(client, "/m/controle/")
    assert NOT_LIVING not in page_of(client, "/m/4/")
    assert client.post("/m/controle/")["Location"] == "/m/klaar/"


def test_own_words_that_say_so_show_help_too():
    client = Client()
    walk(client, "self", ONESELF | {"signs": {"words": "Ik wil niet meer leven."}})
    page = page_of(client, "/m/3/")
    assert NOT_LIVING in page and 'href="tel:113"' in page and "Kindertelefoon" in page


def test_the_help_waits_below_the_sign_also_without_javascript():
    client = Client()
    walk(client, "self", ONESELF, until="signs")
    below = page_of(client, "/m/2/").split('value="DW06"')[1]
    assert below.index(NOT_LIVING) < below.index('type="checkbox"')


def test_who_reports_about_another_gets_help_in_other_words():
    client = Client()
    walk(client, "school", SCHOOL | {"signs": {"signs": ["DW06"]}})
    page = page_of(client, "/m/4/")
    assert "Wil die persoon niet meer leven?" in page and NOT_LIVING not in page


def test_send_now_skips_what_is_still_open_on_the_page_but_keeps_what_was_typed(world):
    client = Client()
    walk(client, "school", SCHOOL, until="person")
    assert client.post("/m/4/", {"name": "Sanne", "now": "1"})["Location"] == "/m/controle/"
    client.post("/m/controle/")
    assert report_of(world.keyring("coordinator"), Signal.objects.get()).person.name == "Sanne"
    assert Signal.objects.get().age_band == "unknown"


def test_send_now_still_says_what_is_wrong_and_asks_for_a_sign_or_a_word():
    client = Client()
    walk(client, "school", SCHOOL)
    for number, answers in ((3, {}), (6, {"allowed": "yes", "phone": "12"}), (3, {"words": "a" * 4001})):
        assert client.post(f"/m/{number}/", answers | {"now": "1"}).status_code == 422


def test_safe_contact_is_kept_as_a_contract(world):
    client = Client()
    contact = {
        "allowed": "yes",
        "how": "phone",
        "phone": "06 00000101",
        "when": "Na 3 uur",
        "number_shown": "no",
        "say": "De tandarts",
        "code_word": "Zeester",
        "never": "Met mijn vader praten",
        "must_not_know": "Mijn broer",
    }
    walk(client, "self", ONESELF | {"contact": contact})
    client.post("/m/controle/")
    kept = report_of(world.keyring("coordinator"), Signal.objects.get()).contact
    assert (kept.number_shown, kept.code_word, kept.say) == ("no", "Zeester", "De tandarts")
    assert (kept.when, kept.never, kept.must_not_know) == ("Na 3 uur", "Met mijn vader praten", "Mijn broer")


def test_who_wants_to_stay_anonymous_leaves_no_number_behind(world):
    client = Client()
    walk(client, "self", ONESELF | {"contact": {"allowed": "no", "phone": "06 00000101", "must_not_know": "X"}})
    client.post("/m/controle/")
    report = report_of(world.keyring("coordinator"), Signal.objects.get())
    assert (report.referrer.phone, report.contact.must_not_know) == ("", "X")


def test_who_answers_for_oneself_sees_five_questions_and_may_unfold_more(world):
    client = Client()
    walk(client, "self", ONESELF)
    client.post("/m/3/", ONESELF["person"] | {"pressed": "yes", "happens": "Een flat", "suspect_name": "R."})
    assert page_of(client, "/m/3/").count("<details") == 2
    client.post("/m/controle/")
    report = report_of(world.keyring("coordinator"), Signal.objects.get())
    assert (report.pressed, report.happens, report.suspect.name) == ("yes", "Een flat", "R.")


def test_show_all_on_the_way_back_to_the_check_page_still_leads_there():
    client = Client()
    walk(client, "school", SCHOOL)
    assert client.post("/m/3/?c=1", {"signs": ["SC01"], "all": "1"})["Location"] == "/m/3/?c=1#meer"


def test_change_leads_to_the_question_itself():
    client = Client()
    walk(client, "school", SCHOOL)
    page = page_of(client, "/m/controle/")
    assert 'href="/m/4/?c=1#id_name"' in page and 'href="/m/2/?c=1#id_danger_0"' in page
    assert 'id="id_name"' in page_of(client, "/m/4/?c=1")


@pytest.mark.parametrize("sent", [{LEFT_EMPTY: "filled in by a program"}, {}])
def test_who_fills_the_hidden_field_or_is_very_fast_is_asked_once_and_loses_nothing(settings, sent):
    settings.LEAST_FILING_SECONDS = 0 if sent else 60
    client = Client()
    walk(client, "school", SCHOOL)
    again = client.post("/m/controle/", sent)
    assert again.status_code == 422 and "Dat ging heel snel." in again.content.decode()
    assert not Signal.objects.exists()
    assert client.post("/m/controle/", sent)["Location"] == "/m/klaar/"
    assert Signal.objects.count() == 1


def test_a_source_that_sends_too_much_waits_and_keeps_what_it_typed(settings):
    client = Client()
    walk(client, "school", SCHOOL, until="signs")
    settings.POSTS_PER_SOURCE = 0
    typed = {"words": '\nTwee regels "en" <b>meer</b>', "signs": ["SC01", "SC02"]}
    busy = client.post("/m/3/?c=1", typed)
    assert (busy.status_code, busy["Retry-After"]) == (429, "10")
    page = busy.content.decode()
    assert "&lt;b&gt;meer&lt;/b&gt;" in page and page.count('name="signs"') == 2 and 'action="/m/3/?c=1"' in page
    settings.POSTS_PER_SOURCE = 100
    assert client.post("/m/3/", typed).status_code == 303


def test_a_flood_from_others_leaves_everybody_a_fair_share(settings, rf):
    settings.POSTS_OVERALL, settings.POSTS_PER_SOURCE, settings.FAIR_SHARE = 50, 1000, 10
    cache.clear()
    flood = [fair_share(rf.post("/m/1/", REMOTE_ADDR=f"127.0.0.{2 + n % 5}")) for n in range(100)]
    assert not any(flood[60:])
    assert all(fair_share(rf.post("/m/1/", REMOTE_ADDR="127.0.0.99")) for _post in range(10))


def test_a_form_goes_on_while_redis_is_away(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    client = Client()
    walk(client, "school", SCHOOL)
    assert Draft.objects.count() == 1


def test_the_danger_page_puts_112_first_and_promises_no_silent_call():
    client = Client()
    walk(client, "self", ONESELF, until="danger")
    client.post("/m/1/", {"danger": "yes"})
    page = page_of(client, "/m/nu/").split("<main")[1]
    assert page.index('href="tel:112"') < page.index("112NL") < page.index("Verder met mijn melding")
    assert "Blijft het stil, dan wordt er opgehangen." in page
