"""A meeting of a network: when, the cases on its agenda, who was there, what was said of each case."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meldpunt.vault.models import Purpose
from networks.querysets import MeetingItemQuerySet, MeetingQuerySet, RhythmQuerySet, TieQuerySet

# The accounts of the approach speak of a network that meets once a month.
USUAL_WEEKS = 4
MOST_WEEKS = 26


class Meeting(models.Model):
    """Planned, then open from the first case on, then closed. Place, guests and closing words sealed under a key of its own.

    `substitute` chairs what the chair cannot chair (networks.meeting.chairing); every meeting may have one, so that
    naming somebody says nothing about any case.
    """

    SEALED = {"content": Purpose.MEETING}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="meetings")
    begins_at = models.DateTimeField()
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    now_at = models.ForeignKey("networks.MeetingItem", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-begins_at"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(closed_at=None), name="one_meeting_ahead"),
            models.CheckConstraint(condition=Q(substitute=None) | ~Q(substitute=F("chair")), name="another_substitutes"),
        ]

    def __str__(self):
        return f"{self.team_id} · {self.begins_at:%Y-%m-%d}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`: the meeting itself."""
        return self.pk

    def get_absolute_url(self):
        """Its page at the network."""
        return reverse("meeting", args=[self.pk])


class Rhythm(models.Model):
    """How many weeks lie between the meetings of a network; one without a row keeps USUAL_WEEKS."""

    team = models.OneToOneField("teams.Team", on_delete=models.PROTECT, primary_key=True, related_name="+")
    weeks = models.PositiveSmallIntegerField()

    objects = RhythmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weeks__range=(1, MOST_WEEKS)), name="a_rhythm_of_weeks"),
        ]

    def __str__(self):
        return f"{self.team_id} · {self.weeks}"


class Answer(models.TextChoices):
    """An answer of the required block; empty: not answered. Sealed."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Deels")
    NO = "no", _("Nee")
    LATER = "later", _("Later")


class MeetingItem(models.Model):
    """A case on the agenda of one meeting. `why` are codes; what was said and decided is sealed with the case.

    `comes_back`: a question was answered with "later". `announced_at`: neutral words were said before a case that a part of the
    group does not hear. `dropped_at`: somebody took it off the agenda.
    """

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    comes_back = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    discussed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField(null=True)

    objects = MeetingItemQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "assignment"], name="a_case_once_on_an_agenda"),
        ]

    def __str__(self):
        return f"{self.meeting_id} · {self.place}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id


class Attendance(models.Model):
    """Whether a member was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    there = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="there_or_not_once")]

    def __str__(self):
        return f"{self.meeting_id} · {self.user_id}"


class Tie(models.Model):
    """A member says to have a tie with a case: the chair sees it beforehand, nobody else. Own words sealed."""

    SEALED = {"content": Purpose.ASSIGNMENT}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey("signals.Assignment", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    content = models.BinaryField()

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "user"], condition=Q(ended_at=None), name="one_tie_with_a_case"),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.assignment_id}"

    def sealed_under(self, field: str):
        """The object whose content key seals `field`."""
        return self.assignment_id
