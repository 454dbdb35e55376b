"""Terms that an administrator keeps: signs, places, clocks, helplines, standard texts."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signals.filing.steps import TOPICS
from signals.vocabulary import Urgency


class Indicator(models.Model):
    """A sign of exploitation. Retired, never deleted: what was filed keeps its meaning."""

    code = models.CharField(max_length=8, primary_key=True)
    topic = models.CharField(max_length=20)
    group_nl = models.CharField(max_length=80)
    group_en = models.CharField(max_length=80)
    nl = models.TextField()
    en = models.TextField()
    ask_nl = models.TextField()
    ask_en = models.TextField()
    self_nl = models.TextField(blank=True)
    self_en = models.TextField(blank=True)
    form = models.CharField(max_length=2)
    urgency = models.CharField(max_length=10, choices=Urgency)
    weight = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    audience = ArrayField(models.CharField(max_length=20))
    source = models.CharField(max_length=120)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["topic", "step", "code"]

    def __str__(self):
        return self.code

    def ask(self, who: str) -> str:
        """The words of the tick box for a kind of referrer, in the language of the request."""
        language = "en" if get_language() == "en" else "nl"
        return getattr(self, f"self_{language}" if who == "self" else f"ask_{language}")

    @property
    def topic_name(self) -> str:
        """The topic under which it is asked, in the language of the request."""
        return str(TOPICS.get(self.topic, self.topic))

    @property
    def description(self) -> str:
        """The words for staff, in the language of the request."""
        return self.en if get_language() == "en" else self.nl


class Place(models.Model):
    """A name that people type for a place in the province. Removed, never deleted: loading would bring it back."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    municipality = models.ForeignKey("teams.Municipality", on_delete=models.CASCADE, related_name="places")
    ambiguous_with = models.TextField(blank=True)
    source = models.CharField(max_length=80)
    certain = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "kind", "municipality"], name="place_once_per_municipality")
        ]


class Postcode(models.Model):
    """A four-digit postcode; some cross a border, so it is a proposal."""

    pc4 = models.CharField(max_length=4, primary_key=True)
    place = models.CharField(max_length=80)
    municipality = models.ForeignKey("teams.Municipality", on_delete=models.CASCADE, related_name="postcodes")
    kind = models.CharField(max_length=20)


class OutsidePlace(models.Model):
    """A name across the border that people will type, or a trap."""

    name = models.CharField(max_length=80, unique=True)
    where = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    certain = models.BooleanField(default=True)


class ClockTerm(models.Model):
    """How long one leg may take at one urgency (product.md, Nothing disappears)."""

    urgency = models.CharField(max_length=10, choices=Urgency)
    leg = models.CharField(max_length=10)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["urgency", "leg"], name="one_term_per_leg")]


class TextPurpose(models.TextChoices):
    """When the desk writes to a referrer."""

    ASK = "ask", _("Iets terugvragen")
    ANSWER = "answer", _("Antwoord op een bericht")
    DECIDED = "decided", _("Er is besloten")
    HANDLED = "handled", _("Het is opgepakt of klaar")


def own_code() -> str:
    """Return a code for a text that was not delivered with the product."""
    return f"own-{secrets.token_hex(6)}"


class StandardText(models.Model):
    """A text that the desk sends to referrers, in two languages. Retired, never deleted; `code` is how loading knows it."""

    code = models.SlugField(max_length=20, unique=True, default=own_code)
    purpose = models.CharField(max_length=20, choices=TextPurpose)
    name_nl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    nl = models.TextField()
    en = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["purpose", "position", "pk"]

    def in_language(self, language: str) -> str:
        """Return the text in the language of the referrer: English where that is en, else Dutch."""
        return self.en if language == "en" else self.nl

    @property
    def name(self) -> str:
        """The name in the language of the request, for who chooses."""
        return self.name_en if get_language() == "en" else self.name_nl

    def __str__(self):
        return self.name


class Helpline(models.Model):
    """A number that the public pages show, with the day on which somebody checked it."""

    name = models.CharField(max_length=80, unique=True)
    number = models.CharField(max_length=20)
    for_whom_nl = models.CharField(max_length=160)
    for_whom_en = models.CharField(max_length=160)
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    @property
    def for_whom(self) -> str:
        return self.for_whom_en if get_language() == "en" else self.for_whom_nl
