"""What a coordinator sees on any page of staff: the band that breaks through, and the menu with its counts."""

from django import template

from signals.desk.alarm import Alarm
from signals.queue.rail import with_counts
from signals.queue.tally import Tally, tally

register = template.Library()


def _counted(context) -> Tally | None:
    """Return what waits where, counted once on a page that did not count itself; None for who is no coordinator."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_coordinator:
        return None
    if not hasattr(request, "desk_tally"):
        request.desk_tally = tally(user)
    return request.desk_tally


@register.simple_tag(takes_context=True)
def desk_alarm(context) -> Alarm | None:
    """Return what a coordinator must know at once; None for anybody else."""
    if "desk_alarm" in context:
        return context["desk_alarm"]
    counted = _counted(context)
    return counted.alarm if counted else None


@register.simple_tag(takes_context=True)
def counted_rail(context) -> list[dict]:
    """Return the menu of this page; a coordinator sees everywhere what is open."""
    items = context.get("rail", [])
    counted = None if "desk_alarm" in context else _counted(context)
    return with_counts(items, counted) if counted else items


@register.simple_tag(takes_context=True)
def alarm_in_title(context) -> str:
    """Return "(2) " for the title while two acute signals wait, else nothing."""
    alarm = desk_alarm(context)
    return f"({alarm.count}) " if alarm and alarm.count else ""
