"""The forms about consent: what is wrong is kept and said, what is right is written once, and locked keys lose nothing."""

import uuid

import pytest
from django.utils import timezone

from signals.models import Consent
from tests.worlds import World

WORDS = "Marloes Canarie zei het aan de keukentafel"
FILLED = {
    "consent-receivers": ["school"], "consent-parts": ["signs"], "consent-state": "given", "consent-said_by": "both",
    "consent-danger": "", "consent-until": "", "consent-words": WORDS,
}  # fmt: skip


@pytest.fixture
def world(settings):
    return World(settings)


@pytest.fixture
def letter(world):
    """A case of a girl of 14 that Almelo works on."""
    return world.accepted(age_band="12_15")


def filled(**changed):
    first = {"consent-once": str(uuid.uuid4()), "consent-on": timezone.localdate().isoformat()}
    return FILLED | first | {f"consent-{name}": value for name, value in changed.items()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"receivers": []}, "Kies met wie je wilt delen."),
        ({"receivers": ["everybody"]}, "Kies een antwoord"),
        ({"parts": ["hair"]}, "Kies een antwoord"),
        ({"state": ""}, "Kies hoe het staat."),
        ({"state": "withdrawn"}, "Kies een antwoord"),
        ({"said_by": "self"}, "Bij deze leeftijd: De persoon, samen met een ouder of voogd"),
        ({"state": "not_asked"}, "Kies waarom vragen gevaarlijk is."),
        ({"danger": "person"}, "Dit hoort alleen bij: niet gevraagd."),
        ({"state": "asked", "until": "2999-01-01"}, "Dit hoort alleen bij een ja."),
        ({"until": "2001-01-01"}, "Deze dag is al geweest."),
        ({"on": "2999-01-01"}, "Deze dag moet nog komen."),
        ({"on": "gisteren"}, "Vul een dag in"),
        ({"words": "x" * 4001}, "Je tekst is te lang."),
        ({"once": "geen"}, "inhoud"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_writes_nothing(world, letter, changed, said):
    page = world.client("lead").post(f"/toestemming/{letter.case.reference}/", filled(**changed))
    html = page.content.decode()
    assert page.status_code == 422 and said in html and not Consent.objects.exists()
    assert changed.get("words", WORDS) in html


@pytest.mark.django_db
def test_the_form_writes_it_down_and_the_next_answer_follows(world, letter):
    client, page = world.client("lead"), f"/toestemming/{letter.case.reference}/"
    sent = filled(words="<script>alert(1)</script> =1+1 مرحبا")
    for _twice in range(2):
        assert client.post(page, sent).status_code == 302
    consent = Consent.objects.get()
    shown = client.get(page).content.decode()
    assert "&lt;script&gt;alert(1)" in shown and "<script>alert(1)" not in shown and "مرحبا" in shown
    today = timezone.localdate().isoformat()
    stop = {"answered-state": "withdrawn", "answered-said_by": "parents", "answered-on": today, "answered-words": "Toch niet"}
    late = client.post(consent.get_absolute_url(), stop | {"answered-version": "7"})
    assert late.status_code == 409 and "Een collega was eerder." in late.content.decode() and "Toch niet" in late.content.decode()
    early = client.post(consent.get_absolute_url(), stop | {"answered-version": "1", "answered-on": "2026-01-01"})
    assert early.status_code == 422 and "Dit kan niet vóór" in early.content.decode() and "Toch niet" in early.content.decode()
    assert client.post(consent.get_absolute_url(), stop | {"answered-version": "1"}).status_code == 302
    assert client.post(consent.get_absolute_url(), stop | {"answered-version": "2"}).status_code == 409
    case = client.get(f"/netwerk/{letter.case.reference}/?toon=toestemming").content.decode()
    assert "Gegeven" in case and "Ingetrokken" in case
    desk = world.client("coordinator").get(f"/zaken/{letter.case.reference}/?toon=besluiten").content.decode()
    assert "Toestemming: ingetrokken" in desk
    for who in ("other_lead", "stranger"):
        assert world.client(who).post(page, filled()).status_code == 404
        assert world.client(who).post(consent.get_absolute_url(), stop).status_code == 404
    assert Consent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_what_is_typed_waits_while_the_keys_are_locked(world, letter, who):
    page = f"/toestemming/{letter.case.reference}/"
    response = world.client(who, locked=True).post(page, filled())
    assert response.status_code == 302 and response["Location"].startswith("/ontgrendel/") and not Consent.objects.exists()
    assert WORDS in world.client(who).get(page).content.decode()
