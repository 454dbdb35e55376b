"""The first page, how reports are handled, asking for advice, the helplines and the day on which each was checked."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meldpunt.clocks import Unit
from meldpunt.teams.models import DutyShift
from signals.checks import helplines_were_checked
from signals.models import ClockTerm, Draft, Helpline, Signal
from tests.filing_pages import filed, reference_data
from tests.worlds import World

pytestmark = pytest.mark.django_db
QUESTION = {"kind": "parent", "danger": "no", "question": "Mijn dochter krijgt dure kleding. Is dat een teken?"}


@pytest.fixture
def world(settings):
    settings.TRUSTED_PROXIES = 0
    made = World(settings)
    reference_data()
    return made


def page_of(client, name, **more):
    answer = client.get(reverse(name), **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_says_what_it_is_that_you_may_stay_anonymous_and_need_not_be_sure(client, world):
    words = page_of(client, "landing")
    start = words[: words.index("signals" if "signals" in words else "/m/begin/self/")]
    for said in ("meldpunt voor loverboys en mensenhandel", "Je mag anoniem blijven", "Je hoeft het niet zeker te weten"):
        assert said in start
    assert "Verder met je code" in start and "Vraag eerst advies" in start and "tel:112" in start


@pytest.mark.parametrize("who", ["self", "parent", "school", "care", "other"])
def test_the_first_page_has_a_way_in_for_everybody(client, world, who):
    assert f'href="/m/begin/{who}/"' in page_of(client, "landing")


def test_only_the_first_page_may_be_found_by_search(client, world):
    assert "X-Robots-Tag" not in client.get("/").headers
    assert "X-Robots-Tag" not in client.get("/en/").headers
    for name in ("advice", "handling", "privacy", "accessibility", "looking_safely", "return"):
        assert "noindex" in client.get(reverse(name)).headers["X-Robots-Tag"]


def test_a_helpline_says_when_it_was_checked(client, world):
    assert "Nog niet gecontroleerd." in page_of(client, "landing")
    Helpline.objects.update(checked_on=datetime.date(2026, 11, 3))
    words = page_of(client, "landing")
    assert "Gecontroleerd op 3 november 2026." in words
    assert "Nog niet gecontroleerd" not in words


def test_all_helplines_stand_with_the_advice(client, world):
    words = page_of(client, "advice")
    for line in Helpline.objects.all():
        assert line.number in words


def findings():
    return {finding.id: finding.msg for finding in helplines_were_checked(None)}


def test_the_deploy_check_warns_for_helplines_that_nobody_checked(world):
    assert "Kindertelefoon" in findings()["signals.W001"]


def test_the_deploy_check_warns_for_helplines_checked_too_long_ago(world):
    today = timezone.localdate()
    Helpline.objects.update(checked_on=today)
    assert findings() == {}
    Helpline.objects.filter(number="113").update(checked_on=today - datetime.timedelta(days=200))
    assert list(findings()) == ["signals.W002"]
    assert "113" in findings()["signals.W002"] and "Kindertelefoon" not in findings()["signals.W002"]


def test_the_warning_belongs_to_the_deploy_check_only(world):
    quiet, said = io.StringIO(), io.StringIO()
    call_command("check", stdout=quiet, stderr=quiet)
    call_command("check", deploy=True, fail_level="CRITICAL", stdout=said, stderr=said)
    assert "W001" not in quiet.getvalue()
    assert "signals.W001" in said.getvalue()


def test_how_we_work_promises_what_the_clocks_hold(client, world):
    assert "binnen 4 werkuren" in page_of(client, "handling")
    ClockTerm.objects.filter(urgency="normal", leg="triage").update(amount=1, unit=Unit.WORKING_DAYS)
    assert "binnen 1 werkdag" in page_of(client, "handling")
    assert "Binnen 1 werkdag." in page_of(client, "landing")


def test_reading_within_minutes_is_promised_only_while_somebody_is_on_duty(client, world):
    assert "zodra er iemand is" in page_of(client, "handling")
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    DutyShift.objects.create(user=world.user("coordinator"), starts_at=now - hour, ends_at=now + hour)
    words = page_of(client, "handling")
    assert "zodra er iemand is" not in words and "binnen 30 minuten" in words


def test_how_we_work_says_what_it_does_not_replace_and_for_how_long_it_is_kept(client, world):
    words = page_of(client, "handling")
    for said in ("De meldcode", "Veilig Thuis", "Aangifte", "112", "na 15 jaar", "Almelo"):
        assert said in words


def asked(client, **changed):
    return client.post("/advies/", QUESTION | changed)


def test_a_question_reaches_the_desk_as_a_wish_for_advice(client, world):
    assert asked(client).headers["Location"] == "/advies/controle/"
    check = page_of(client, "advice_check")
    assert "Je vraag is nog niet verstuurd." in check and "dure kleding" in check
    assert not Signal.objects.exists()
    assert client.post("/advies/controle/").headers["Location"] == "/m/klaar/"
    receipt = client.get("/m/klaar/").content.decode()
    assert "Je vraag is binnen." in receipt and "Je melding" not in receipt
    signal = Signal.objects.get()
    assert (signal.referrer_role, signal.danger_now, signal.urgency) == ("parent", "no", "normal")
    words = world.client("coordinator").get(reverse("signal", args=[signal.reference])).content.decode()
    assert "De melder vraagt alleen om advies. Deel niets zonder te vragen." in words
    assert "dure kleding" in words


def test_a_question_sent_twice_is_one_question(client, world):
    asked(client)
    for _time in range(2):
        assert client.post("/advies/controle/").headers["Location"] == "/m/klaar/"
    assert client.get("/advies/controle/").headers["Location"] == "/m/klaar/"
    assert Signal.objects.count() == 1


def test_a_question_can_be_changed_before_it_is_sent(client, world):
    asked(client)
    assert "dure kleding" in page_of(client, "advice")
    asked(client, question="Iets anders")
    assert "Iets anders" in page_of(client, "advice_check")
    assert Draft.objects.count() == 1


def test_danger_in_a_question_shows_112_and_makes_it_acute(client, world):
    asked(client, danger="yes")
    assert "Bel nu 112" in page_of(client, "advice_check")
    client.post("/advies/controle/")
    assert Signal.objects.get().urgency == "acute"


def test_a_number_in_a_question_is_a_contract_to_call(client, world):
    asked(client, phone="06-00000101", when="na 3 uur", say="De tandarts")
    client.post("/advies/controle/")
    assert Signal.objects.get().may_contact


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": ""}, "Schrijf je vraag op. Eén zin is genoeg."),
        ({"question": "   "}, "Schrijf je vraag op. Eén zin is genoeg."),
        ({"question": "x" * 4120}, "Je tekst is te lang. Haal 120 tekens weg."),
        ({"kind": "president"}, "Kies wie je bent."),
        ({"danger": ""}, "Kies of er nu gevaar is."),
        ({"phone": "bel maar"}, "Vul een telefoonnummer in"),
    ],
)
def test_a_question_that_is_not_right_comes_back_with_what_was_typed(client, world, changed, said):
    answer = asked(client, **changed)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert said in words and "Fout:" in words
    assert not Draft.objects.exists()


def test_a_question_of_any_script_comes_back_as_text(client, world):
    asked(client, question="<script>alert(1)</script> =1+1 مرحبا 🙂")
    words = page_of(client, "advice_check")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1 مرحبا 🙂" in words


def test_without_a_question_there_is_nothing_to_check_or_to_send(client, world):
    assert client.get("/advies/controle/").headers["Location"] == "/advies/"
    assert client.post("/advies/controle/").headers["Location"] == "/advies/"
    assert not Signal.objects.exists()


def test_a_report_is_no_question(client, world):
    signal, _code = filed(client)
    assert client.post("/advies/controle/").headers["Location"] == "/m/klaar/"
    words = world.client("coordinator").get(reverse("signal", args=[signal.reference])).content.decode()
    assert "alleen om advies" not in words
