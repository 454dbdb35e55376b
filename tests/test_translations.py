"""English: every string of the screens has a translation, and an English page stays English, links included."""

import ast
import datetime
import re
from pathlib import Path

import polib
import pytest
from django.template.base import Origin
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation.template import templatize

from tests.filing_pages import SCHOOL, reference_data, walk
from tests.worlds import World, a_signal

ROOT = Path(__file__).parent.parent
MESSAGES = ROOT / "locale" / "en" / "LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(?:_|gettext|ngettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|</?\w+>")
DUTCH = re.compile(r"\b(het|een|niet|jij|jouw|wij|voor|naar|melding|meldingen|kies|vul|verder|wachtwoord|zaak)\b", re.I)
LINK = re.compile(r'<(?:a|form)\b(?![^>]*hreflang)[^>]*?(?:href|action)="(/[^"]*)"')


def in_code():
    """Every message id of the Python of the product."""
    for room in ("meldpunt", "signals", "networks"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                    texts = node.args[: 2 if node.func.id.startswith("ngettext") else 1]
                    yield from (text.value for text in texts if isinstance(text, ast.Constant))


def in_templates():
    """Every message id of the templates."""
    for file in sorted((ROOT / "templates").rglob("*.html")):
        code = templatize(file.read_text(encoding="utf-8"), origin=Origin(str(file)))
        for one, many in IN_TEMPLATE.findall(code):
            yield from (ast.literal_eval(text) for text in (one, many) if text)


def pairs(catalog):
    """Return [(message id, translation)] of a catalog, plurals apart."""
    for entry in catalog:
        yield entry.msgid, entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        if entry.msgid_plural:
            yield entry.msgid_plural, entry.msgstr_plural.get(1, "")


@pytest.fixture(scope="module")
def catalog():
    return polib.pofile(str(MESSAGES / "django.po"))


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def test_the_search_finds_strings_of_code_and_templates():
    assert {"Zorg of jeugdwerk", "iemand is opgesloten"} <= set(in_code())
    assert {"Verstuur mijn melding", "Kies alles wat past."} & set(in_templates()) == {"Verstuur mijn melding"}


def test_every_string_of_code_and_templates_has_a_translation(catalog):
    translated = {msgid for msgid, said in pairs(catalog) if said.strip()}
    assert sorted({*in_code(), *in_templates()} - translated) == []


def test_no_translation_is_empty_or_a_guess(catalog):
    assert [msgid for msgid, said in pairs(catalog) if not said.strip()] == []
    assert [entry.msgid for entry in catalog if entry.fuzzy or entry.obsolete] == []


def test_every_translation_keeps_the_placeholders(catalog):
    def parts(text):
        return sorted(PLACEHOLDER.findall(text))

    assert [msgid for msgid, said in pairs(catalog) if parts(msgid) != parts(said)] == []


def test_the_compiled_translations_are_those_of_the_source(catalog):
    assert dict(pairs(polib.mofile(str(MESSAGES / "django.mo")))) == dict(pairs(catalog))


@pytest.mark.parametrize(("language", "said"), [("nl", "22 nov 2026"), ("en", "22 Nov 2026")])
def test_a_month_is_written_as_the_language_does(language, said):
    with translation.override(language):
        assert date_format(datetime.date(2026, 11, 22), "j b Y") == said


def words_of(page):
    """The text of a page as its reader sees it, without what is said to be in another language."""
    text = re.sub(r"<(a)\b[^>]*\blang=[^>]*>.*?</\1>|<(script|style|svg)\b.*?</\2>", " ", page, flags=re.S)
    return re.sub(r"<[^>]+>", " ", text)


def stays_english(answer):
    """Check that a page holds no Dutch, and that its own links lead to English pages."""
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="en"' in page
    assert DUTCH.findall(words_of(page)) == []
    links = [link for link in LINK.findall(page) if not link.startswith("/static/")]
    assert [link for link in links if not link.startswith("/en/")] == []
    assert links


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/m/begin/school/", "/en/m/begin/self/", "/en/code/", "/en/aanmelden/"])
def test_the_first_pages_hold_no_dutch_and_lead_to_english_pages(client, path):
    reference_data()
    stays_english(client.get(path))


@pytest.mark.django_db
@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("who", "name"), [("coordinator", "team_keys"), ("member", "inbox"), ("administrator", "people"), ("lead", "password")]
)
def test_the_pages_for_staff_hold_no_dutch_and_lead_to_english_pages(world, who, name):
    stays_english(world.client(who).get(reverse(name)))


@pytest.mark.django_db
@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(("who", "name"), [("coordinator", "queue"), ("member", "inbox"), ("administrator", "people")])
def test_somebody_who_reads_english_starts_on_an_english_page(world, who, name):
    answer = world.client(who).get(reverse("start"))
    assert answer.url == reverse(name)
    assert answer.url.startswith("/en/")


@pytest.mark.django_db
def test_a_step_in_english_leads_to_a_step_in_english(client):
    reference_data()
    walk(client, "school", SCHOOL | {"signs": {"signs": ["SC01"], "words": "She got into a car."}})
    for step in (1, 2, 3, 4, 5, "nu", "controle"):
        stays_english(client.get(f"/en/m/{step}/"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["looking_safely", "privacy", "accessibility"])
@pytest.mark.usefixtures("_english")
def test_the_texts_hold_no_dutch(client, name):
    stays_english(client.get(reverse(name)))


@pytest.mark.django_db
@pytest.mark.usefixtures("_english")
def test_the_reasons_of_an_urgency_are_said_in_the_language_of_the_reader(world):
    with translation.override("nl"):
        signal = a_signal(world, happens={"words": "Hij sloeg haar."})
    client = world.client("coordinator")
    assert "Violence or rape" in client.get(reverse("queue")).content.decode()
    page = client.get(reverse("signal", args=[signal.reference])).content.decode()
    assert "Their own words speak of acute danger: violence or rape." in page
