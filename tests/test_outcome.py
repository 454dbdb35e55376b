"""How a lead closes a case: fill in, confirm, done; and how nobody else does."""

import pytest
from django.core.exceptions import PermissionDenied

from networks.actions import casework, outcome
from signals.models import Assignment, Case
from signals.workflow import NotAllowed
from tests.worlds import World

pytestmark = pytest.mark.django_db
FILLED = {
    "outcome-outcome": "handled_in_network",
    "outcome-youth_care_needed": "no",
    "outcome-safe_now": "partly",
    "outcome-words": "Tante <b>helpt</b>",
}


@pytest.fixture
def world(settings):
    return World(settings)


def address(letter):
    return f"/netwerk/{letter.case.reference}/uitkomst/"


def case_of(letter):
    return Case.objects.get(pk=letter.case_id)


def test_lead_closes_after_a_page_that_asks_to_confirm(world):
    letter, client = world.ready(), world.client("lead")
    page = client.post(address(letter), FILLED).content.decode()
    assert "Ja, sluit de zaak" in page
    assert "Afgehandeld in het netwerk" in page
    assert "Tante &lt;b&gt;helpt&lt;/b&gt;" in page
    assert case_of(letter).state == "with_network"
    assert client.post(address(letter), FILLED | {"confirmed": "1"}).url == address(letter)
    case = case_of(letter)
    assert (case.state, case.outcome, case.youth_care_needed, case.safe_now) == (
        "closed",
        "handled_in_network",
        False,
        "partly",
    )
    assert Assignment.objects.get(pk=letter.pk).state == "ended"


def test_going_back_from_confirming_keeps_what_was_filled_in(world):
    letter = world.ready()
    page = world.client("lead").post(address(letter), FILLED | {"change": "1"}).content.decode()
    assert "Tante &lt;b&gt;helpt&lt;/b&gt;" in page
    assert "Verder: controleer en sluit" in page
    assert case_of(letter).state == "with_network"


def test_closed_case_stays_readable_with_its_outcome_and_without_forms(world):
    letter, client = world.ready(), world.client("lead")
    client.post(address(letter), FILLED | {"confirmed": "1"})
    page = client.get(f"/netwerk/{letter.case.reference}/").content.decode()
    assert "Deels" in page
    assert "Bewaar notitie" not in page
    assert "Verder: controleer en sluit" not in page


def test_closing_needs_every_answer_and_says_which(world):
    letter = world.ready()
    page = (
        world.client("lead")
        .post(address(letter), {"confirmed": "1", "outcome-words": "kijk"})
        .content.decode()
    )
    for question in ("Hoe is het afgelopen", "Is jeugdzorg nodig", "Is die persoon nu veilig"):
        assert f"Kies een antwoord bij ‘{question}’." in page
    assert "kijk" in page
    assert case_of(letter).state == "with_network"


def test_too_long_explanation_says_by_how_much(world):
    letter = world.ready()
    sent = FILLED | {"outcome-words": "w" * 1001, "confirmed": "1"}
    assert "Haal 1 teken weg." in world.client("lead").post(address(letter), sent).content.decode()
    assert case_of(letter).state == "with_network"


def test_member_sees_no_outcome_form_and_a_forged_post_is_refused(world):
    letter, client = world.ready(), world.client("member")
    assert "Hoe is het afgelopen?" not in client.get(address(letter)).content.decode()
    assert client.post(address(letter), FILLED | {"confirmed": "1"}).status_code == 403
    assert case_of(letter).state == "with_network"


def test_lead_of_another_network_gets_404(world):
    letter = world.ready()
    assert world.client("other_lead").post(address(letter), FILLED | {"confirmed": "1"}).status_code == 404


def test_action_refuses_a_member_and_a_case_that_nobody_accepted(world):
    given = {"outcome": "police", "youth_care_needed": False, "safe_now": "no"}
    member, lead = world.keyring("member"), world.keyring("lead")
    with pytest.raises(PermissionDenied):
        outcome.close(world.ready(), by=member.user, keyring=member, **given)
    with pytest.raises(NotAllowed):
        outcome.close(world.opened(), by=lead.user, keyring=lead, **given)


def test_handled_in_the_network_is_without_youth_care_on_the_page_and_in_the_action(world):
    letter = world.ready()
    sent = FILLED | {"outcome-youth_care_needed": "yes", "confirmed": "1"}
    page = world.client("lead").post(address(letter), sent)
    assert page.status_code == 422 and "Deze uitkomst is zonder jeugdzorg." in page.content.decode()
    lead = world.keyring("lead")
    given = {"outcome": "handled_in_network", "youth_care_needed": True, "safe_now": "yes"}
    with pytest.raises(NotAllowed):
        outcome.close(letter, by=lead.user, keyring=lead, **given)
    assert case_of(letter).state == "with_network"


def test_closing_twice_says_that_somebody_was_first(world):
    letter, client = world.ready(), world.client("lead")
    client.post(address(letter), FILLED | {"confirmed": "1"})
    response = client.post(address(letter), FILLED | {"confirmed": "1", "outcome-outcome": "police"})
    assert response.status_code == 409
    assert case_of(letter).outcome == "handled_in_network"


def test_locked_keys_keep_the_outcome_until_they_are_open(world):
    letter = world.ready()
    response = world.client("lead", locked=True).post(address(letter), FILLED | {"confirmed": "1"})
    assert response.url == f"/ontgrendel/?next=/netwerk/{letter.case.reference}/"
    page = world.client("lead").get(address(letter)).content.decode()
    assert "Tante &lt;b&gt;helpt&lt;/b&gt;" in page
    assert case_of(letter).state == "with_network"


def test_the_page_says_what_stays_open_and_what_follows(world):
    letter, ring = world.ready(), world.keyring("lead")
    casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel de mentor")
    stays = {"outcome-stays": str(world.user("member").pk), "outcome-helped": "Tante", "outcome-hindered": "Wachten"}
    page = world.client("lead").post(address(letter), FILLED | stays).content.decode()
    assert "1 actie staat nog open." in page
    assert "Member vraagt daarna hoe het gaat" in page
    assert "De evaluatie blijft bij jullie." in page
    assert "Tante" in page

