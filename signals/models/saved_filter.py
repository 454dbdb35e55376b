"""A filter of the queue that one coordinator keeps. It has no name of its own: what it filters says what it is."""

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """`query` holds only known keys with known codes, in a fixed order (signals/queue/filters.py): nothing that was typed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    query = models.CharField(max_length=400)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="one_saved_filter_each")]
        ordering = ["pk"]

    def __str__(self):
        return self.query
