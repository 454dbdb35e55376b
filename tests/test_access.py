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

from meldpunt.teams.agreement import Agreement
from meldpunt.teams.models import Absence, DutyShift, Membership
from meldpunt.vault import keys, sealed
from networks.actions import casework, circle, meetings, plans, suspects
from networks.content import RelationContent, SuspectContent
from signals import content
from signals.actions import consenting, dispatching, indexing, rights
from signals.matching import index
from signals.models import (
    Attachment,
    CopyCheck,
    Helpline,
    Indicator,
    Place,
    Postcode,
    ReferenceChange,
    StandardText,
)
from signals.sharing.consent import who_answers
from tests.access_table import SIGN_IN, TABLE, WHO
from tests.worlds import World, a_municipality, a_signal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


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


def a_goal(world, letter):
    """Make a goal of the plan."""
    ring = world.keyring("member")
    return plans.set_goal(letter, by=ring.user, keyring=ring, words="Weer naar school.")


def a_peer(world, letter):
    """Make one of the circle."""
    ring = world.keyring("member")
    return circle.add_relation(letter, by=ring.user, keyring=ring, kind="friend", said=RelationContent(name="Bo"))


def a_suspect(world, letter):
    """Make a suspect."""
    ring = world.keyring("lead")
    return suspects.add_suspect(letter, by=ring.user, keyring=ring, said=SuspectContent(nickname="Ricky"))


def a_meeting(world):
    """Make a meeting of the network that lies ahead, with its case on the agenda."""
    ring = world.keyring("lead")
    return meetings.plan(world.teams["almelo"], by=ring.user, keyring=ring, begins_at=timezone.now() + DAY)


def a_right(world, case):
    """Make a request of the person concerned."""
    by, asked = world.user("coordinator"), {"kind": "access", "asked_by": "self", "asked": "Alles"}
    return rights.register(case, by=by, decider=by, received_on=timezone.localdate(), **asked)


def a_dispatch(world, case):
    """Hand a case over outside, as the lead."""
    ring, words = world.keyring("lead"), dict.fromkeys(("recipient", "contact", "why"), "Politie")
    codes = {"body": "police", "basis": "public_task", "way": "portal", "parts": ["facts"]}
    return dispatching.hand_outside(case, by=ring.user, keyring=ring, **words, **codes)


def a_consent(world, case):
    """Write down what the person concerned agrees to."""
    said = {"receivers": ["school"], "parts": ["signs"], "on": timezone.localdate(), "words": "Ja"}
    who = min(who_answers(case.age_band, "given"))
    return consenting.ask(case, by=world.user("coordinator"), once=uuid.uuid4(), state="given", said_by=who, **said)


def copies(world, case):
    """Make a question about copies to the people of Almelo."""
    step, partner = a_consent(world, case).steps.get(), world.teams["almelo"].partners.get()
    return CopyCheck.objects.create(step=step, partner=partner, parts=["signs"], asked_at=timezone.now())


def arguments(world, wanted):
    """Make what the addresses need."""
    letter = world.accepted()
    signal = a_signal(world)
    made = {
        "case": letter.case.reference,
        "signal": signal.reference,
        "message": uuid.uuid4(),
        "file": a_file(world, signal).pk,
        "right": a_right(world, letter.case).pk,
        "dispatch": a_dispatch(world, letter.case).pk,
        "consent": a_consent(world, letter.case).pk,
        "copies": copies(world, letter.case).pk,
        "standard": "htcds.json",
        "thing": "signal",
        "action": an_action(world, letter).pk,
        "meeting": a_meeting(world).pk,
        "change_form": "change",
        "how_form": "how",
        "post": "coordinator",
        "goal": a_goal(world, letter).pk,
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
        "agreement": Agreement.objects.first().pk,
        "partner": world.teams["almelo"].partners.get().pk,
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
