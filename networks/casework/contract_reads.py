"""Who has read what was agreed about contact, as it stands now."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from networks.models import ContractRead
from signals.models import Assignment, Sharing


def was_read(assignment: Assignment, user) -> bool:
    """Tell whether `user` has read what was agreed since the desk last shared something."""
    return Assignment.objects.filter(pk=assignment.pk).filter(read_by(user)).exists()


def read_by(user) -> Exists:
    """Return the condition on letters that `user` has read what was agreed, as it stands now."""
    newest = Sharing.objects.filter(assignment=OuterRef("assignment")).order_by("-at").values("at")[:1]
    reads = ContractRead.objects.filter(assignment=OuterRef("pk"), by=user)
    return Exists(reads.annotate(shared_at=Subquery(newest)).filter(Q(shared_at=None) | Q(at__gt=F("shared_at"))))
