"""Who got a case outside says that it is there: the reminder, who knows of it, and words that wait while keys are locked."""

import datetime

import pytest
from django.utils import timezone

from signals.models import Dispatch, StaffDraft, Task
from signals.models.task import TaskKind
from signals.tasks import remind_of_receipts
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.test_dispatch import FILLED, WHY, handed
from tests.worlds import World

pytestmark = pytest.mark.django_db
AGO = datetime.timedelta(days=1)


@pytest.fixture
def world(settings):
    return World(settings)


def late(row):
    """Let the term for the receipt be over."""
    Dispatch.objects.filter(pk=row.pk).update(due_at=timezone.now() - AGO)
    return row


def open_tasks():
    return Task.objects.filter(kind=TaskKind.LATE_RECEIPT, done_at=None)


def test_who_handed_over_at_the_desk_gets_one_task_when_nobody_says_it_arrived(world):
    row = handed(world, world.case())
    assert remind_of_receipts() == 0
    assert late(row) and remind_of_receipts() == 1 and remind_of_receipts() == 0
    assert open_tasks().get().user == world.user("coordinator")
    Dispatch.objects.update(reminded_on=timezone.localdate() - 8 * AGO)
    assert remind_of_receipts() == 1 and open_tasks().count() == 1
    page = f"{row.get_absolute_url()}"
    said = {"receipt-version": 1, "receipt-who": "Ria", "receipt-received_on": timezone.localdate().isoformat()}
    assert world.client("coordinator").post(page, said).status_code == 302
    assert not open_tasks().exists() and remind_of_receipts() == 0


def test_the_leads_of_a_network_get_a_notice_without_content(world):
    letter = world.accepted()
    late(handed(world, letter.case, "lead"))
    assert remind_of_receipts() == 1
    notice = world.user("lead").notices.get(kind="receipt_waits")
    assert notice.path == f"/overdracht/{letter.case.reference}/" and not open_tasks().exists()


@pytest.mark.usefixtures("granted")
def test_the_worker_may_remind_and_reads_nothing_sealed(world):
    late(handed(world, world.case()))
    with working_as("meldpunt_worker"):
        assert remind_of_receipts() == 1


def test_a_lead_knows_that_the_desk_handed_it_over_and_reads_nothing_of_it(world):
    letter = world.accepted()
    row = handed(world, letter.case)
    client = world.client("lead")
    page = client.get(f"/overdracht/{letter.case.reference}/").content.decode()
    assert "Veilig Thuis" in page and "Meldrecht" in page and "nog geen ontvangst" in page
    assert row.get_absolute_url() not in page and "Veilig Thuis Twente" not in page and WHY[:14] not in page
    case = client.get(f"/netwerk/{letter.case.reference}/?toon=overdracht").content.decode()
    assert "Naar buiten overgedragen" in case
    assert "Naar buiten overgedragen" not in world.client("member").get(f"/netwerk/{letter.case.reference}/").content.decode()


def test_handing_over_and_its_receipt_stand_in_the_line_of_time_at_the_desk(world):
    row = handed(world, world.case())
    client, page = world.client("coordinator"), f"/zaken/{row.case.reference}/?toon=besluiten"
    assert "Overgedragen: Veilig Thuis" in client.get(page).content.decode()
    said = {"receipt-version": 1, "receipt-who": "Ria", "receipt-received_on": timezone.localdate().isoformat()}
    client.post(row.get_absolute_url(), said)
    assert "Overdracht ontvangen: Veilig Thuis" in client.get(page).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_what_is_typed_waits_while_the_keys_are_locked(world, who):
    letter = world.accepted()
    page = f"/overdracht/{letter.case.reference}/"
    response = world.client(who, locked=True).post(page, FILLED)
    assert response.status_code == 302 and response["Location"].startswith("/ontgrendel/")
    assert not Dispatch.objects.exists() and StaffDraft.objects.get().form == "dispatch"
    client = world.client(who)
    again = client.get(page)
    assert "Neem dit over &lt;script&gt;" in again.content.decode() and "=Ria, aandacht" in again.content.decode()
    assert client.post(page, FILLED).status_code == 302 and not StaffDraft.objects.exists()
