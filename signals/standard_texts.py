"""The standard texts that the desk starts from, in the language of the referrer."""

from signals.models import StandardText


def texts_for(language: str) -> list[dict]:
    """Return the texts in use as choices: code, purpose, name for staff, words for the referrer."""
    return [
        {"code": row.code, "purpose": row.purpose, "name": row.name, "words": row.in_language(language)}
        for row in StandardText.objects.filter(retired_at=None)
    ]


def proposed(purpose: str, language: str) -> str:
    """Return the first text in use for `purpose`, or the empty string where nobody keeps one."""
    row = StandardText.objects.filter(retired_at=None, purpose=purpose).first()
    return row.in_language(language) if row else ""
