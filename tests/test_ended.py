"""From what has ended to anonymous rows, and from these to a balance that is published."""

import datetime
import io
import threading

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from meldpunt.web import paper
from networks.actions import balance, outcome
from networks.balance import live, pdf
from networks.balance.counting import Period, count
from networks.balance.publishing import Publication, QuartersFirst
from networks.models import OutcomeRow, PublishedBalance
from signals.actions import triage
from signals.models import Signal
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def world(settings):
    return World(settings)


def decide(world, signal, decision, reason):
    keyring = world.keyring("coordinator")
    version = Signal.objects.get(pk=signal.pk).version
    return triage.decide(
        signal, by=keyring.user, keyring=keyring, decision=decision, reason=reason, version=version
    )


def closed_case(world, signals=2):
    """A case of some signals that a network took and closed."""
    letter = world.ready()
    for _number in range(signals):
        signal = a_signal(world)
        Signal.objects.filter(pk=signal.pk).update(
            state="decided", decision="joined", case=letter.case, decided_at=timezone.now()
        )
    keyring = world.keyring("lead")
    outcome.close(
        letter, by=keyring.user, keyring=keyring, outcome="handled_in_network", youth_care_needed=False, safe_now="yes"
    )
    return letter.case


def rows(number, **values):
    """Rows of reports that ended last January."""
    day = datetime.date(LAST_YEAR, 1, 1)
    plain = {"filed_on": day, "ended_on": day, "referrer_role": "school", "channel": "web", "form": "ARBEID"}
    plain |= {"age_band": "12_15", "gender": "m", "first_of_case": True, "ending": "handled_in_network"}
    OutcomeRow.objects.bulk_create(OutcomeRow(**plain | values) for _number in range(number))


def many(times):
    """A quarter as it may be: some of each kind, `times` over."""
    for ending, number in (("handled_in_network", 7), ("youth_care", 4), ("no_signal", 5), ("advice", 4)):
        case = ending in ("handled_in_network", "youth_care")
        for place in range(number * times):
            parts = {"referrer_role": ("school", "care", "parent")[place % 3], "gender": "fm"[place % 2]}
            rows(1, ending=ending, first_of_case=case, **parts)


def test_report_that_ends_without_a_case_leaves_one_anonymous_row(world):
    signal = a_signal(world)
    decide(world, signal, "no_signal", "too_little")
    assert balance.count_ended() == 1
    assert balance.count_ended() == 0
    row = OutcomeRow.objects.get()
    assert (row.ending, row.first_of_case, row.referrer_role) == ("no_signal", False, "school")
    assert row.filed_on.day == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT networks_outcomerow::text FROM networks_outcomerow")
        assert signal.reference not in str(cursor.fetchall()) and str(signal.pk) not in str(row.__dict__)


def test_a_row_that_the_database_refuses_waits_and_keeps_no_other_from_being_counted(world):
    refused, whole = (decide(world, a_signal(world), "no_signal", "too_little") for _ in range(2))
    Signal.objects.filter(pk=refused.pk).update(referrer_role="parent")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE networks_outcomerow ADD CONSTRAINT refused CHECK (referrer_role <> 'parent')")
    assert balance.count_ended() == 1
    assert list(Signal.objects.exclude(counted_as=None)) == [whole]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE networks_outcomerow DROP CONSTRAINT refused")
    assert balance.count_ended() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_count_a_report_once(world):
    decide(world, a_signal(world), "no_signal", "too_little")
    counted, go_on = threading.Event(), threading.Event()

    def other_run():
        with transaction.atomic():
            balance.count_ended()
            counted.set()
            go_on.wait(10)
        connection.close()

    other = threading.Thread(target=other_run)
    other.start()
    assert counted.wait(10)
    assert balance.count_ended() == 0
    go_on.set()
    other.join()
    assert balance.count_ended() == 0
    assert OutcomeRow.objects.count() == 1


def test_case_counts_once_and_each_of_its_reports_too(world):
    closed_case(world, signals=3)
    balance.count_ended()
    today = timezone.localdate()
    counts = count(Period(today.replace(day=1), today))
    assert (counts.all_reports, counts.all_cases) == (3, 1)
    assert counts.reports["ending"] == {"handled_in_network": 3}
    assert OutcomeRow.objects.filter(network="almelo").count() == 3


def test_reopened_report_is_no_longer_counted(world):
    signal = decide(world, a_signal(world), "no_signal", "too_little")
    balance.count_ended()
    keyring = world.keyring("coordinator")
    version = Signal.objects.get(pk=signal.pk).version
    triage.reopen(signal, by=keyring.user, keyring=keyring, reason="new_facts", version=version)
    assert balance.count_ended() == 0
    assert not OutcomeRow.objects.exists()


def test_published_quarter_hides_small_numbers_and_never_changes(world):
    many(3)
    rows(3, referrer_role="neighbour", ending="police")
    published = balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))
    assert published.figures["reports"] == 63
    assert published.figures["tables"]["referrer_role"]["neighbour"] is None
    assert published.figures["handled_in_network"] == {"count": 21, "of": 36, "share": 0.5833}
    with pytest.raises(balance.AlreadyPublished):
        balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))


def test_year_waits_for_its_quarters_and_a_quarter_for_its_end(world):
    with pytest.raises(QuartersFirst):
        balance.publish(Publication(LAST_YEAR), by=world.user("coordinator"))
    with pytest.raises(balance.NotOver):
        balance.publish(Publication(timezone.localdate().year + 1, 1), by=world.user("coordinator"))
    rows(12)
    for quarter in (1, 2, 3, 4):
        balance.publish(Publication(LAST_YEAR, quarter), by=world.user("coordinator"))
    year = balance.publish(Publication(LAST_YEAR), by=world.user("coordinator"))
    assert year.kind == "year"


def test_everybody_reads_what_is_published_and_its_files(world):
    a_municipality()
    many(3)
    published = balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))
    client = world.client()
    page = client.get(published.get_absolute_url())
    assert page.status_code == 200 and "64%" in page.content.decode()
    assert published.get_absolute_url() in client.get("/balans/").content.decode()
    for kind in ("json", "csv", "xlsx"):
        assert client.get(f"/balans/{published.slug}.{kind}").status_code == 200
    assert client.get("/balans/2001/").status_code == 404
    if paper.is_there():
        assert client.get(f"/balans/{published.slug}.pdf").content.startswith(b"%PDF")


def test_coordinator_sees_before_publishing_what_the_public_will_see(world):
    rows(12)
    client = world.client("coordinator")
    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    record_authentication(request, user=world.user("coordinator"), method="mfa")
    session.save()
    chosen = {"year": str(LAST_YEAR), "quarter": "1"}
    page = client.post("/balans/publiceren/", chosen)
    assert page.status_code == 200 and "Publiceer deze balans" in page.content.decode()
    assert not PublishedBalance.objects.exists()
    assert client.post("/balans/publiceren/", chosen | {"confirmed": "1"}).status_code == 302
    assert PublishedBalance.objects.get().slug == f"{LAST_YEAR}-kwartaal-1"
    again = client.post("/balans/publiceren/", chosen | {"confirmed": "1"})
    assert again.status_code == 422 and "al gepubliceerd" in again.content.decode()


def test_lead_steers_by_the_own_network_only(world):
    world.accepted()
    world.accepted("zwolle", "stranger")
    of_desk = live.of_desk(world.user("coordinator"), live.last_year())
    of_almelo = live.of_network(world.user("lead"), world.teams["almelo"], live.last_year())
    of_other = live.of_network(world.user("lead"), world.teams["zwolle"], live.last_year())
    cases = [dict(found.tiles)["zaken"] for found in (of_desk, of_almelo, of_other)]
    assert cases == [2, 1, 0]
    page = world.client("lead").get("/balans/sturen/").content.decode()
    assert "Almelo" in page and "Zwolle" not in page


def test_pdf_is_tagged_for_who_does_not_see_it(world):
    if not paper.is_there():
        pytest.skip("this machine has no Pango")
    pikepdf = pytest.importorskip("pikepdf")
    rows(12)
    published = balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))
    with pikepdf.open(io.BytesIO(pdf.of(published))) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "nl"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo["/Title"]).startswith("Balans")


def every(document, kind):
    """The structure elements of one kind in a tagged PDF."""
    return [one for one in document.objects if getattr(one, "get", None) and _is(one, kind)]


def _is(one, kind):
    try:
        return str(one.get("/S")) == kind and "/P" in one
    except (TypeError, ValueError, NotImplementedError):
        return False


def test_pdf_has_bookmarks_headers_of_tables_and_words_for_each_chart(world):
    if not paper.is_there():
        pytest.skip("this machine has no Pango")
    pikepdf = pytest.importorskip("pikepdf")
    many(3)
    published = balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))
    with pikepdf.open(io.BytesIO(pdf.of(published))) as document:
        with document.open_outline() as outline:
            assert outline.root
        with document.open_metadata() as metadata:
            assert str(metadata["pdfuaid:part"]) == "1"
        tables, heads, figures = (every(document, kind) for kind in ("/Table", "/TH", "/Figure"))
        assert tables and len(heads) > len(tables)
        assert figures and all(str(figure.get("/Alt", "")).strip() for figure in figures)
