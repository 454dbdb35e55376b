"""A case handed over outside: what, to whom, on what basis, by which way, with receipt; and what leaves, encrypted."""

import csv
import io
import json

import pikepdf
import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.teams.agreement import Part
from meldpunt.vault import crypto, sealed
from meldpunt.web import paper
from signals.actions import dispatching
from signals.actions.holding import end_hold, lock_open_letters
from signals.dispatch import document, reading, records
from signals.models import Case, Dispatch
from signals.vocabulary import AgeBand, Form, Gender
from signals.workflow import AssignmentState, NotAllowed, Reason
from tests.worlds import World

pytestmark = pytest.mark.django_db
needs_pdf = pytest.mark.skipif(not paper.is_there(), reason="WeasyPrint needs Pango")
WHY = "Neem dit over <script>alert(1)</script>"
GIVEN = {
    "body": "safe_home", "basis": "reporting_right", "way": "secure_mail", "recipient": "Veilig Thuis Twente",
    "contact": "=Ria, aandacht", "why": WHY, "parts": ["facts", "person", "suspects"],
}  # fmt: skip
FILLED = {f"dispatch-{name}": value for name, value in GIVEN.items()}


@pytest.fixture
def world(settings):
    return World(settings)


def handed(world, case, who="coordinator", **given):
    ring = world.keyring(who)
    return dispatching.hand_outside(case, by=ring.user, keyring=ring, **GIVEN | given)


def confirmed(world, who="coordinator"):
    """A browser in which the second factor was given just now."""
    client, request = world.client(who), RequestFactory().get("/")
    request.session = session = client.session
    record_authentication(request, world.user(who), "mfa")
    session.save()
    return client


def sent_of(world, row):
    return reading.sent_of(world.keyring("coordinator"), row)


def test_it_is_written_down_sealed_and_shown_as_text(world):
    case, client = world.case(), world.client("coordinator")
    response = client.post(f"/overdracht/{case.reference}/", FILLED)
    row = Dispatch.objects.get()
    assert response.status_code == 302 and response["Location"] == row.get_absolute_url()
    assert row.team.slug == "desk" and b"Veilig Thuis" not in bytes(row.sent)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Veilig Thuis Twente" in page and "&lt;script&gt;" in page and "<script>alert" not in page
    assert Entry.objects.filter(act="create", object_kind="dispatch", purpose="safe_home").count() == 1
    assert Entry.objects.filter(act="read", object_kind="dispatch", object_id=str(row.pk)).exists()
    assert row.get_absolute_url() in client.get(f"/overdracht/{case.reference}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dispatch-parts": []}, "Kies wat je meegeeft."),
        ({"dispatch-parts": ["referrer"]}, "Wat geef je mee"),
        ({"dispatch-basis": "because"}, "Waarom mag dit"),
        ({"dispatch-recipient": "x" * 121}, "Haal 1 teken weg."),
        ({"dispatch-body": "comensha"}, "Zonder toestemming krijgt CoMensha alleen de eerste regel."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(world, changed, said):
    case = world.case()
    page = world.client("coordinator").post(f"/overdracht/{case.reference}/", FILLED | changed)
    assert page.status_code == 422 and said in page.content.decode() and not Dispatch.objects.exists()
    assert "Neem dit over" in page.content.decode()


def test_comensha_gets_numbers_without_consent_and_names_only_with_it(world):
    case = world.case()
    with pytest.raises(NotAllowed):
        handed(world, case, body="comensha")
    assert handed(world, case, body="comensha", parts=["facts"]).pk
    with pytest.raises(NotAllowed):
        handed(world, case, body="comensha", basis="consent")
    Case.objects.filter(pk=case.pk).update(consents={"comensha": dict.fromkeys(Part.values)})
    assert handed(world, case, body="comensha", basis="consent").pk


def test_only_what_was_chosen_goes_and_stays_as_it_was(world):
    case = world.case()
    sent = sent_of(world, handed(world, case))
    text = json.dumps(sent.to_values(), ensure_ascii=False)
    assert "Zoë Canarie" in text and "Ricky" in text
    assert not [never for never in ("Bo Peper", "Vader", "Wordt onder druk gezet") if never in text]
    fewer = sent_of(world, handed(world, case, parts=["others"]))
    assert "Bo Peper" in str(fewer.lines) and not fewer.name and set(fewer.codes) == {"state", "outcome"}
    with_where = sent_of(world, handed(world, case, parts=["places"]))
    assert "Woont of slaapt in" in str(with_where.lines) and "Woont of slaapt in" not in text
    row = handed(world, case)
    Case.objects.filter(pk=case.pk).update(form="ARBEID")
    assert sent_of(world, row).codes["form"] == "SEX_LOVERBOY"


def test_the_receipt_is_noted_once_by_a_day_that_can_be(world):
    row, client = handed(world, world.case()), world.client("coordinator")
    today = timezone.localdate()
    good = {"receipt-version": 1, "receipt-who": "Ria, aandachtsfunctionaris", "receipt-received_on": today.isoformat()}
    for day in ("2999-01-01", "2001-01-01", "gisteren", ""):
        page = client.post(row.get_absolute_url(), good | {"receipt-received_on": day})
        assert page.status_code == 422 and "Ria, aandachts" in page.content.decode()
    assert client.post(row.get_absolute_url(), good).status_code == 302
    row.refresh_from_db()
    assert row.received_on == today and row.noted_by == world.user("coordinator") and b"Ria" not in bytes(row.receipt)
    assert "Ria, aandachtsfunctionaris" in client.get(row.get_absolute_url()).content.decode()
    again = client.post(row.get_absolute_url(), good | {"receipt-who": "Iemand anders"})
    assert again.status_code == 409 and "Iemand anders" in again.content.decode()


def test_a_lead_hands_over_what_the_own_network_leads_and_loses_it_with_the_case(world):
    letter = world.accepted()
    assert world.client("member").get(f"/overdracht/{letter.case.reference}/").status_code == 403
    assert world.client("other_lead").get(f"/overdracht/{letter.case.reference}/").status_code == 404
    of_desk = handed(world, letter.case)
    client = world.client("lead")
    assert "/overdracht/" in client.get(f"/netwerk/{letter.case.reference}/").content.decode()
    assert client.post(f"/overdracht/{letter.case.reference}/", FILLED).status_code == 302
    row = Dispatch.objects.get(team=letter.team)
    assert client.get(row.get_absolute_url()).status_code == 200 and sent_of(world, row).recipient
    assert client.get(of_desk.get_absolute_url()).status_code == 404
    held, ring = lock_open_letters(letter.case_id)[0], world.keyring("coordinator")
    end_hold(held, AssignmentState.RETURNED, by=world.user("lead"), keyring=ring, reason=Reason.choices[0][0])
    assert client.get(row.get_absolute_url()).status_code == 404
    with pytest.raises(crypto.CannotOpen):
        sealed.peek(world.keyring("lead"), row, "sent")
    with pytest.raises(Case.DoesNotExist):
        handed(world, letter.case, "lead")


def test_one_of_another_case_is_not_there(world):
    row, other = handed(world, world.case()), world.case()
    assert world.client("coordinator").get(f"/overdracht/{other.reference}/{row.pk}/").status_code == 404


@needs_pdf
def test_the_document_opens_with_its_password_only_and_bears_reference_and_recipient(world):
    case, client = world.case(), confirmed(world)
    row = handed(world, case, why="Lang. " * 1200)
    page = client.post(f"{row.get_absolute_url()}wachtwoord/")
    token, password = page.context["token"], page.context["password"]
    assert page.status_code == 200 and password in page.content.decode() and len(password) == 24
    found = client.post(f"{row.get_absolute_url()}document/", {"token": token})
    assert found["Content-Type"] == "application/octet-stream" and "attachment" in found["Content-Disposition"]
    for wrong in ("", password[:-1]):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(found.content), password=wrong)
    pdf = pikepdf.open(io.BytesIO(found.content), password=password)
    assert pdf.encryption.R == 6 and pdf.encryption.bits == 256 and len(pdf.pages) > 1
    assert b"Canarie" not in found.content
    assert Entry.objects.filter(act="export", object_id=case.reference, purpose="dispatch_pdf").count() == 1
    markup = document.markup(row, sent_of(world, row))
    assert case.reference in markup and "Veilig Thuis Twente" in markup


def test_the_watermark_takes_no_style_from_a_recipient(world):
    row = handed(world, world.case(), recipient='"; } body { color: red }')
    style = document.style(row, sent_of(world, row))
    assert "WATERMARK" not in style and "color: red" not in style and row.case.reference in style


@needs_pdf
@pytest.mark.parametrize("token", ["", "0000-0000", "een:twee:drie"])
def test_a_password_that_we_did_not_make_gives_no_document(world, token):
    row = handed(world, world.case())
    other = document.signed(handed(world, world.case()), "0000")
    for given in (token, other):
        found = confirmed(world).post(f"{row.get_absolute_url()}document/", {"token": given})
        assert found.status_code == 302 and not Entry.objects.filter(act="export").exists()


def test_what_leaves_asks_for_the_second_factor_again(world):
    row, client = handed(world, world.case()), world.client("coordinator")
    for path in ("bestand/htcds.json", "bestand/htcds.csv", "bestand/landelijk.csv"):
        assert client.get(row.get_absolute_url() + path)["Location"].startswith("/")
    for path in ("wachtwoord/", "document/"):
        assert client.post(row.get_absolute_url() + path).status_code == 302
    assert not Entry.objects.filter(act="export").exists()


def test_the_records_of_others_are_exports_and_hold_no_formula(world):
    row, client = handed(world, world.case(), recipient="=1+1"), confirmed(world)
    found = json.loads(client.get(f"{row.get_absolute_url()}bestand/htcds.json").content)["record"]
    assert found["vic_TypeOfExploitation"] == ["SexualExploitation"] and found["prs_SecondName"] == "Canarie"
    assert found["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking" and found["cas_Status"] == "Active"
    heading, values = csv.reader(io.StringIO(client.get(f"{row.get_absolute_url()}bestand/htcds.csv").content.decode()))
    assert heading == list(found) and "'=1+1" in values and "=1+1" not in values
    national = client.get(f"{row.get_absolute_url()}bestand/landelijk.csv").content.decode()
    assert "seksuele dienstverlening" in national and "jonger dan 18" in national and "Canarie" not in national
    assert Entry.objects.filter(act="export", purpose="dispatch_file", object_id=row.case.reference).count() == 3
    assert client.get(f"{row.get_absolute_url()}bestand/alles.csv").status_code == 404


def test_every_case_gives_a_valid_record_of_the_standard(world):
    row, sent = handed(world, world.case()), sent_of(world, Dispatch.objects.get())
    for body in ("region", "police"):
        for form in Form.values:
            for gender in Gender.values:
                row.body, sent.codes = body, {"form": form, "gender": gender, "age_band": AgeBand.UNKNOWN, "state": "closed"}
                assert records.htcds(row, sent)["cas_Status"] == "Closed" and records.national(sent)


@pytest.mark.parametrize(
    "wrong", [{"prs_Gender": "Girl"}, {"prs_Shoe": "38"}, {"vic_TypeOfExploitation": "SexualExploitation"}]
)
def test_a_value_outside_the_standard_is_refused(wrong):
    with pytest.raises(records.NotInStandard):
        records.checked(wrong)


def test_the_pages_stay_inside_their_statements(world, django_assert_max_num_queries):
    letter = world.accepted()
    rows = [handed(world, letter.case, "lead") for _time in range(3)]
    for who in ("coordinator", "lead"):
        client = world.client(who)
        for url in (f"/overdracht/{letter.case.reference}/", rows[0].get_absolute_url()):
            client.get(url)
            with django_assert_max_num_queries(15):
                assert client.get(url).status_code == 200
