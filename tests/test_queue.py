"""The desk's queue: its order, its pages, its filters and search, and how many statements it takes."""

import datetime
import secrets
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.audit.models import Entry
from meldpunt.teams.models import Coverage
from signals.forms.triage import DecideForm
from signals.models import SavedFilter, Signal
from signals.queue import paging
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db
OPEN = ("received", "in_triage", "asked")
NOW = timezone.now()
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("received", "in_triage", "asked", "decided")),
        st.sampled_from(("acute", "urgent", "normal")),
        st.integers(0, 3),
        st.sampled_from((-3, -1, 1, 3, None)),
        st.integers(0, 3),
    ),
    max_size=40,
)


@pytest.fixture
def world(settings):
    return World(settings)


def bare(state="received", urgency="normal", score=0, due=1, filed=0, **values) -> Signal:
    """A row of the queue that nobody opens."""
    return Signal(
        reference=f"OV-{secrets.token_hex(4)}", state=state, urgency=urgency, urgency_score=score, danger_now="no",
        referrer_role="school", filed_at=NOW - datetime.timedelta(hours=filed), filed_once=secrets.token_bytes(32),
        due_at=None if due is None else NOW + datetime.timedelta(hours=due), report=b"", headline=b"", **values,
    )  # fmt: skip


def plainly(rows, now):
    """The order of the product, written down as plainly as it is said."""
    rank = {"acute": 0, "urgent": 1, "normal": 2}
    return sorted(
        rows,
        key=lambda row: (
            row.urgency != "acute",
            not (row.due_at and row.due_at < now),
            rank[row.urgency],
            -row.urgency_score,
            row.filed_at,
            row.pk.int,
        ),
    )


def all_pages(rows, states):
    found, after = [], ""
    while True:
        page, after = paging.triage_page(rows, states, after)
        found += page
        if not after:
            return found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ROWS, states=st.sampled_from((("received",), ("in_triage", "asked"), OPEN)), size=st.integers(1, 7))
def test_the_pages_together_are_the_plain_order_without_loss_or_double(drawn, states, size, monkeypatch, db):
    monkeypatch.setattr(paging, "ROWS", size)
    Signal.objects.all().delete()
    made = Signal.objects.bulk_create(bare(*row) for row in drawn)
    expected = plainly([row for row in made if row.state in states], timezone.now())
    assert [row.pk for row in all_pages(Signal.objects.all(), states)] == [row.pk for row in expected]


def test_what_runs_out_while_somebody_pages_is_neither_lost_nor_shown_twice(monkeypatch, db):
    monkeypatch.setattr(paging, "ROWS", 2)
    made = Signal.objects.bulk_create(bare(filed=number) for number in range(5))
    first, after = paging.triage_page(Signal.objects.all(), ("received",))
    Signal.objects.update(due_at=NOW - datetime.timedelta(minutes=1))
    seen = list(first)
    while after:
        page, after = paging.triage_page(Signal.objects.all(), ("received",), after)
        seen += page
    assert {row.pk for row in seen} <= {row.pk for row in made}
    assert len(seen) == len({row.pk for row in seen})


@pytest.mark.parametrize("mark", ["", "x", "1_2_3", "0_0_0_0_" + str(uuid.UUID(int=7)), "9" * 60, "1_9_1_1_" + "z" * 32])
def test_a_mark_that_says_nothing_is_no_error(mark, db):
    Signal.objects.bulk_create([bare()])
    paging.triage_page(Signal.objects.all(), OPEN, mark)
    paging.latest_page(Signal.objects.all(), "filed_at", mark)


def test_danger_comes_before_what_is_late_and_late_before_urgent(world):
    calm, late, urgent, danger = (a_signal(world) for _ in range(4))
    hour = datetime.timedelta(hours=1)
    Signal.objects.filter(pk=calm.pk).update(urgency="normal", due_at=NOW + hour)
    Signal.objects.filter(pk=late.pk).update(urgency="normal", due_at=NOW - hour)
    Signal.objects.filter(pk=urgent.pk).update(urgency="urgent", due_at=NOW + hour)
    Signal.objects.filter(pk=danger.pk).update(urgency="acute", due_at=NOW + hour)
    rows = world.client("coordinator").get(reverse("queue")).context["rows"]
    assert [row.pk for row in rows] == [danger.pk, late.pk, urgent.pk, calm.pk]


@pytest.mark.parametrize("stand", ["nieuw", "mijn", "beoordeling", "antwoord", "doorgezet", "besloten", "open", "onzin"])
def test_each_tab_opens_and_says_when_it_is_empty(world, stand):
    page = world.client("coordinator").get(reverse("queue"), {"stand": stand})
    assert page.status_code == 200
    assert "Er is nog geen melding" in page.content.decode()


def test_a_tab_shows_as_many_as_it_counts(world):
    client = world.client("coordinator")
    for _ in range(3):
        a_signal(world)
    taken = a_signal(world)
    client.post(reverse("take"), {"neem": taken.reference})
    world.delivered()
    for stand, number in {"nieuw": 3, "mijn": 1, "beoordeling": 1, "doorgezet": 1}.items():
        page = client.get(reverse("queue"), {"stand": stand})
        counted = next(tab["count"] for tab in page.context["tabs"] if tab["key"] == stand)
        assert (len(page.context["rows"]), counted) == (number, str(number))


def test_each_tile_leads_to_the_rows_that_it_counts(world):
    client = world.client("coordinator")
    late = a_signal(world)
    a_signal(world)
    Signal.objects.filter(pk=late.pk).update(due_at=NOW - datetime.timedelta(hours=1))
    world.delivered()
    returned = world.opened()
    world.client("member").post(
        reverse("network_give_back", args=[returned.case.reference]), {"return-reason": "wrong_network"}
    )
    for tile in client.get(reverse("queue")).context["tiles"]:
        if "#" not in tile["url"]:
            assert str(len(client.get(tile["url"]).context["rows"])) == tile["number"], tile


def test_filters_stand_in_the_address_and_are_taken_away_one_by_one(world):
    almelo = a_municipality()
    Coverage.objects.create(municipality=almelo, team=world.teams["almelo"])
    here, there = a_signal(world), a_signal(world)
    Signal.objects.filter(pk=here.pk).update(municipality=almelo)
    Signal.objects.filter(pk=there.pk).update(municipality=None)
    client = world.client("coordinator")
    page = client.get(reverse("queue"), {"gemeente": almelo.pk, "van": "school", "netwerk": "almelo"})
    assert [row.pk for row in page.context["rows"]] == [here.pk]
    assert [chip["label"] for chip in page.context["filters"].chips()] == ["School", "Almelo", "Netwerk Almelo"]
    assert page.context["filters"].without("gemeente") == "van=school&netwerk=almelo"
    assert [row.pk for row in client.get(reverse("queue"), {"gemeente": "onbekend"}).context["rows"]] == [there.pk]


@pytest.mark.parametrize("key", ["dringend", "van", "kanaal", "leeftijd", "vorm", "gemeente", "netwerk", "laat", "mij", "na"])
@pytest.mark.parametrize("code", ["<script>", "' OR 1=1", "\x00", "Zoë", "9" * 400])
def test_a_filter_that_is_not_known_is_left_out(world, key, code):
    a_signal(world)
    page = world.client("coordinator").get(reverse("queue"), {key: code})
    assert len(page.context["rows"]) == 1
    assert "<script>'" not in page.content.decode()


def test_an_empty_list_says_what_its_filter_hides(world):
    for urgency in ("acute", "normal"):
        Signal.objects.filter(pk=a_signal(world).pk).update(urgency=urgency)
    page = world.client("coordinator").get(reverse("queue"), {"van": "parent"}).content.decode()
    assert "0 van 2" in page and "Ouder of familie" in page
    assert "Dit filter verbergt 1 acute melding." in page


def test_a_filter_is_kept_by_what_it_filters_and_for_oneself_only(world):
    client = world.client("coordinator")
    client.post(reverse("keep_filter"), {"filter": "van=school&stiekem=Zoë&dringend=acute", "doe": "bewaren"})
    assert SavedFilter.objects.get().query == "dringend=acute&van=school"
    page = client.get(reverse("queue"))
    assert [kept["label"] for kept in page.context["saved"]] == ["Acuut, School"]
    client.post(reverse("keep_filter"), {"filter": "van=school&dringend=acute", "doe": "vergeten"})
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("typed", ["{}", "ov{}", " {} ", "bare"])
def test_a_reference_goes_straight_to_its_page(world, typed):
    signal = a_signal(world)
    words = typed.format(signal.reference.removeprefix("OV") if "ov{" in typed else signal.reference.lower())
    words = signal.reference.removeprefix("OV-").lower().replace("-", " ") if typed == "bare" else words
    answer = world.client("coordinator").post(reverse("search"), {"q": words})
    assert answer.url == signal.get_absolute_url()


def test_six_symbols_alone_are_a_case_too_and_a_place_of_six_letters_stays_a_place(world):
    case, almelo = world.case(), a_municipality()
    Coverage.objects.create(municipality=almelo, team=world.teams["almelo"])
    client = world.client("coordinator")
    bare_symbols = case.reference.removeprefix("ZK-")
    assert client.post(reverse("search"), {"q": bare_symbols}).url == reverse("case", args=[case.reference])
    assert client.post(reverse("search"), {"q": "almelo"}).url.endswith(f"gemeente={almelo.pk}")


def test_a_place_and_a_state_lead_to_their_rows(world):
    almelo = a_municipality()
    Coverage.objects.create(municipality=almelo, team=world.teams["almelo"])
    client, found = world.client("coordinator"), {}
    for words in ("almelo", "netwerk Almelo", "te laat", "onbekend"):
        found[words] = client.post(reverse("search"), {"q": words}).url.partition("?")[2]
    assert found["almelo"] == f"stand=open&gemeente={almelo.pk}"
    assert found["netwerk Almelo"] == "stand=open&netwerk=almelo"
    assert found["te laat"] == "stand=open&laat=1"
    among_cases = client.post(reverse("search"), {"q": "almelo", "lijst": "cases"})
    assert among_cases.url == f"{reverse('cases')}?gemeente={almelo.pk}"


@pytest.mark.parametrize("name", ["queue", "cases"])
def test_what_stands_in_an_address_is_not_searched(world, name):
    a_municipality()
    answer = world.client("coordinator").get(reverse(name), {"q": "almelo"})
    assert answer.status_code == 200 and not answer.context["filters"]


def test_a_name_that_is_searched_comes_back_nowhere(world):
    answer = world.client("coordinator").post(reverse("search"), {"q": "Zoë Canarie"})
    assert answer.status_code == 404
    assert "Canarie" not in answer.content.decode()
    entry = Entry.objects.get(act="search")
    assert (entry.purpose, entry.rows) == ("nothing", [])


@pytest.mark.parametrize("stand", ["nieuw", "open", "besloten"])
def test_statements_are_the_same_at_ten_and_at_five_thousand_rows(world, django_assert_max_num_queries, stand):
    client, counts = world.client("coordinator"), []
    for number in (10, 4990):
        Signal.objects.bulk_create(
            bare(state, score=row % 7, filed=row, decided_at=NOW if state == "decided" else None)
            for row in range(number)
            for state in (("received", "decided")[row % 2],)
        )
        client.get(reverse("queue"), {"stand": stand})
        with django_assert_max_num_queries(10) as taken:
            assert client.get(reverse("queue"), {"stand": stand}).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_a_number_in_a_form_is_read_however_it_was_typed(world):
    case, signal = world.case(), bare(state="in_triage", claimed_by=world.user("coordinator"))
    typed = case.reference.removeprefix("ZK-").lower().replace("-", " ")
    given = {"decision": "joined", "reason": "same_person", "number": typed, "version": signal.version}
    form = DecideForm({f"decide-{name}": value for name, value in given.items()}, user=world.user("coordinator"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["case"] == case
