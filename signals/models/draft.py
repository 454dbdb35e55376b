"""A filing that is under way, and for a while after it the receipt."""

from django.db import models


class Draft(models.Model):
    """Found by a hash of its cookie and sealed under the cookie; the server keeps no key (security.md, key 9)."""

    lookup = models.BinaryField(primary_key=True)
    blob = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
    sent_reference = models.CharField(max_length=12, blank=True)
