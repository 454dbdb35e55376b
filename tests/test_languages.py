"""Another language on every page, without losing what was typed; with and without JavaScript."""

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse
from django.utils import translation

from meldpunt.web.context import address_to_open, in_language, takes_post_only
from signals.models import Draft, Signal
from tests.filing_pages import SCHOOL, filed, reference_data, walk
from tests.test_access import patterns
from tests.worlds import World, a_signal

A_VALUE = {"UUIDConverter": "00000000-0000-0000-0000-000000000001", "IntConverter": 3}

TYPED = "Ze stapt in een auto. <b>Étrange</b> 🙂"


@pytest.fixture
def world(settings):
    made = World(settings)
    reference_data()
    return made


@pytest.mark.parametrize(
    ("path", "code", "found"),
    [
        ("/", "en", "/en/"),
        ("/en/", "nl", "/"),
        ("/m/3/?c", "en", "/en/m/3/?c"),
        ("/en/code/", "nl", "/code/"),
        ("/bestaat-niet/", "en", "/en/bestaat-niet/"),
        ("/en/bestaat-niet/", "nl", "/bestaat-niet/"),
    ],
)
def test_a_page_has_an_address_in_each_language(path, code, found):
    with translation.override("nl" if code == "en" else "en"):
        assert in_language(path, code) == found


def addresses_for_post_only():
    """Yield every address of the project that takes nothing but POST."""
    names = {pattern.name for pattern in patterns() if takes_post_only(pattern.callback)}
    for name in names:
        converters = get_resolver().reverse_dict[name][3]
        yield reverse(name, kwargs={key: A_VALUE.get(type(kind).__name__, "een") for key, kind in converters.items()})


@pytest.mark.parametrize("code", ["nl", "en"])
def test_no_page_that_answered_a_post_offers_an_address_that_takes_post_only(code):
    with translation.override(code):
        found = sorted(addresses_for_post_only())
        offered = {address: address_to_open(RequestFactory().post(address)) for address in found}
        wrong = {address for address, other in offered.items() if other != "/" and takes_post_only(resolve(other).func)}
    assert len(found) > 100
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_message_that_is_refused_leads_to_the_signal_in_another_language(world, prefix):
    client, signal = world.client("coordinator"), a_signal(world)
    answer = client.post(f"{prefix}/meldingen/{signal.reference}/bericht/", {"words": ""})
    other = f"{'' if prefix else '/en'}/meldingen/{signal.reference}/"
    assert answer.status_code == 422
    assert f'href="{other}"' in answer.content.decode()
    assert client.get(other).status_code == 200


@pytest.mark.django_db
def test_a_file_that_is_refused_leaves_the_thread_and_what_is_typed_in_another_language(client, world):
    _signal, code = filed(client)
    client.cookies.clear()
    client.post("/code/", {"code": code})
    words = client.post("/code/erbij/").content.decode()
    assert 'formaction="/en/code/verder/"' in words
    assert "Étrange" in client.post("/en/code/verder/", {"taal": "en", "act": "reply", "reply-words": TYPED}).content.decode()


@pytest.mark.django_db
def test_a_file_that_is_refused_leaves_the_step_in_another_language(client, world):
    walk(client, "school", SCHOOL, until="files")
    step = client.post("/m/erbij/").content.decode().split('formaction="')[1].split('"')[0]
    assert step.startswith("/en/m/") and "erbij" not in step
    assert client.get(step).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["landing", "advice", "handling", "looking_safely", "privacy", "accessibility", "return", "account_login", "file_expired"])
def test_every_public_page_offers_the_other_language(client, world, name):
    assert '="/en/' in client.get(reverse(name)).content.decode()
    with translation.override("en"):
        address = reverse(name)
    words = client.get(address).content.decode()
    assert 'lang="nl"' in words and "Nederlands" in words


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_the_other_language(client, world):
    answer = client.get("/bestaat-niet/")
    assert 'href="/en/bestaat-niet/"' in answer.content.decode()
    assert "Deze pagina is er niet" not in client.get("/en/bestaat-niet/").content.decode()


@pytest.mark.django_db
def test_a_page_for_staff_offers_the_other_language(world):
    assert 'href="/en/start/"' in world.client("analyst").get("/start/").content.decode()


@pytest.mark.django_db
def test_a_step_keeps_what_was_typed_in_another_language(client, world):
    walk(client, "school", SCHOOL, until="signs")
    before = Draft.objects.values_list("blob", flat=True).get()
    answer = client.post("/en/m/3/", {"taal": "en", "words": TYPED, "signs": ["SC01"], "who": "school"})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="en"' in words
    assert "Ze stapt in een auto. &lt;b&gt;Étrange&lt;/b&gt; 🙂" in words
    assert 'value="SC01"' in words and "checked" in words.split('value="SC01"')[1][:120]
    assert "Error:" not in words and "data-summary" not in words
    assert Draft.objects.values_list("blob", flat=True).get() == before


@pytest.mark.django_db
def test_a_step_with_errors_keeps_what_was_typed_and_drops_the_errors(client, world):
    walk(client, "school", SCHOOL, until="signs")
    assert client.post("/m/3/", {"words": "x" * 5000, "who": "school"}).status_code == 422
    answer = client.post("/en/m/3/", {"taal": "en", "words": "x" * 5000, "who": "school"})
    assert answer.status_code == 200
    assert "x" * 5000 in answer.content.decode()
    assert client.post("/en/m/3/", {"words": "x" * 5000, "who": "school"}).status_code == 422


@pytest.mark.django_db
def test_the_first_step_keeps_what_was_typed_and_makes_no_draft(client, world):
    answer = client.post("/en/m/begin/school/", {"taal": "en", "name": TYPED, "meldcode_step": "2", "who": "school"})
    words = answer.content.decode()
    assert answer.status_code == 200 and "Étrange" in words
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_a_question_keeps_what_was_typed(client, world):
    answer = client.post("/en/advies/", {"taal": "en", "question": TYPED, "kind": "parent"})
    words = answer.content.decode()
    assert "Étrange" in words and "First ask for advice" in words
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_a_code_that_is_typed_stays_and_opens_nothing_yet(client, world):
    _signal, code = filed(client)
    client.cookies.clear()
    words = client.post("/en/code/", {"taal": "en", "code": code}).content.decode()
    assert f'value="{code}"' in words
    assert "Fout" not in words and "Error" not in words
    assert Signal.objects.count() == 1


LANGUAGES = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@LANGUAGES
def test_somebody_changes_the_language_halfway_a_sentence(stack, new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto(f"{stack.url}/m/begin/school/")
    page.fill("[name=name]", "Anneke")
    page.click("footer button[name=taal]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("[name=name]") == "Anneke"
    page.press("[name=name]", "Enter")
    page.wait_for_url("**/en/m/2/**")
    page.check("[name=danger][value=no]")
    page.click("footer button[name=taal]")
    assert page.get_attribute("html", "lang") == "nl"
    assert page.is_checked("[name=danger][value=no]")


@LANGUAGES
def test_a_code_halfway_stays_in_another_language(stack, new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto(f"{stack.url}/code/")
    page.fill("[name=code]", "K7QM 3X")
    page.click("footer button[name=taal]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("[name=code]") == "K7QM 3X"
    assert page.locator(".err").count() == 0
