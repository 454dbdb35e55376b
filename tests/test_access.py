"""Who may open which page: every address of the project times every role, to the status that it answers.

The table is checked against the URL configuration: a page without a row fails, and so does a row without a page.
A page is asked for with GET; one that only takes POST is posted to with nothing filled in.
"""

import uuid
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import get_user
from django.db import transaction
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from meldpunt.teams.models import Absence, DutyShift, Membership
from meldpunt.vault import keys, sealed
from networks.actions import casework, circle, suspects
from networks.content import RelationContent, SuspectContent
from signals import content
from signals.actions import indexing
from signals.matching import index
from signals.models import Attachment, Helpline, Indicator, Place, Postcode, ReferenceChange, StandardText
from tests.worlds import ROLES, World, a_municipality, a_signal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WHO = (None, *ROLES, "former")
SIGN_IN = "sign in"


def everybody(status):
    """The same answer for all."""
    return dict.fromkeys(WHO, status)


def signed_in(status, **others):
    """An answer for whoever has signed in, also who left; a visitor signs in first."""
    return everybody(status) | {None: SIGN_IN} | others


def only(status, *who, **others):
    """An answer for some; other roles get 403, and a visitor signs in first."""
    return signed_in(403) | dict.fromkeys(who, status) | others


def network(holders, stranger=404):
    """A page of the network that holds the case: other networks are told that nothing exists."""
    return only(holders, "member", "lead", stranger=stranger, other_lead=stranger)




def desk(status):
    """A page of the desk."""
    return only(status, "coordinator")


TABLE = {
    # the public side: a filing that was not begun has lapsed
    "landing": ("GET", [], everybody(200)),
    "file_start": ("GET", ["who"], everybody(200)),
    "file_step": ("GET", ["number"], everybody(303)),
    "file_danger": ("GET", [], everybody(303)),
    "file_check": ("GET", [], everybody(303)),
    "file_add": ("GET", [], everybody(303)),
    "file_remove": ("POST", [], everybody(303)),
    "thread_file": ("POST", [], everybody(403)),
    "file_receipt": ("GET", [], everybody(302)),
    "file_expired": ("GET", [], everybody(200)),
    "file_stay": ("GET", [], everybody(410)),
    "return": ("GET", [], everybody(200)),
    "thread": ("GET", [], everybody(302)),
    "new_code": ("GET", [], everybody(302)),
    "visit_stay": ("GET", [], everybody(410)),
    "advice": ("GET", [], everybody(200)),
    "advice_check": ("GET", [], everybody(303)),
    "handling": ("GET", [], everybody(200)),
    "leave": ("GET", [], everybody(303)),
    # the desk: the case of the table is with its network
    "queue": ("GET", [], desk(200)),
    "live": ("GET", [], desk(200)),
    "search": ("POST", [], desk(404)),
    "take": ("POST", [], desk(302)),
    "choose": ("POST", [], desk(422)),
    "bring_back": ("POST", [], desk(302)),
    "keep_filter": ("POST", [], desk(302)),
    "shortcuts": ("POST", [], desk(302)),
    "fill_index": ("POST", [], desk(302)),
    "judge_match": ("POST", [], desk(404)),
    "one_case": ("POST", [], desk(404)),
    "noise": ("GET", [], desk(200)),
    "mark_noise": ("POST", [], desk(404)),
    "unmark_noise": ("POST", ["noise"], desk(302)),
    "intake": ("GET", [], desk(200)),
    "intake_keep": ("POST", [], desk(409)),
    "intake_done": ("GET", [], desk(302)),
    "intake_leave": ("POST", [], desk(303)),
    "signal": ("GET", ["signal"], desk(200)),
    "take_up": ("POST", ["signal"], desk(302)),
    "take_over": ("POST", ["signal"], desk(422)),
    "signal_note": ("POST", ["signal"], desk(422)),
    "join": ("GET", ["signal"], desk(200)),
    "separate": ("GET", ["signal"], desk(200)),
    "print_signal": ("GET", ["signal"], desk(200)),
    "here": ("POST", ["thing", "signal"], desk(200)),
    "keep_draft": ("POST", ["thing", "signal", "form"], desk(205)),
    "let_go": ("POST", ["signal"], desk(409)),
    "write_message": ("POST", ["signal"], desk(422)),
    "messages_read": ("POST", ["signal"], desk(302)),
    "settle_request": ("POST", ["signal", "message"], desk(404)),
    "decide": ("POST", ["signal"], desk(422)),
    "correct_place": ("POST", ["signal"], desk(422)),
    "correct_form": ("POST", ["signal"], desk(422)),
    "override_urgency": ("POST", ["signal"], desk(422)),
    "reopen_signal": ("POST", ["signal"], desk(422)),
    "save_file": ("POST", ["signal", "file"], desk(302)),
    "look_at_file": ("GET", ["signal", "file"], desk(404)),
    "file_picture": ("GET", ["signal", "file"], desk(404)),
    "hold_file": ("GET", ["signal", "file"], desk(200)),
    "release_file": ("POST", ["signal", "file"], desk(422)),
    "cases": ("GET", [], desk(200)),
    "case": ("GET", ["case"], desk(200)),
    "route": ("GET", ["case"], desk(302)),
    "case_note": ("POST", ["case"], desk(422)),
    "print_case": ("GET", ["case"], desk(200)),
    "recall": ("POST", ["case"], desk(422)),
    "route_sent": ("GET", ["case"], desk(200)),
    "undo_route": ("POST", ["case"], desk(302)),
    "case_shared": ("GET", ["case"], desk(200)),
    "hand_over": ("POST", ["case"], desk(422)),
    # networks
    "inbox": ("GET", [], network(200, 200)),
    "network_case": ("GET", ["case"], network(200)),
    "network_open": ("POST", ["case"], network(302)),
    "network_accept": ("POST", ["case"], network(409)),
    "network_give_back": ("POST", ["case"], network(422)),
    "network_work": ("GET", ["case"], network(200)),
    "network_plan_action": ("POST", ["case"], network(422)),
    "network_note": ("POST", ["case"], network(422)),
    "network_contract": ("POST", ["case"], network(302)),
    "network_contact": ("POST", ["case"], network(422)),
    "network_add_file": ("POST", ["case"], network(422)),
    "network_save_file": ("POST", ["case", "message"], network(404)),
    "network_action": ("GET", ["case", "action"], network(200)),
    "network_settle": ("POST", ["case", "action"], network(422)),
    "network_take_up_again": ("POST", ["case", "action"], network(302)),
    "network_action_draft": ("POST", ["case", "action", "change_form"], network(205)),
    "network_draft": ("POST", ["case", "form"], network(205)),
    "network_print": ("GET", ["case"], network(200)),
    "network_outcome": ("POST", ["case"], network(422) | {"member": 403}),
    "network_circle": ("GET", ["case"], network(200)),
    "network_add_relation": ("POST", ["case"], network(422)),
    "network_take_over_named": ("POST", ["case"], network(302)),
    "network_relation": ("GET", ["case", "relation"], network(200)),
    "network_answer_peer": ("POST", ["case", "relation"], network(422)),
    "network_measure": ("POST", ["case", "relation"], network(422)),
    "network_remove_relation": ("POST", ["case", "relation"], network(302)),
    "network_report_peer": ("GET", ["case", "relation"], network(200)),
    "network_relation_draft": ("POST", ["case", "relation", "person_form"], network(205)),
    "network_suspects": ("GET", ["case"], network(200) | {"member": 403}),
    "network_add_suspect": ("POST", ["case"], network(422) | {"member": 403}),
    "network_take_over_suspects": ("POST", ["case"], network(302) | {"member": 403}),
    "network_who_sees_suspects": ("POST", ["case"], network(404) | {"member": 403}),
    "network_change_suspect": ("POST", ["case", "suspect"], network(422) | {"member": 403}),
    "network_remove_suspect": ("POST", ["case", "suspect"], network(302) | {"member": 403}),
    # the balance: nothing is published in the world of this table
    "published": ("GET", [], everybody(200)),
    "balance": ("GET", ["slug"], everybody(404)),
    "balance_file": ("GET", ["slug", "kind"], everybody(404)),
    "balance_pdf": ("GET", ["slug"], everybody(404)),
    "steering": ("GET", [], only(200, "coordinator", "lead", "other_lead")),
    "publish_balance": ("GET", [], desk(200)),
    "reveal": ("POST", [], only(404, "coordinator", "member", "lead", "stranger", "other_lead")),
    # texts and machines
    "stay": ("GET", [], signed_in(204)),
    "looking_safely": ("GET", [], everybody(200)),
    "privacy": ("GET", [], everybody(200)),
    "accessibility": ("GET", [], everybody(200)),
    "health": ("GET", [], everybody(200)),
    "robots": ("GET", [], everybody(200)),
    "security_txt": ("GET", [], everybody(200)),
    # accounts and teams
    "account_login": ("GET", [], everybody(302) | {None: 200}),
    "mfa_authenticate": ("GET", [], signed_in(302)),
    "mfa_activate_totp": ("GET", [], signed_in(302)),
    "recovery_codes": ("GET", [], signed_in(302)),
    "confirm": ("GET", [], signed_in(200)),
    "account_logout": ("POST", [], signed_in(302)),
    "lock": ("POST", [], signed_in(302)),
    "unlock": ("GET", [], only(200, "coordinator", "member", "lead", "stranger", "other_lead")),
    "start": ("GET", [], signed_in(302, analyst=200, privacy_officer=200, former=200)),
    "password": ("GET", [], signed_in(200)),
    "password_changed": ("GET", [], signed_in(200)),
    "accept_invitation": ("GET", ["token"], everybody(410)),
    "people": ("GET", [], only(200, "administrator")),
    "invite": ("GET", [], only(200, "administrator")),
    "renew_access": ("GET", ["analyst"], only(200, "administrator")),
    "join_team": ("GET", ["member"], only(200, "administrator")),
    "end_membership": ("GET", ["membership"], only(200, "administrator")),
    "coverage": ("GET", [], only(200, "administrator")),
    # what an administrator keeps, and what the privacy officer reads
    "signs": ("GET", [], only(200, "administrator")),
    "sign": ("GET", ["sign"], only(200, "administrator")),
    "sign_state": ("POST", ["sign"], only(302, "administrator")),
    "add_sign": ("GET", [], only(200, "administrator")),
    "texts": ("GET", [], only(200, "administrator")),
    "add_text": ("GET", [], only(200, "administrator")),
    "text": ("GET", ["text"], only(200, "administrator")),
    "text_state": ("POST", ["text"], only(302, "administrator")),
    "helpline_state": ("POST", ["helpline"], only(302, "administrator")),
    "helpline_checked": ("POST", ["helpline"], only(302, "administrator")),
    "restore_change": ("POST", ["change"], only(302, "administrator")),
    "places": ("GET", [], only(200, "administrator")),
    "add_place": ("GET", [], only(200, "administrator")),
    "place": ("GET", ["place"], only(200, "administrator")),
    "place_state": ("POST", ["place"], only(302, "administrator")),
    "postcode": ("GET", ["postcode"], only(200, "administrator")),
    "clocks": ("GET", [], only(200, "administrator")),
    "helplines": ("GET", [], only(200, "administrator")),
    "add_helpline": ("GET", [], only(200, "administrator")),
    "helpline": ("GET", ["helpline"], only(200, "administrator")),
    "reading_log": ("GET", [], only(200, "privacy_officer")),
    "duty": ("GET", [], only(200, "coordinator", "administrator")),
    "remove_shift": ("POST", ["shift"], only(302, "coordinator", "administrator")),
    "reach": ("GET", [], only(200, "coordinator", "member", "lead", "stranger", "other_lead")),
    "go_away": ("POST", [], only(422, "coordinator", "member", "lead", "stranger", "other_lead")),
    "come_back": ("POST", ["absence"], only(404, "coordinator", "lead", "stranger", "other_lead", member=302)),
    "team_keys": ("GET", [], only(200, "coordinator", "lead", "other_lead")),
    "give_key": ("POST", ["slug", "member"], only(409, "lead", coordinator=404, other_lead=404)),
    "renew_key": ("POST", ["slug"], only(409, "lead", coordinator=404, other_lead=404)),
}


def patterns(resolver=None):
    """Yield every pattern of the project, however deep."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif isinstance(entry, URLPattern):
            yield entry


def names():
    return sorted(str(pattern.name) for pattern in patterns())


@pytest.fixture
def world(settings):
    return World(settings)


def test_every_page_has_a_row_and_every_row_a_page():
    assert not [str(pattern.pattern) for pattern in patterns() if not pattern.name]
    assert set(names()) == set(TABLE)


def test_no_two_pages_share_a_name():
    assert len(names()) == len(set(names()))


def a_file(world, signal):
    """Make a file that came with a signal; what it says is sealed under the report."""
    row = Attachment(signal=signal, purpose="report", added_at=signal.filed_at)
    key = keys.newest_content_key(world.keyring("coordinator"), signal.pk, "report")
    sealed.seal(key, row, "description", content.to_bytes(content.FileNote(name="brief.pdf", kind="pdf", suffix="pdf")))
    row.save(force_insert=True)
    return row


def an_action(world, letter):
    """Make an action of the network."""
    ring = world.keyring("member")
    return casework.plan_action(letter, by=ring.user, keyring=ring, kind="school", words="Bel de mentor.")


def a_peer(world, letter):
    """Make one of the circle."""
    ring = world.keyring("member")
    return circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=RelationContent(name="Bo"))


def a_suspect(world, letter):
    """Make a suspect."""
    ring = world.keyring("lead")
    return suspects.add_suspect(letter, by=ring.user, keyring=ring, said=SuspectContent(nickname="Ricky"))


def arguments(world, wanted):
    """Make what the addresses need."""
    letter = world.accepted()
    signal = a_signal(world)
    made = {
        "case": letter.case.reference,
        "signal": signal.reference,
        "message": uuid.uuid4(),
        "file": a_file(world, signal).pk,
        "thing": "signal",
        "action": an_action(world, letter).pk,
        "change_form": "change",
        "person_form": "person",
        "relation": a_peer(world, letter).pk,
        "suspect": a_suspect(world, letter).pk,
        "form": "note",
        "token": "none",
        "who": "school",
        "number": 1,
        "slug": "almelo",
        "kind": "csv",
        "membership": Membership.objects.get(user=world.people["member"]).pk,
        "member": world.people["member"].pk,
        "analyst": world.people["analyst"].pk,
        "change": changed(world).pk,
        "noise": noise(world).pk,
        **kept(a_municipality()),
        **planned(world),
    }
    return [made[name] for name in wanted]


def kept(municipality):
    """Make one of each thing that an administrator keeps."""
    place = Place.objects.create(name="Bornebroek", kind="woonplaats", municipality=municipality)
    postcode = Postcode.objects.create(pc4="7627", place="Bornebroek", municipality=municipality)
    sign = Indicator.objects.create(code="SC01", topic="school", weight=1, step=1, urgency="normal", audience=["school"])
    line = Helpline.objects.create(name="Kindertelefoon", number="0800 0432")
    text = StandardText.objects.create(purpose="ask", name_nl="Vraag", name_en="Question")
    return {"sign": sign.pk, "place": place.pk, "postcode": postcode.pk, "helpline": line.pk, "text": text.pk}


def noise(world):
    """Make a token that says nothing."""
    return indexing.add_noise(index.newest_key(world.keyring("coordinator")), "phone", "+31531234567", by=world.user("coordinator"))


def changed(world):
    """Make a change that can be put back."""
    by = world.people["administrator"]
    return ReferenceChange.objects.create(kind="indicator", object_id="SC01", act="change", by=by)


def planned(world):
    """Make a shift of the coordinator and an absence of a member."""
    now = timezone.now()
    shift = DutyShift.objects.create(user=world.people["coordinator"], starts_at=now, ends_at=now + DAY)
    absence = Absence.objects.create(user=world.people["member"], first_day=now.date(), last_day=now.date())
    return {"shift": shift.pk, "absence": absence.pk}


def confirmed(client):
    """Let a browser have given its second factor just now."""
    request, session = RequestFactory().get("/"), client.session
    request.session = session
    record_authentication(request, get_user(request), "mfa")
    session.save()
    return client


def answer(response):
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


@pytest.mark.parametrize("name", sorted(TABLE))
def test_page_answers_each_role_as_the_table_says(world, name):
    method, wanted, expected = TABLE[name]
    address = reverse(name, args=arguments(world, wanted))
    found = {}
    for who in WHO:
        with transaction.atomic():
            client = confirmed(world.client(who)) if who else world.client()
            found[who] = answer(client.generic(method, address))
            if method == "POST":
                assert client.get(address).status_code in (302, 403, 405)
            transaction.set_rollback(True)
    assert found == expected
