"""Something that a named person has to do, because the machine could not or a clock ran out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from signals.querysets import shields_against, signals_kept_from


class TaskKind(models.TextChoices):
    ACUTE_SIGNAL = "acute_signal", _("Lees deze acute melding nu")
    LATE_TRIAGE = "late_triage", _("Deze melding is te laat beoordeeld")
    LATE_DELIVERY = "late_delivery", _("Deze zaak is nog niet bezorgd")
    LATE_NETWORK = "late_network", _("Dit netwerk heeft nog niet bevestigd: bel")
    NO_SEAL = "no_seal", _("Deze zaak kan niet worden bezorgd: routeer opnieuw")
    RETURNED = "returned", _("Deze zaak is teruggegeven")
    ANSWERED = "answered", _("De melder schreef iets: lees het")
    LATE_ANSWER = "late_answer", _("De melder antwoordt niet: besluit of vraag nog eens")
    WITHDRAW_REQUEST = "withdraw_request", _("De melder wil intrekken: ga het na")
    CONTACT_REQUEST = "contact_request", _("De melder wil ander contact: ga het na")
    HUB = "hub", _("Dezelfde verdachte komt vaker voor: kijk of er meer aan de hand is")
    REOPEN = "reopen", _("Mogelijk opnieuw: besluit of deze zaak weer opengaat")
    LATE_PULSE = "late_pulse", _("De nazorg blijft uit: bel het netwerk")
    LATE_CONTACT = "late_contact", _("Het netwerk antwoordt de melder niet: bel")
    MAIL_REFERRER = "mail_referrer", _("Het netwerk schreef de melder: laat weten dat er iets klaarstaat")
    TELL_REFERRER = "tell_referrer", _("Laat de melder weten hoe het staat")
    NOBODY_LEFT = "nobody_left", _("Niemand van het team mag dit zien: zorg voor iemand anders")
    RIGHT = "right", _("Iemand vraagt iets over de eigen gegevens: antwoord op tijd")
    LATE_RECEIPT = "late_receipt", _("Niemand zegt dat de overdracht er is: bel")
    CONSENT_ENDED = "consent_ended", _("De toestemming is weg: kijk wat je nog deelt")
    UNREADABLE = "unreadable", _("Deze melding gaat niet open: haal hulp van de beheerder")
    KEPT_OUT = "kept_out", _("Een collega kan dit niet meer zien: neem het over")


# What taking up or deciding does not finish: these end with an act of their own.
STANDING = (
    TaskKind.WITHDRAW_REQUEST,
    TaskKind.CONTACT_REQUEST,
    TaskKind.HUB,
    TaskKind.TELL_REFERRER,
    TaskKind.REOPEN,
    TaskKind.LATE_PULSE,
    TaskKind.LATE_CONTACT,
    TaskKind.MAIL_REFERRER,
    TaskKind.RIGHT,
    TaskKind.CONSENT_ENDED,
    TaskKind.LATE_RECEIPT,
)


class TaskQuerySet(models.QuerySet):
    """Everybody sees the own tasks; one about something that a shield covers waits unseen for a colleague."""

    def visible_to(self, user):
        kept_out = Q(signal__in=signals_kept_from(user)) | Q(case__in=shields_against(user).order_by().cases())
        return self.filter(user=user.pk).exclude(kept_out)


class Task(models.Model):
    """A task of one named person; the same kind is open once for each thing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=20, choices=TaskKind)
    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, null=True, related_name="tasks")
    case = models.ForeignKey("signals.Case", on_delete=models.CASCADE, null=True, related_name="tasks")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "signal"], condition=Q(done_at=None, case=None), name="one_open_task_per_signal"
            ),
            models.UniqueConstraint(
                fields=["kind", "case"], condition=Q(done_at=None, signal=None), name="one_open_task_per_case"
            ),
        ]

    @property
    def target(self):
        return self.signal or self.case
