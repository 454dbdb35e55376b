"""Forms with which somebody says who must not see a signal or case, and takes that back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import Role, Team, TeamKind, User
from meldpunt.web.forms import BaseForm
from signals.models import LiftReason, ShieldReason

LONGEST_WORDS = 1000
# What a person gives as a reason; the referrer's are found while filing.
GIVEN = (ShieldReason.KNOWS, ShieldReason.WORKED_WITH, ShieldReason.NAMED, ShieldReason.SUSPECTED, ShieldReason.OTHER)


class Colleague(forms.ModelChoiceField):
    """A colleague by name, with the teams that tell namesakes apart."""

    def label_from_instance(self, user: User) -> str:
        teams = ", ".join(sorted({seat.team.name for seat in user.memberships.all() if seat.ended_at is None}))
        return f"{user.name} · {teams}" if teams else user.name


class KeepOutForm(BaseForm):
    """Which colleague must not see it, and why; `people` are those who can be chosen."""

    prefix = "shield"
    user = Colleague(
        label=_("Wie mag dit niet zien?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
        error_messages={"required": _("Kies een collega.")},
    )
    reason = forms.ChoiceField(
        label=_("Waarom?"),
        choices=[("", _("Kies een reden")), *((reason.value, reason.label) for reason in GIVEN)],
        error_messages={"required": _("Kies een reden.")},
    )
    words = forms.CharField(
        label=_("In eigen woorden"),
        help_text=_("Alleen wie dit mag zien, leest het."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class LetInForm(BaseForm):
    """Why a colleague may see it again; `pk` of the shield tells its controls from those of others on the page."""

    prefix = "let_in"
    reason = forms.ChoiceField(
        label=_("Waarom mag deze collega het weer zien?"),
        choices=[("", _("Kies een reden")), *LiftReason.choices],
        error_messages={"required": _("Kies een reden.")},
    )

    def __init__(self, *args, pk, **kwargs):
        super().__init__(*args, auto_id=f"{pk}-%s", **kwargs)


class OutsideForm(BaseForm):
    """Who outside the team is told when nobody of it may see something."""

    user = forms.ModelChoiceField(
        label=_("Wie krijgt bericht?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("De beheerders van de provincie"),
        widget=forms.Select(attrs={"class": "in"}),
    )

    def __init__(self, *args, team: Team, **kwargs):
        super().__init__(*args, prefix=f"outside-{team.pk}", initial={"user": team.outside_deputy_id}, **kwargs)
        own = team.memberships.filter(ended_at=None).values("user")
        seats = {"memberships__ended_at": None, "memberships__role__in": [*Role]}
        people = User.objects.filter(is_active=True, **seats).exclude(pk__in=own).distinct()
        self.fields["user"].queryset = people.defer("password").order_by("name")
        self.team = team


def outside_forms() -> list[OutsideForm]:
    """Return a form for each team that works cases, as it is now."""
    return [OutsideForm(team=team) for team in Team.objects.exclude(kind=TeamKind.PROVINCE)]
