"""The register of partners: who keeps it, what is due for review, who belongs to whom, and what is remembered of it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from meldpunt.audit.models import Entry
from meldpunt.notices.models import Notice
from meldpunt.teams import actions, partner_actions
from meldpunt.teams.models import Invitation, Membership
from meldpunt.teams.partners import Partner, PartnerChange, WrongPartner
from meldpunt.teams.tasks import remind_of_partners
from tests.roles import granted, working_as  # noqa: F401 (a fixture)
from tests.test_access import confirmed
from tests.worlds import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
STATEMENTS = 15


@pytest.fixture
def world(settings):
    return World(settings)


def today():
    return timezone.localdate()


def words(**others):
    """What a browser sends for a partner."""
    said = {
        "organisation": "OSG Noord",
        "role": "school",
        "purpose": "Veilig naar school.",
        "bases": ["consent", "vital_interest"],
        "contact": "Els de Boer",
        "agreed_on": (today() - DAY).isoformat(),
        "review_on": (today() + 365 * DAY).isoformat(),
    }
    return said | others


def a_partner(world, team="almelo", **others):
    said = words(**others)
    days = {name: datetime.date.fromisoformat(str(said[name])) for name in ("agreed_on", "review_on")}
    return partner_actions.add(by=world.user("administrator"), team=world.teams[team], **(said | days))


def text(page):
    return " ".join(page.content.decode().split())


def test_lead_adds_a_partner_to_the_own_network_only(world):
    lead = world.client("lead")
    assert lead.post("/partners/erbij/", words(team=world.teams["zwolle"].pk)).status_code == 422
    assert lead.post("/partners/erbij/", words(team=world.teams["almelo"].pk)).status_code == 302
    partner = Partner.objects.get(organisation="OSG Noord")
    assert (partner.team, partner.bases, partner.version) == (world.teams["almelo"], ["consent", "vital_interest"], 1)
    assert Entry.objects.get(object_kind="partner").object_id == str(partner.pk)
    with pytest.raises(PermissionDenied):
        partner_actions.add(by=world.user("lead"), team=world.teams["zwolle"], **words())
    with pytest.raises(WrongPartner):
        partner_actions.add(by=world.user("administrator"), team=world.teams["desk"], **words())


def test_a_network_has_one_open_partner_of_a_name(world):
    a_partner(world)
    page = world.client("administrator").post(
        "/partners/erbij/", words(organisation="osg NOORD", team=world.teams["almelo"].pk)
    )
    assert page.status_code == 422 and set(page.context["form"].errors) == {"organisation"}
    assert Partner.objects.filter(organisation__iexact="osg noord").count() == 1
    a_partner(world, "zwolle")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"bases": ["whim"]}, "bases"),
        ({"bases": []}, "bases"),
        ({"role": "spy"}, "role"),
        ({"purpose": "x" * 301}, "purpose"),
        ({"contact": "\0"}, "contact"),
        ({"agreed_on": "31-02-2026"}, "agreed_on"),
        ({"agreed_on": "2999-01-01"}, "agreed_on"),
        ({"review_on": "2001-01-01"}, "review_on"),
        ({"review_on": "9999-12-31"}, "review_on"),
        ({"team": "many"}, "team"),
    ],
)
def test_wrong_answers_are_told_beside_the_field(world, wrong, field):
    page = world.client("administrator").post("/partners/erbij/", words(team=world.teams["almelo"].pk) | wrong)
    assert page.status_code == 422 and field in page.context["form"].errors
    assert not Partner.objects.filter(organisation="OSG Noord").exists()


def test_what_is_due_for_review_comes_first(world):
    a_partner(world, organisation="Later")
    late = a_partner(world, organisation="Te laat", agreed_on=today() - 9 * DAY, review_on=today() - DAY)
    near = a_partner(world, organisation="Bijna", review_on=today() + 59 * DAY)
    page = world.client("lead").get("/partners/")
    assert page.context["due"] == [late, near]
    assert [row.organisation for row in page.context["lines"][0].partners][:2] == ["Te laat", "Bijna"]
    assert [line.team.slug for line in page.context["lines"]] == ["almelo"]
    assert [line.team.slug for line in world.client("privacy_officer").get("/partners/").context["lines"]] == ["almelo", "zwolle"]


def test_list_needs_few_statements_however_long(world, django_assert_max_num_queries):
    for number in range(12):
        a_partner(world, organisation=f"Organisatie {number}", review_on=today() + number * DAY + DAY)
    client = world.client("administrator")
    with django_assert_max_num_queries(STATEMENTS):
        client.get("/partners/")
    with django_assert_max_num_queries(STATEMENTS):
        client.get(f"/partners/{Partner.objects.first().pk}/")


def test_change_is_remembered_with_both_values(world):
    partner = a_partner(world)
    client = world.client("lead")
    client.post(f"/partners/{partner.pk}/wijzigen/", words(contact="=1+1 <script>", version=1))
    partner.refresh_from_db()
    change = partner.changes.first()
    assert (partner.contact, partner.version, change.act) == ("=1+1 <script>", 2, "change")
    assert (change.old, change.new) == ({"contact": "Els de Boer"}, {"contact": "=1+1 <script>"})
    page = text(client.get(f"/partners/{partner.pk}/"))
    assert "Els de Boer" in page and "&lt;script&gt;" in page and "<script>" not in page.replace("<script src", "")
    client.post(f"/partners/{partner.pk}/wijzigen/", words(contact="=1+1 <script>", version=2))
    assert partner.changes.count() == 2  # the same again leaves no trace


def test_who_comes_second_sees_both_values_and_chooses(world):
    partner = a_partner(world)
    partner_actions.change(partner, by=world.user("administrator"), version=1, contact="Wim Bos")
    client = world.client("lead")
    page = client.post(f"/partners/{partner.pk}/wijzigen/", words(contact="Jan Smit", version=1))
    assert page.status_code == 409
    assert "Wim Bos" in text(page) and "Jan Smit" in text(page)
    assert page.context["form"]["version"].value() == 2
    assert client.post(f"/partners/{partner.pk}/wijzigen/", words(contact="Jan Smit", version=2)).status_code == 302
    assert Partner.objects.get(pk=partner.pk).contact == "Jan Smit"
    assert client.post(f"/partners/{partner.pk}/wijzigen/", words(contact="Kees", version="")).status_code == 409


def test_partner_ends_only_when_nobody_belongs_to_it_and_stays_to_be_read(world):
    partner = a_partner(world)
    membership = Membership.objects.get(user=world.people["member"])
    lead = confirmed(world.client("lead"))
    assert lead.post(f"/partners/lid/{membership.pk}/", {"partner": partner.pk}).status_code == 302
    membership.refresh_from_db()
    assert membership.partner == partner
    assert lead.post(f"/partners/{partner.pk}/beeindigen/", {"version": 1}).status_code == 409
    home = Partner.objects.get(organisation="Gemeente Almelo")
    lead.post(f"/partners/lid/{membership.pk}/", {"partner": home.pk})
    assert lead.post(f"/partners/{partner.pk}/beeindigen/", {"version": 9}).status_code == 409
    assert lead.post(f"/partners/{partner.pk}/beeindigen/", {"version": 1}).status_code == 302
    assert lead.post(f"/partners/{partner.pk}/beeindigen/", {"version": 1}).status_code == 404
    assert lead.get(f"/partners/{partner.pk}/wijzigen/").status_code == 404
    assert "OSG Noord" in text(lead.get("/partners/")) and lead.get(f"/partners/{partner.pk}/").status_code == 200
    assert a_partner(world).pk != partner.pk  # the name is free again


def test_member_belongs_to_a_partner_of_the_own_network_only(world):
    far = a_partner(world, "zwolle")
    membership = Membership.objects.get(user=world.people["member"])
    page = confirmed(world.client("lead")).post(f"/partners/lid/{membership.pk}/", {"partner": far.pk})
    assert page.status_code == 422
    with pytest.raises(WrongPartner):
        partner_actions.belong(membership, by=world.user("administrator"), partner=far)
    with pytest.raises(PermissionDenied):
        partner_actions.belong(membership, by=world.user("member"), partner=membership.partner)


def test_invitation_to_a_network_names_the_organisation(world):
    partner, administrator = a_partner(world), confirmed(world.client("administrator"))
    said = {"name": "Nieuw", "email": "nieuw@practice.test", "team": world.teams["almelo"].pk, "role": "member"}
    assert set(administrator.post("/beheer/uitnodigen/", said).context["form"].errors) == {"partner"}
    far = a_partner(world, "zwolle")
    assert set(administrator.post("/beheer/uitnodigen/", said | {"partner": far.pk}).context["form"].errors) == {"partner"}
    desk = said | {"team": world.teams["desk"].pk, "role": "coordinator", "partner": partner.pk}
    assert set(administrator.post("/beheer/uitnodigen/", desk).context["form"].errors) == {"partner"}
    page = administrator.post("/beheer/uitnodigen/", said | {"partner": partner.pk})
    assert page.status_code == 200 and Invitation.objects.get().partner == partner
    token = page.context["link"].rstrip("/").rsplit("/", 1)[1]
    user = actions.accept_invitation(token=token, code=page.context["code"], password="vier eenden in de sloot")
    assert user.memberships.get().partner == partner


def test_keepers_are_told_sixty_days_ahead_and_every_fortnight(world, granted):  # noqa: F811
    a_partner(world, review_on=today() + 61 * DAY)
    assert remind_of_partners() == 0
    near = a_partner(world, organisation="Bijna", review_on=today() + 60 * DAY)
    with working_as("meldpunt_worker"):
        assert remind_of_partners() == 1
    assert remind_of_partners() == 0
    told = Notice.objects.filter(kind="partner_review").select_related("user")
    assert {notice.user.name for notice in told} == {"Lead", "Administrator"}
    assert {notice.path for notice in told} == {"/partners/"}
    Partner.objects.filter(pk=near.pk).update(reminded_on=today() - 14 * DAY)
    assert remind_of_partners() == 1
    later = partner_actions.change(
        Partner.objects.get(pk=near.pk), by=world.user("lead"), version=1, review_on=today() + 400 * DAY
    )
    assert later.reminded_on is None and later.changes.first().act == "review"
    world.client("lead").get("/partners/")
    assert not Notice.objects.visible_to(world.people["lead"]).unread().filter(kind="partner_review").exists()


def test_role_of_the_web_can_only_add_to_the_history(world, granted):  # noqa: F811
    a_partner(world)
    for act in (PartnerChange.objects.all().delete, lambda: PartnerChange.objects.update(act="end")):
        with pytest.raises(DatabaseError), transaction.atomic(), working_as("meldpunt_web"):
            act()
