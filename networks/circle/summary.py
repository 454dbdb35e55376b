"""What may be said of a circle without a key: counts, from the columns that stand in clear."""

from django.db.models import Count

from networks.models import Relation
from signals.models import Assignment, Case
from signals.workflow import OPEN_ASSIGNMENT


def open_peers(case: Case) -> int:
    """Return of how many peers nobody has said whether they are approached too, in all networks that work on `case`."""
    return Relation.objects.unanswered().filter(assignment__case=case, assignment__state__in=OPEN_ASSIGNMENT).count()


def open_peers_by_letter(assignments: list[Assignment]) -> dict:
    """Return {pk of a letter: how many of its peers are unanswered}, in one statement; letters with none are left out."""
    found = Relation.objects.unanswered().filter(assignment__in=assignments).order_by()
    return dict(found.values_list("assignment").annotate(n=Count("pk")))
