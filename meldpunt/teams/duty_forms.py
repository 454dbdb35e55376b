"""Forms of the duty roster, of absence, and of how a colleague is reached."""

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.clocks import AMSTERDAM
from meldpunt.teams.models import Membership, Role, User
from meldpunt.web.forms import BaseForm

LONGEST_AWAY = 366
EVERY_ROLE = (Role.COORDINATOR, Role.MEMBER, Role.LEAD)


def colleagues(user: User):
    """Return who may stand in for `user`: the people of the own teams who work cases."""
    teams = user.teams(*EVERY_ROLE)
    seats = Membership.objects.filter(team__in=teams, role__in=EVERY_ROLE, ended_at=None)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).exclude(pk=user.pk).order_by("name")


def coordinators():
    """Return who may be on duty."""
    seats = Membership.objects.filter(role=Role.COORDINATOR, ended_at=None)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("name")


def a_day(label: str) -> forms.DateField:
    """Return a field for one day."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def a_time(label: str, initial: str, help_text: str = "") -> forms.TimeField:
    """Return a field for a time of the day."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    missing = _("Vul een tijd in, bijvoorbeeld 17:00.")
    messages = {"required": missing, "invalid": missing}
    return forms.TimeField(label=label, initial=initial, widget=widget, help_text=help_text, error_messages=messages)


class ShiftForm(BaseForm):
    """Who is on duty, on which day and for how many days, from when until when."""

    prefix = "shift"
    user = forms.ModelChoiceField(label=_("Wie"), queryset=User.objects.none(), empty_label=_("Kies een collega"))
    day = a_day(_("Eerste dag"))
    days = forms.IntegerField(
        label=_("Hoeveel dagen achter elkaar"),
        min_value=1,
        max_value=31,
        initial=1,
        error_messages={
            "min_value": _("Vul 1 tot en met 31 dagen in."),
            "max_value": _("Vul 1 tot en met 31 dagen in."),
        },
    )
    starts = a_time(_("Van"), "09:00")
    ends = a_time(_("Tot"), "09:00", _("Is dit niet later dan het begin? Dan loopt de dienst door tot de volgende dag."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = coordinators()


class ReachForm(BaseForm):
    """The number on which colleagues reach somebody, and who usually stands in."""

    prefix = "reach"
    phone = forms.CharField(
        label=_("Jouw nummer voor collega’s"),
        help_text=_("Dit zien collega’s bij een acute melding. Melders zien het nooit."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel"}),
        validators=[
            RegexValidator(r"^\+?[0-9][0-9 \-]{6,18}$", _("Vul een telefoonnummer in, bijvoorbeeld 06 12345678."))
        ],
    )
    deputy = forms.ModelChoiceField(
        label=_("Wie vervangt jou meestal?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nog niemand"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues(user)


class AbsenceForm(BaseForm):
    """From when until when somebody is away, and who takes the work."""

    prefix = "away"
    first_day = a_day(_("Eerste dag dat je er niet bent"))
    last_day = a_day(_("Laatste dag dat je er niet bent"))
    deputy = forms.ModelChoiceField(
        label=_("Wie neemt je werk over?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Mijn vaste vervanger"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues(user)

    def clean(self):
        """The last day is not before the first, nor over, nor more than a year later."""
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last:
            if last < first:
                self.add_error("last_day", gettext("De laatste dag ligt voor de eerste dag."))
            elif last < timezone.now().astimezone(AMSTERDAM).date():
                self.add_error("last_day", gettext("Deze dag is al geweest."))
            elif (last - first).days > LONGEST_AWAY:
                self.add_error("last_day", gettext("Dit is langer dan een jaar. Kies een kortere tijd."))
        return cleaned
