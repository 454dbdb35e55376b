"""What an administrator changed: who, when, and the words before and after. These words are no content."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeAct(models.TextChoices):
    """What was done with a thing that an administrator keeps."""

    CREATE = "create", _("Toegevoegd")
    CHANGE = "change", _("Gewijzigd")
    RETIRE = "retire", _("Uit gebruik")
    BRING_BACK = "bring_back", _("Weer in gebruik")
    RESTORE = "restore", _("Teruggezet")


class ReferenceChange(models.Model):
    """One change, with all values before and after. Rows are only added: the role of the web may not change them."""

    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40)
    act = models.CharField(max_length=12, choices=ChangeAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "object_id", "-id"], name="changes_of_one_thing")]

    def __str__(self):
        return f"{self.kind} {self.object_id}: {self.act}"

    def different(self) -> list[str]:
        """The names of what is not the same before and after."""
        return [name for name in self.new if self.new[name] != self.old.get(name)]
