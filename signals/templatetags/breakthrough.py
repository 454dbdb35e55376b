"""The band that breaks through: `{% desk_alarm as alarm %}` on any page of staff."""

from django import template

from signals.desk.alarm import Alarm, alarm_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_alarm(context) -> Alarm | None:
    """Return what a coordinator must know at once, asked for once on a page; None for anybody else."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_coordinator:
        return None
    if "desk_alarm" in context:
        return context["desk_alarm"]
    if not hasattr(request, "desk_alarm"):
        request.desk_alarm = alarm_for(user)
    return request.desk_alarm


@register.simple_tag(takes_context=True)
def alarm_in_title(context) -> str:
    """Return "(2) " for the title while two acute signals wait, else nothing."""
    alarm = desk_alarm(context)
    return f"({alarm.count}) " if alarm and alarm.count else ""
