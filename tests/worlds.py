"""A small world for tests of what networks and the desk may do: people with keys, and a case that was routed."""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from meldpunt.teams.agreement_defaults import load_defaults
from meldpunt.teams.models import Membership, Municipality, Role, Team, User
from meldpunt.teams.partners import Partner
from meldpunt.vault import codes, crypto, keys, sealed, unlocking
from meldpunt.vault.models import Purpose
from meldpunt.vault.unlocking import Keyring
from networks.actions import circle
from signals import content
from signals.actions import filing, routing
from signals.models import Case, Signal

SHARED = content.Shared(
    name="Zoë Canarie",
    age_text="14, geschat",
    school="OSG Noord",
    languages=["Pools"],
    place="Almelo",
    suspects=[content.Suspect(nickname="Ricky", phone="0612345678")],
    others=[content.Peer("klasgenoot", "Bo Peper")],
    must_not_know="Vader",
    note="Wordt onder druk gezet.",
)
ROLES = {
    "coordinator": ("desk", Role.COORDINATOR),
    "lead": ("almelo", Role.LEAD),
    "member": ("almelo", Role.MEMBER),
    "stranger": ("zwolle", Role.MEMBER),
    "other_lead": ("zwolle", Role.LEAD),
    "analyst": ("province", Role.ANALYST),
    "administrator": ("province", Role.ADMINISTRATOR),
    "privacy_officer": ("province", Role.PRIVACY_OFFICER),
}


class World:
    """Teams `desk`, `almelo`, `zwolle`, `province`; in `people` one of each role, and `former` who left almelo.

    Give the fixture `settings`: the world has a trust root of its own.
    """

    def __init__(self, settings, root: crypto.Pair | None = None):
        self.root = root = root or crypto.new_signing_pair()
        settings.TRUST_ROOT = root.public.hex()
        load_defaults()
        self.secrets: dict[int, bytes] = {}
        self.teams = {slug: self._team(slug) for slug in ("desk", "almelo", "zwolle", "province")}
        self.people = {who: self._person(who, *place) for who, place in ROLES.items()}
        self.people["former"] = self._person("former", "almelo", Role.MEMBER)
        coordinator = self.people["coordinator"]
        keys.make_signer(coordinator, root.secret, practice=True)
        for user in self.people.values():
            keys.sign_key(self.keyring("coordinator"), keys.newest_user_key(user))
        for slug in ("desk", "almelo", "zwolle"):
            members = [user for user in self.people.values() if user.role_in(self.teams[slug])]
            keys.make_team_key(self.keyring("coordinator"), self.teams[slug], members)
        self.leave("former")

    def _team(self, slug):
        kind = slug if slug in ("desk", "province") else "network"
        return Team.objects.create(slug=slug, name=slug.title(), kind=kind, is_practice=True)

    def _partner(self, slug):
        """The organisation that the people of a network come from."""
        team, today = self.teams[slug], timezone.localdate()
        if team.kind != "network":
            return None
        values = {"role": "municipality", "purpose": "Aanpak", "bases": ["public_task"], "contact": "Iemand"}
        days = {"agreed_on": today - timedelta(days=30), "review_on": today + timedelta(days=300)}
        return Partner.objects.get_or_create(team=team, organisation=f"Gemeente {team}", defaults=values | days)[0]

    def _person(self, who, slug, role):
        user = User.objects.create(email=f"{who}@practice.test", name=who.title(), is_practice=True)
        Membership.objects.create(user=user, team=self.teams[slug], role=role, partner=self._partner(slug))
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        self.secrets[user.pk] = keys.make_user_key(user, "een lang wachtwoord")
        return user

    def leave(self, who):
        """End the membership of somebody, as the action does: the seals go at once."""
        user = self.user(who)
        for membership in user.memberships.filter(ended_at=None):
            keys.expel(membership.team, user)
        user.memberships.update(ended_at=timezone.now())

    def user(self, who) -> User:
        """Return somebody as a new request would load them."""
        return User.objects.get(pk=self.people[who].pk)

    def keyring(self, who) -> Keyring:
        """Return the open keyring of somebody."""
        user = self.user(who)
        return Keyring(user, self.secrets[user.pk])

    def client(self, who=None, *, locked=False) -> Client:
        """Return a browser in which somebody is signed in and, unless `locked`, has unlocked the keys."""
        client = Client()
        if who:
            client.force_login(self.user(who))
            if not locked:
                client.cookies[unlocking.COOKIE] = unlocking.keep_unlocked(
                    self.user(who), self.secrets[self.people[who].pk]
                )
        return client

    def case(self, **values) -> Case:
        """Make a case at the desk, sealed as triage seals it."""
        fields = {"urgency": "urgent", "form": "SEX_LOVERBOY", "age_band": "12_15", "gender": "m"} | values
        case = Case(reference=codes.new_reference("ZK"), opened_at=timezone.now(), **fields)
        desk = self.teams["desk"]
        key = keys.new_content_key("case", case.pk, Purpose.SHARED, [desk])
        keys.new_content_key("case", case.pk, Purpose.DESK, [desk])
        sealed.seal(key, case, "shared", content.to_bytes(SHARED))
        case.save(force_insert=True)
        return case

    def routed(self, slug="almelo", **values):
        """Make a case and route it; the letter is queued."""
        case = self.case(**values)
        keyring = self.keyring("coordinator")
        return routing.route(
            case,
            by=keyring.user,
            keyring=keyring,
            team=self.teams[slug],
            reason="lives_there",
            version=case.version,
        )

    def delivered(self, slug="almelo", **values):
        """Make a letter that lies in the inbox of a network."""
        assignment = self.routed(slug, **values)
        assert routing.deliver(assignment.pk)
        assignment.refresh_from_db()
        return assignment

    def opened(self, slug="almelo", who="member", **values):
        """Make a letter that somebody has opened."""
        return routing.open_letter(self.delivered(slug, **values), by=self.user(who))

    def accepted(self, slug="almelo", who="member", **values):
        """Make a letter that somebody has accepted."""
        return routing.accept(self.opened(slug, who, **values), by=self.user(who))

    def ready(self, slug="almelo", **values):
        """Make a letter that may be closed: accepted, and the question answered for each peer whom a report names."""
        letter, ring = self.accepted(slug, **values), self.keyring("lead" if slug == "almelo" else "other_lead")
        for row in circle.take_over_named(letter, by=ring.user, keyring=ring, named=SHARED.others):
            circle.answer(row, by=ring.user, keyring=ring, version=row.version, approached="no")
        return letter


def a_signal(world: World, **values) -> Signal:
    """File a signal as a school does, and return it."""
    answers = {"happens": {"words": "Een jongen krijgt dure cadeaus van een man."}} | values
    return filing.file(answers, who="school", once=secrets.token_bytes(32)).signal


def a_signal_with_code(world: World, language="nl", **values) -> tuple[Signal, str]:
    """File a signal as a school does, and return it with the code of its referrer."""
    answers = {"happens": {"words": "Een jongen krijgt dure cadeaus van een man."}} | values
    filed = filing.file(answers, who="school", once=secrets.token_bytes(32), language=language)
    return filed.signal, filed.code


def a_municipality(name="Almelo") -> Municipality:
    """Return a municipality, made where it is not there."""
    found, _made = Municipality.objects.get_or_create(
        name=name,
        defaults={
            "code": f"GM{secrets.randbelow(9999):04}",
            "region": "Twente",
            "area": "Twente",
            "tile_row": 1,
            "tile_column": 1,
        },
    )
    return found
