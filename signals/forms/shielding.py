"""Forms with which somebody says who must not see a signal or case, and takes that back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.teams.models import User
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
    """Why a colleague may see it again."""

    prefix = "let_in"
    reason = forms.ChoiceField(
        label=_("Waarom mag deze collega het weer zien?"),
        choices=[("", _("Kies een reden")), *LiftReason.choices],
        error_messages={"required": _("Kies een reden.")},
    )
