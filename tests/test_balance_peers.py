"""Peers, measures and peers with a report of their own: from the circle to anonymous rows, bands and every form."""

import csv
import io
import json
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from networks.actions import balance, casework, circle, outcome, peers
from networks.balance import exports, live, pdf
from networks.balance.ended import around
from networks.balance.figures import Band, band_of
from networks.balance.picture import picture
from networks.balance.publishing import Publication
from networks.content import RelationContent
from networks.models import OutcomeRow, Relation
from signals.models import Signal
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.test_ended import LAST_YEAR, many
from tests.test_moving import accepted
from tests.test_moving import asked as hand_over
from tests.test_moving import worked as moving_case
from tests.worlds import World, a_signal

pytestmark = pytest.mark.django_db
AROUND = {"peers_checked": 4, "measures": 1, "peers_became_victims": 1}


@pytest.fixture
def world(settings):
    return World(settings)


def asked(world, letter, approached, kind="friend"):
    """Somebody in the circle, with the answer to "approached too?"."""
    ring = world.keyring("member")
    row = circle.add_relation(letter, by=ring.user, keyring=ring, kind=kind, said=RelationContent(name="Zoë"))
    if approached:
        row = Relation.objects.get(pk=row.pk)
        because = "Ouders willen dit niet." if approached == "waived" else ""
        circle.answer(row, by=ring.user, keyring=ring, version=row.version, approached=approached, because=because)
    return Relation.objects.get(pk=row.pk)


@pytest.fixture
def worked(world):
    """A closed case: the peer whom its report names and three more checked, one became a report; a measure done, one dropped."""
    letter = world.ready()
    signal = a_signal(world)
    Signal.objects.filter(pk=signal.pk).update(
        state="decided", decision="joined", case=letter.case, decided_at=timezone.now()
    )
    ring = world.keyring("member")
    by = {"by": ring.user, "keyring": ring}
    asked(world, letter, "", kind="helper")
    asked(world, letter, "waived")
    asked(world, letter, "no", kind="sibling")
    asked(world, letter, "yes")
    peer = asked(world, letter, "suspected", kind="classmate")
    for settle in (casework.finish_action, casework.drop_action):
        action = casework.plan_action(letter, kind="preventive", words="Praten met de ouders.", peer=peer, **by)
        settle(action, version=action.version, **by)
    alone = casework.plan_action(letter, kind="school", words="Iets anders.", **by)
    casework.finish_action(alone, version=alone.version, **by)
    peers.report_peer(peer, by=ring.user, version=peer.version, about=peers.AboutPeer(words="Krijgt cadeaus."))
    lead = world.keyring("lead")
    outcome.close(
        letter, by=lead.user, keyring=lead, outcome="handled_in_network", youth_care_needed=False, safe_now="yes"
    )
    balance.count_ended()
    return letter


def published(world):
    """A quarter with enough cases of each kind to show something."""
    many(3)
    around = ({"peers_checked": 4, "measures": 2}, {"peers_checked": 1, "measures": 4}, {"peers_checked": 0, "measures": 0})
    for place, row in enumerate(OutcomeRow.objects.filter(first_of_case=True)):
        OutcomeRow.objects.filter(pk=row.pk).update(**around[place % 3], peers_became_victims=int(place % 3 == 0))
    return balance.publish(Publication(LAST_YEAR, 1), by=world.user("coordinator"))


def test_closed_case_leaves_how_many_peers_were_checked_and_nothing_else_of_them(worked):
    row = OutcomeRow.objects.get()
    known = list(Relation.objects.values_list("kind", "approached", "signal_id"))
    assert {name: getattr(row, name) for name in AROUND} == AROUND, known
    assert not any(str(peer.pk) in str(row.__dict__) for peer in Relation.objects.all())


@pytest.mark.usefixtures("granted")
def test_worker_counts_them_with_its_own_rights_and_without_a_key(worked):
    Signal.objects.filter(case=worked.case).update(counted_as=None)
    OutcomeRow.objects.all().delete()
    with working_as("meldpunt_worker"):
        assert balance.count_ended() == 1
    row = OutcomeRow.objects.get()
    assert {name: getattr(row, name) for name in AROUND} == AROUND


def test_who_was_taken_out_of_the_circle_is_not_counted(world):
    letter = world.ready()
    row = asked(world, letter, "no")
    circle.remove_relation(row, by=world.user("member"), version=row.version)
    assert around(letter.case) == {"peers_checked": 1, "measures": 0, "peers_became_victims": 0}


def test_who_went_along_to_another_network_counts_once(world):
    letter = moving_case(world)
    accepted(world, hand_over(world, letter))
    assert Relation.objects.filter(approached="no").count() == 2
    assert around(letter.case)["peers_checked"] == 1


def test_desk_and_lead_steer_by_the_sums_of_their_own_scope(world, worked):
    of_desk = dict(live.of_desk(world.user("coordinator"), live.last_year()).tiles)
    of_almelo = dict(live.of_network(world.user("lead"), world.teams["almelo"], live.last_year()).tiles)
    of_other = dict(live.of_network(world.user("lead"), world.teams["zwolle"], live.last_year()).tiles)
    names = [str(live.AROUND_NAMES[part]) for part in AROUND]
    assert [of_desk[name] for name in names] == [of_almelo[name] for name in names] == [4, 1, 1]
    assert [of_other[name] for name in names] == [0, 0, 0]
    shares = {name: said for name, said in of_desk.items() if "zonder jeugdzorg" in name}
    assert list(shares.values()) == ["100%", "100%"] and len(shares) == 2


@pytest.mark.parametrize(("number", "band"), [(0, "none"), (1, "1_2"), (2, "1_2"), (3, "3_more"), (900, "3_more")])
def test_number_falls_in_one_band(number, band):
    assert band_of(number) == band and band in Band.values


def test_what_is_published_are_cases_by_band_and_never_a_sum(world):
    figures = published(world).figures
    everything = OutcomeRow.objects.filter(first_of_case=True).count()
    third = everything // 3
    for name in ("peers_checked", "measures"):
        table = figures["tables"][name]
        assert list(table) == Band.values and set(table.values()) <= {third, None}
    assert set(figures["tables"]["youth_care_needed"]) == {"no", "yes", ""}
    became = figures["tables"]["peers_became_victims"]
    assert became["3_more"] is None and None in (became["none"], became["1_2"])


def test_command_prints_the_bands_in_each_form(worked):
    today = timezone.localdate()
    forms = {}
    for kind in ("json", "csv", "text"):
        out = io.StringIO()
        begins_on = today.replace(day=1).isoformat()
        call_command("balance", "--from", begins_on, "--to", today.isoformat(), "--format", kind, stdout=out)
        forms[kind] = out.getvalue()
    assert json.loads(forms["json"])["tables"]["peers_checked"]["3_more"] == 1
    assert "Leeftijdgenoten nagevraagd, per zaak,3 of meer,zaken,1" not in forms["text"]
    assert '"Leeftijdgenoten nagevraagd, per zaak",3 of meer,zaken,1' in forms["csv"]
    assert "Leeftijdgenoten nagevraagd, per zaak" in forms["text"]


def words_of(html: str) -> list[tuple[str, str]]:
    """(row, number) of every table row of a page or paper; a hidden one is "–"."""
    found = []
    for row in re.findall(r"<tr.*?</tr>", html, re.S):
        head = re.search(r'<th scope="row">(.*?)</th>', row, re.S)
        number = re.search(r'<td class="n">(.*?)</td>', row, re.S)
        if head and number:
            said = re.sub(r"<.*?>", "", number[1]).strip()
            found.append((head[1].strip(), "–" if "niet getoond" in said else said))
    return found


def test_page_csv_excel_and_pdf_hold_equal_figures(world):
    balance_of_quarter = published(world)
    page = words_of(world.client().get(balance_of_quarter.get_absolute_url()).content.decode())
    shown = picture(balance_of_quarter)
    drawn = [(row.name, row.number) for table in (shown.areas, shown.endings, *shown.tables) for row in table.rows]
    assert page == [(name, "–" if number is None else str(number)) for name, number in drawn]
    lines = list(exports.lines(balance_of_quarter.figures))
    listed = {(table, row): number for table, row, _unit, number in lines}
    for table in shown.tables:
        for row in table.rows:
            assert listed[table.caption, row.name] == row.number
    rows_of_csv = list(csv.reader(io.StringIO(exports.as_csv(balance_of_quarter.figures))))[1:]
    sheet = load_workbook(io.BytesIO(exports.as_workbook(balance_of_quarter.figures))).active
    in_excel = [tuple(str(cell) for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [tuple(row) for row in rows_of_csv] == in_excel
    assert [row[3] for row in in_excel] == ["niet getoond" if line[3] is None else str(line[3]) for line in lines]
    assert words_of(pdf.markup(balance_of_quarter)) == page
