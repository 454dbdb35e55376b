"""A balance that was published: its figures are frozen and never computed again."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class Kind(models.TextChoices):
    QUARTER = "quarter"
    YEAR = "year"
    HISTORY = "history"


class PublishedBalance(models.Model):
    """Figures of a period as they were on the day of publishing, with the versions of what made them.

    `figures` holds what anybody may see: hidden cells are null there, and the true numbers are nowhere in this row.
    """

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    begins_on = models.DateField()
    ends_on = models.DateField()
    collection = models.CharField(max_length=40, blank=True)
    figures = models.JSONField()
    definitions = models.PositiveSmallIntegerField()
    urgency_rules = models.CharField(max_length=20, blank=True)
    unsuppressed_because = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-ends_on", "-begins_on"]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("balance", args=[self.slug])

    def save(self, **kwargs):
        """Write once: a published balance never changes. Raises TypeError at a second time."""
        if not self._state.adding:
            raise TypeError("a published balance never changes")
        super().save(**kwargs)
