"""Every write of the desk: functions named with its verbs, atomic, checked, and written down."""


class Clash(Exception):
    """Somebody else changed this since the page was opened: answer 409 and keep what was typed."""
