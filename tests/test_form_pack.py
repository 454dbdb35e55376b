"""The form pack as it is really rendered: what stands where, what belongs together, and that every link lands."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from meldpunt.web.forms import BaseForm, characters

PAGE = (
    "{% load crispy_forms_tags %}{% if form.errors %}{% include 'oever/error_summary.html' %}{% endif %}"
    "<form method='post' novalidate>{% crispy form %}</form>"
)


class Question(BaseForm):
    danger = forms.ChoiceField(
        label="Is er nu gevaar?",
        help_text="Bij gevaar: bel 112.",
        widget=forms.RadioSelect,
        choices=[("yes", "Ja, nu"), ("no", "Nee")],
        error_messages={"required": "Kies of er nu gevaar is."},
    )
    signs = forms.MultipleChoiceField(
        label="Wat zie je?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("School", [("away", "Vaak weg")]),
            ("Geld", [("debt", "Schulden")]),
            ("none", "Geen van deze"),
        ],
    )
    words = forms.CharField(
        label="Beschrijf het",
        help_text="Eén zin is genoeg.",
        required=False,
        max_length=20,
        widget=forms.Textarea,
    )
    mail = forms.EmailField(label="Wat is je e-mailadres?")
    town = forms.ChoiceField(label="In welke gemeente?", choices=[("", "Kies"), ("almelo", "Almelo")])
    written = forms.BooleanField(label="Ik heb de code opgeschreven")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signs"].none_value = "none"
        self.fields["danger"].hints = {"yes": "dan bel je eerst 112"}


class Elements(HTMLParser):
    """All elements of a page as (tag, attributes), in order."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def by_id(self):
        return {attrs["id"]: (tag, attrs) for tag, attrs in self.found if "id" in attrs}


def rendered(data=None):
    with translation.override("nl"):
        form = Question(data)
        html = engines["django"].from_string(PAGE).render({"form": form})
    return form, html, Elements(html)


@pytest.fixture
def wrong():
    return rendered({"words": "x" * 25, "mail": "nee", "signs": ["weird"]})


def test_every_link_of_the_summary_lands_on_a_control(wrong):
    _form, _html, page = wrong
    targets = [attrs["href"][1:] for tag, attrs in page.found if tag == "a"]
    assert len(targets) == 6
    for target in targets:
        assert page.by_id()[target][0] in ("input", "textarea", "select")


def test_a_group_is_linked_at_its_first_option(wrong):
    form, _html, _page = wrong
    assert [target for target, _message in form.summary][:2] == ["id_danger_0", "id_signs_0_0"]


def test_every_description_and_label_points_at_something(wrong):
    _form, _html, page = wrong
    for _tag, attrs in page.found:
        for reference in attrs.get("aria-describedby", "").split() + [attrs.get("for", "")]:
            assert not reference or reference in page.by_id()


def test_the_summary_says_the_same_words_as_the_field(wrong):
    form, html, _page = wrong
    for _target, message in form.summary:
        assert html.count(message) == 2


def test_hint_then_error_then_input_then_count(wrong):
    _form, html, _page = wrong
    places = [html.index(f'id="id_words{part}"') for part in ("_hint", "_error", "", "_count")]
    assert places == sorted(places)


def test_messages_use_the_words_of_the_label_and_never_scold(wrong):
    form, _html, _page = wrong
    messages = dict(form.summary)
    assert messages["id_danger_0"] == "Kies of er nu gevaar is."
    assert messages["id_words"] == "Je tekst is te lang. Haal 5 tekens weg."
    assert messages["id_mail"] == "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
    assert messages["id_town"] == "Kies een antwoord bij ‘In welke gemeente’."
    assert not re.search("ongeldig|verplicht|vergeten|sorry", " ".join(messages.values()))
    assert all(message.endswith(".") for message in messages.values())


def test_what_was_typed_is_kept(wrong):
    _form, html, _page = wrong
    assert "x" * 25 in html
    assert 'value="nee"' in html


def test_no_field_uses_the_browsers_own_check():
    _form, html, page = rendered()
    assert not any("required" in attrs or "maxlength" in attrs for _tag, attrs in page.found)
    assert "novalidate" in html


def test_required_fields_say_so_to_a_screen_reader_and_optional_ones_to_everybody():
    _form, html, page = rendered()
    assert page.by_id()["id_mail"][1]["aria-required"] == "true"
    group = next(attrs for tag, attrs in page.found if attrs.get("role") == "radiogroup")
    assert group["aria-required"] == "true"
    assert html.count("(niet verplicht)") == 2


def test_only_wrong_fields_are_marked_wrong(wrong):
    _form, _html, page = wrong
    assert page.by_id()["id_words"][1]["aria-invalid"] == "true"
    _form, html, _page = rendered()
    assert "aria-invalid" not in html


def test_a_group_has_a_legend_and_none_stands_apart():
    _form, html, page = rendered()
    assert html.count("<legend>") == 4
    alone = [attrs for _tag, attrs in page.found if "data-alone" in attrs]
    assert [attrs["value"] for attrs in alone] == ["none"]
    assert html.index('class="or"') < html.index('value="none"')
    assert "<small>dan bel je eerst 112</small>" in html


def test_nothing_is_chosen_beforehand_and_what_was_chosen_stays():
    _form, _html, page = rendered()
    assert not any("checked" in attrs for _tag, attrs in page.found)
    _form, _html, page = rendered({"danger": "no", "signs": ["debt", "none"]})
    assert [attrs["value"] for _tag, attrs in page.found if "checked" in attrs] == ["no", "debt", "none"]


def test_a_shared_phone_suggests_nothing():
    _form, _html, page = rendered()
    assert {page.by_id()[name][1]["autocomplete"] for name in ("id_words", "id_mail", "id_town")} == {"off"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=1+1", "שלום 👋", '"><img src=x>', "{{ form }}"]
)
def test_any_text_comes_back_as_text(text):
    form, html, _page = rendered({"words": text, "mail": text})
    assert form.data["words"] == text
    assert "<script>" not in html
    assert "<img" not in html


def test_a_line_break_counts_once():
    assert characters("a\r\nb") == 3
    form, _html, _page = rendered({"words": "x" * 9 + "\r\n" + "y" * 10})
    assert "words" not in form.errors


def test_a_null_character_is_answered_in_words():
    form, _html, _page = rendered({"words": "a\x00b"})
    assert form.errors["words"] == ["In je tekst staat een teken dat niet kan."]


def test_no_variable_is_unknown(wrong):
    for html in (wrong[1], rendered()[1]):
        assert "UNKNOWN-VARIABLE" not in html
