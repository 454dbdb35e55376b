"""Which questions a kind of referrer gets, and in which order. Pure: tables and the walk over them."""

from django.utils.translation import gettext_lazy as _

WHO = ("self", "parent", "school", "care", "other")
FOR_ONESELF = ("danger", "signs", "person", "contact", "files", "check")
FOR_ANOTHER = ("you", "danger", "signs", "person", "place", "contact", "files", "check")
TITLES = {
    "you": _("Over jou"),
    "danger": _("Is het veilig?"),
    "signs": _("Wat zie je?"),
    "person": _("Over die persoon"),
    "place": _("Waar en wanneer"),
    "contact": _("Contact met jou"),
    "files": _("Bestanden"),
    "check": _("Controleren"),
}
TITLES_FOR_ONESELF = TITLES | {
    "signs": _("Wat gebeurt er?"),
    "person": _("Over jou"),
    "contact": _("Contact"),
}
NEEDED = ("danger", "signs")
# Topics in the order in which a kind of referrer is likely to see something; the others follow.
FIRST_TOPICS = {
    "parent": ("behaviour", "phone", "money_things"),
    "school": ("school", "behaviour", "phone"),
    "care": ("behaviour", "away", "people"),
    "other": ("behaviour", "people", "money_things"),
}
TOPICS = {
    "school": _("Op school"),
    "behaviour": _("Gedrag"),
    "phone": _("Telefoon en online"),
    "money_things": _("Geld en spullen"),
    "people": _("Mensen om die persoon heen"),
    "away": _("Weg van huis"),
    "body": _("Lijf en gezondheid"),
    "work": _("Werk"),
    "online_images": _("Foto’s en filmpjes"),
    "coercion": _("Dwang en dreiging"),
}
TOPICS_FOR_ONESELF = TOPICS | {
    "people": _("Mensen om je heen"),
    "behaviour": _("Hoe het met je gaat"),
}


def order(who: str) -> tuple[str, ...]:
    """Return the names of the steps for `who`, the check page last."""
    return FOR_ONESELF if who == "self" else FOR_ANOTHER


def number(who: str, step: str) -> int:
    """Return the number of a step, from 1."""
    return order(who).index(step) + 1


def named(who: str, number: int) -> str | None:
    """Return the name of step `number` (from 1), or None where `who` has no such step; the check page is not one."""
    steps = order(who)[:-1]
    return steps[number - 1] if 1 <= number <= len(steps) else None


def title(who: str, step: str) -> str:
    """Return the short name of a step."""
    return (TITLES_FOR_ONESELF if who == "self" else TITLES)[step]


def track(who: str, current: str, done: list[str]) -> list[tuple[str, str]]:
    """Return [(title, was, now or todo)] for the line beside the question; what was skipped is still to do."""
    return [
        (title(who, step), "now" if step == current else "was" if step in done else "todo") for step in order(who)
    ]


def missing(data: dict) -> str | None:
    """Return the first step that must be answered before anything can be sent, or None.

    Who is in danger now need say no more than that.
    """
    needed = NEEDED[:1] if in_danger(data) else NEEDED
    return next((step for step in order(data["who"]) if step in needed and step not in data["done"]), None)


def in_danger(data: dict) -> bool:
    """Tell whether somebody has said that there is danger now."""
    return data["answers"].get("danger", {}).get("danger") == "yes"


def first_open(data: dict) -> str:
    """Return the first step that was not answered yet; the check page where all were."""
    return next(step for step in order(data["who"]) if step not in data["done"])


def topics(who: str) -> list[str]:
    """Return the topics of the signs in the order for `who`."""
    first = FIRST_TOPICS.get(who, ())
    return [*first, *(topic for topic in TOPICS if topic not in first)]
