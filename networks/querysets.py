"""What a member may read of the own network's work."""

from django.db import models

from signals.models import Assignment


class NoteQuerySet(models.QuerySet):
    """Notes are the network's own: not even the desk reads them."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(assignment__in=Assignment.objects.held_by(user.network_teams()))
