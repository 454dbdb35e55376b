"""What is known of a letter in counts, as columns of the statement that fetches it."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from networks.models import Goal, Relation
from networks.models.plan import OPEN_GOAL
from signals.models import Assignment
from signals.workflow import OPEN_ASSIGNMENT


def with_counts(letters: QuerySet[Assignment], user) -> QuerySet[Assignment]:
    """Give letters `open_peers` (as circle.summary.open_peers), `open_goals`, and `has_earlier`: whether the same network
    held the case before.
    """
    peers = Relation.objects.unanswered().filter(
        assignment__case=OuterRef("case"), assignment__state__in=OPEN_ASSIGNMENT
    )
    goals = Goal.objects.filter(assignment=OuterRef("pk"), state__in=OPEN_GOAL)
    held = Assignment.objects.visible_to(user).held_by(user.network_teams())
    before = held.filter(case=OuterRef("case"), team=OuterRef("team"), queued_at__lt=OuterRef("queued_at"))
    return letters.annotate(
        open_peers=_count(peers, "assignment__case"), open_goals=_count(goals, "assignment"), has_earlier=Exists(before)
    )


def _count(found: QuerySet, by: str) -> Coalesce:
    counted = found.order_by().values(whose=F(by)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
