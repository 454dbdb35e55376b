"""No partner gets a part of a case without a valid basis, wherever a network reads; "view as" is what a member really gets."""

import datetime
import random
from dataclasses import fields

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.audit.models import Entry
from meldpunt.teams import agreement_actions
from meldpunt.teams.agreement import ALL_PARTS, Agreement, Grant, Part, parts_given
from meldpunt.teams.agreement_defaults import load_defaults
from meldpunt.teams.models import Membership
from meldpunt.teams.partners import LegalBasis, Partner, PartnerRole
from networks import reading
from networks.actions import circle, contacts, suspects
from networks.content import ContactContent, RelationContent, SuspectContent
from signals import content
from signals.content import Shared
from signals.models import Case
from signals.sharing import door
from tests import worlds
from tests.worlds import World

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 23)
# A word of each part that stands nowhere else.
WORDS = {
    Part.WHO: ("Canariewie", "Canarieschool", "Canarietaal"),
    Part.CONTACT: ("Canarieweetniet", "Canarienooit"),
    Part.WHERE: ("Canarieplaats", "Canariestation"),
    Part.SIGNS: ("Canarieteken", "Canariesamenvatting"),
    Part.OTHERS: ("Canarievriendin", "Canariekring"),
    Part.SUSPECTS: ("Canarieverdachte", "Canarieschuld"),
}
WHOLE = Shared(
    name="Canariewie", school="Canarieschool", languages=["Canarietaal"],
    contact=content.SafeContact(how="phone", never="Canarienooit"), must_not_know="Canarieweetniet",
    place="Canarieplaats", happens="Canariestation", signs=["Canarieteken"], note="Canariesamenvatting",
    others=[content.Peer("klasgenoot", "Canarievriendin")], suspects=[content.Suspect(name="Canarieverdachte")],
)  # fmt: skip
CONTROL = [word for part, words in WORDS.items() for word in words if part != Part.SUSPECTS]
PAGES = ("", "werk/", "kring/", "plan/", "uitkomst/", "afdrukken/", "afdrukken/?deel=samen", "doorgeven/", "verdachten/")

# The last day of a yes: none, long ago, or far ahead.
GONE = "2001-01-01"
ENDS = [None, GONE, "2999-01-01"]

grants = st.lists(
    st.builds(
        Grant,
        part=st.sampled_from(Part.values),
        basis=st.sampled_from(LegalBasis.values),
        until=st.none() | st.dates(TODAY - 3 * DAY, TODAY + 3 * DAY),
    ),
    max_size=12,
)


@given(grants, st.sets(st.sampled_from(LegalBasis.values)), st.booleans(), st.sets(st.sampled_from(Part.values)))
@settings(max_examples=200, deadline=None)
def test_every_part_rests_on_a_basis_that_is_agreed_and_counts_today(rows, bases, acute, consented):
    found = parts_given(rows, bases, today=TODAY, acute=acute, consented=consented)
    for part in Part.values:
        valid = [
            row
            for row in rows
            if row.part == part
            and row.basis in bases
            and not (row.until and row.until < TODAY)
            and not (row.basis == "vital_interest" and not acute)
            and not (row.basis == "consent" and row.part not in consented)
        ]
        assert (part in found) == bool(valid)


@given(grants, st.sets(st.sampled_from(LegalBasis.values)), st.data())
@settings(max_examples=50, deadline=None)
def test_taking_a_row_or_a_basis_away_never_gives_more(rows, bases, data):
    said = {"today": TODAY, "acute": True}
    before = parts_given(rows, bases, consented=ALL_PARTS, **said)
    fewer = [row for row in rows if data.draw(st.booleans())]
    less = {basis for basis in bases if data.draw(st.booleans())}
    yes = [part for part in Part.values if data.draw(st.booleans())]
    assert parts_given(fewer, less, consented=yes, **said) <= before


def test_every_field_that_is_shared_belongs_to_exactly_one_part():
    named = [name for names in door.FIELDS.values() for name in names]
    assert sorted(named) == sorted(one.name for one in fields(Shared))
    assert set(door.FIELDS) == set(Part)


@pytest.fixture
def world(settings, monkeypatch):
    monkeypatch.setattr(worlds, "SHARED", WHOLE)
    return World(settings)


@pytest.fixture
def letter(world):
    """A case with somebody in the circle and a suspect, written down while everything was given."""
    letter, ring = world.accepted(), world.keyring("lead")
    said = RelationContent(name="Canariekring")
    circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=said)
    suspects.add_suspect(letter, by=ring.user, keyring=ring, said=SuspectContent(name="Canarieschuld"))
    return letter


def agreed(role, bases, rows):
    """Let all of Almelo be of a partner of this kind, and let kinds get `rows` only."""
    Agreement.objects.all().delete()
    Agreement.objects.bulk_create(
        Agreement(part=row.part, basis=row.basis, until=row.until, role=role, version=number, ended_at=None)
        for number, row in enumerate({(one.part, one.basis): one for one in rows}.values(), start=1)
    )
    partner = Partner.objects.get(organisation="Gemeente Almelo")
    Partner.objects.filter(pk=partner.pk).update(role=role, bases=list(bases))
    return Partner.objects.get(pk=partner.pk)


def pages_of(world, letter, who="lead"):
    """What every page of a case says to somebody, names shown."""
    client = world.client(who)
    reveal = {"object": "case", "reference": letter.case.reference, "reason": "contact", "next": "/netwerk/"}
    for kind in ("name", "others", "suspect", "contact"):
        client.post("/onthul/", reveal | {"kind": kind})
    return "".join(client.get(f"/netwerk/{letter.case.reference}/{page}").content.decode() for page in PAGES)


@pytest.mark.django_db
def test_pages_have_every_word_where_everything_is_given(world, letter):
    said = pages_of(world, letter)
    assert not [word for word in (*CONTROL, "Canariekring") if word not in said]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_no_page_and_no_paper_has_a_word_of_a_part_without_a_valid_basis(world, letter, seed):
    dice, today = random.Random(seed), timezone.localdate()
    rows = [
        Grant(part, dice.choice([*LegalBasis.values, "consent", "consent"]), dice.choice([None, today - DAY, today, today + DAY]))
        for part in dice.choices(Part.values, k=7)
    ]
    partner = agreed(dice.choice(PartnerRole.values), {*dice.sample(LegalBasis.values, 2), "consent"}, rows)
    answers = {role: {part: dice.choice(ENDS) for part in dice.choices(Part.values, k=5)} for role in ("police", partner.role)}
    Case.objects.filter(pk=letter.case_id).update(consents=answers)
    letter.case.refresh_from_db()
    yes = {part for part, until in answers[partner.role].items() if until != GONE}
    given_today = parts_given(rows, partner.bases, today=today, acute=letter.case.urgency == "acute", consented=yes)
    said = pages_of(world, letter)
    shared = content.to_bytes(door.shared_for(world.keyring("lead"), letter)).decode()
    for part, words in WORDS.items():
        if part not in given_today:
            assert not [word for word in words if word in said or word in shared]
    mine = [word for part, words in WORDS.items() if part in given_today for word in words[:1]]
    assert all(word in shared for word in mine)


@pytest.mark.django_db
def test_view_as_is_what_a_member_of_that_partner_reads_byte_for_byte(world, letter):
    for role in PartnerRole.values:
        Partner.objects.filter(organisation="Gemeente Almelo").update(role=role)
        partner = door.partners_of([world.teams["almelo"]])[0]
        seen = content.to_bytes(door.shared_as(world.keyring("coordinator"), letter.case, partner))
        assert seen == content.to_bytes(door.shared_for(world.keyring("member"), letter))
        page = world.client("coordinator").get(f"/zaken/{letter.case.reference}/als/?partner={partner.pk}")
        own = world.client("member").get(f"/netwerk/{letter.case.reference}/").context["shared"]
        assert seen == content.to_bytes(page.context["shared"]) == content.to_bytes(own)
        given_today, html = given_by(partner), page.content.decode()
        assert not [w for part, words in WORDS.items() if part not in given_today for w in words if w in html]
    assert Entry.objects.filter(purpose="view_as", object_id=letter.case.reference).count() == 2 * len(PartnerRole)


def given_by(partner):
    return door.parts_of(partner, door.from_columns(partner.granted), Case(urgency="urgent"))


@pytest.mark.django_db
def test_view_as_shows_a_lead_no_more_than_the_lead_reads(world, letter):
    agreed("school", ["public_task"], [Grant(part, "public_task") for part in (Part.WHO,)])
    all_of_it = [Agreement(part=part, basis="public_task", role="police", version=9) for part in Part.values]
    Agreement.objects.bulk_create(all_of_it)
    days = {"agreed_on": timezone.localdate() - DAY, "review_on": timezone.localdate() + DAY}
    police = Partner.objects.create(
        team=world.teams["almelo"], organisation="Politie", role="police", bases=["public_task"], **days
    )
    page = world.client("lead").get(f"/netwerk/{letter.case.reference}/als/?partner={police.pk}")
    assert page.context["chosen"] == police and page.context["shared"].name == "Canariewie"
    assert page.context["shared"].place == "" and page.context["shared"].suspects == []


@pytest.mark.django_db
def test_what_ends_and_what_is_taken_off_the_partner_counts_at_once(world, letter):
    client = world.client("lead")
    page = f"/netwerk/{letter.case.reference}/"
    assert client.get(page).context["shared"].place == "Canarieplaats"
    row = Agreement.objects.get(role="municipality", part=Part.WHERE)
    agreement_actions.end(row, by=world.user("administrator"))
    shown = client.get(page)
    assert shown.context["shared"].place == "" and "Niet gedeeld met jouw organisatie" in shown.content.decode()
    agreement_actions.agree(
        by=world.user("administrator"), role="municipality", part=Part.WHERE, basis="public_task", purpose="Weer"
    )
    assert client.get(page).context["shared"].place == "Canarieplaats"
    assert list(Agreement.objects.filter(role="municipality", part="where").values_list("version", flat=True)) == [2, 1]
    Partner.objects.update(bases=["consent"])
    assert client.get(page).context["shared"] == Shared()
    Partner.objects.update(bases=["public_task"])
    Membership.objects.filter(user=world.people["lead"]).update(partner=None)
    assert client.get(page).context["shared"] == Shared()


@pytest.mark.django_db
def test_parts_that_are_pages_are_not_there_without_a_basis(world, letter):
    relation = letter.relations.get()
    agreed("school", ["public_task"], [Grant(Part.WHO, "public_task")])
    client, reference = world.client("lead"), letter.case.reference
    assert client.get(f"/netwerk/{reference}/verdachten/").status_code == 403
    assert client.get(relation.get_absolute_url()).status_code == 404
    assert not reading.held_or_404(world.user("lead"), reference).has_contact
    contacts.note_contract_read(letter, by=world.user("lead"))
    ring = world.keyring("lead")
    said = ContactContent(with_whom="school", how="phone")
    with pytest.raises(PermissionDenied):
        contacts.write_contact(letter, by=ring.user, keyring=ring, held_at=timezone.now(), said=said)


@pytest.mark.django_db
def test_only_an_administrator_changes_what_is_given(world):
    row = Agreement.objects.first()
    said = {"role": "other", "part": "who", "basis": "public_task", "purpose": "Hulp", "until": ""}
    for who in ("lead", "privacy_officer"):
        assert world.client(who).get("/partners/delen/").status_code == 200
        assert world.client(who).post("/partners/delen/", said).status_code == 403
        assert world.client(who).post(f"/partners/delen/{row.pk}/weg/").status_code == 403
    client = world.client("administrator")
    assert client.post("/partners/delen/", said).status_code == 302
    assert client.post("/partners/delen/", said).status_code == 422
    assert client.post("/partners/delen/", said | {"part": "hair", "until": "2001-01-01"}).status_code == 422
    made = Agreement.objects.get(role="other")
    for _twice in range(2):
        assert client.post(f"/partners/delen/{made.pk}/weg/").status_code == 302
    made.refresh_from_db()
    assert made.ended_at and load_defaults() == 0
    assert {row.part for row in Agreement.objects.current().filter(role="municipality")} == ALL_PARTS
