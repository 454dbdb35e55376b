"""Who works here: users, teams, memberships, and which municipality belongs to which network."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.agreement import as_columns
from meldpunt.teams.partners import Partner


class UserManager(BaseUserManager):
    """Users are found by e-mail address, in small letters."""

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person with an account. Rights come from memberships only."""

    email = models.EmailField(_("E-mailadres"), unique=True)
    name = models.CharField(_("Naam"), max_length=120)
    language = models.CharField(max_length=2, default="nl")
    shortcuts = models.BooleanField(default=True)  # single keys on the desk's pages (WCAG 2.1.4)
    phone = models.CharField(max_length=20, blank=True)
    deputy = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    is_practice = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self):
        return self.name

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """The memberships that count now, with team, partner and what its kind gets (`granted`): one query a request."""
        current = self.memberships.filter(ended_at=None).select_related("team", "partner")
        return list(current.annotate(granted=as_columns("partner__role")))

    def roles(self) -> set[str]:
        """The roles that this user has now, in whichever team."""
        return {membership.role for membership in self.current_memberships}

    def teams(self, *roles: str) -> list["Team"]:
        """The teams in which this user has one of `roles` now."""
        return [m.team for m in self.current_memberships if m.role in roles]

    def role_in(self, team: "Team") -> str:
        """The role of this user in `team` now, or the empty string."""
        return next((m.role for m in self.current_memberships if m.team_id == team.pk), "")

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles()

    def network_teams(self) -> list["Team"]:
        """The networks in which this user works cases."""
        return self.teams(Role.MEMBER, Role.LEAD)


class TeamKind(models.TextChoices):
    DESK = "desk", _("Meldpunt")
    NETWORK = "network", _("Netwerk")
    PROVINCE = "province", _("Provincie")


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coördinator")
    MEMBER = "member", _("Lid van het netwerk")
    LEAD = "lead", _("Regisseur")
    ANALYST = "analyst", _("Analist")
    ADMINISTRATOR = "administrator", _("Beheerder")
    PRIVACY_OFFICER = "privacy_officer", _("Functionaris gegevensbescherming")


class Team(models.Model):
    """The desk, each local network, and the province (analyst, administrator, privacy officer: no keys)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=TeamKind)
    is_practice = models.BooleanField(default=False)
    # Who is told, without content, when a shield leaves nobody of the team who may see something; never a member.
    outside_deputy = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="desk"), name="one_desk"),
        ]

    def __str__(self):
        return self.name

    def active_users(self, *roles: str) -> models.QuerySet[User]:
        """The users who are members now, only with one of `roles` where any is given."""
        memberships = self.memberships.filter(ended_at=None, user__is_active=True)
        if roles:
            memberships = memberships.filter(role__in=roles)
        return User.objects.filter(pk__in=memberships.values("user"))


class Membership(models.Model):
    """A user's place in a team, from a day on and until it is ended."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    # The organisation that a member of a network comes from; the desk and the province have none.
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team"], condition=Q(ended_at=None), name="one_open_membership_per_team"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.team} · {self.get_role_display()}"


class Municipality(models.Model):
    """A municipality; code is the one of Statistics Netherlands (GM0153). Tile row and column draw the tile map."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=80)
    area = models.CharField(max_length=80)
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"

    def __str__(self):
        return self.name


class Coverage(models.Model):
    """Which network a municipality belongs to: exactly one."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="coverage")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="coverage")

    def __str__(self):
        return f"{self.municipality} → {self.team}"


class Invitation(models.Model):
    """An invitation to become a member: the link does not suffice, the code is given by voice (security.md, Accounts)."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.BinaryField(unique=True)
    code_hash = models.CharField(max_length=200)
    tries_left = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.name} · {self.team}"


class DutyShift(models.Model):
    """A time in which a coordinator is on duty: the one whom an acute signal shows with a number."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="duty_now")]

    def __str__(self):
        return f"{self.user} · {self.starts_at:%Y-%m-%d %H:%M}"


class Absence(models.Model):
    """Days on which somebody is away, both included, and who takes the work then (None: the usual deputy)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    deputy = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="absence_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.user} · {self.first_day} – {self.last_day}"
