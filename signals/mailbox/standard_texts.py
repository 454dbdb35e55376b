"""The standard texts that the desk starts from, in the language of the referrer."""

from signals.models import StandardText
from signals.workflow import Decision

# Which delivered text tells of a decision. Advice is missing: the advice itself is the message.
TELLS = {
    Decision.NEW_CASE: "decided-goes-on",
    Decision.JOINED: "decided-goes-on",
    Decision.DUPLICATE: "decided-goes-on",
    Decision.REFERRED: "decided-elsewhere",
    Decision.NO_SIGNAL: "decided-not-now",
    Decision.WITHDRAWN: "decided-withdrawn",
}
CLOSED = "handled-done"


def texts_for(language: str) -> list[dict]:
    """Return the texts in use as choices: code, purpose, name for staff, words for the referrer."""
    return [
        {"code": row.code, "purpose": row.purpose, "name": row.name, "words": row.in_language(language)}
        for row in StandardText.objects.filter(retired_at=None)
    ]


def of_decision(decision: str, language: str) -> str:
    """Return the text that tells of a decision, or the empty string where none is in use."""
    row = StandardText.objects.filter(retired_at=None, code=TELLS.get(decision, "")).first()
    return row.in_language(language) if row else ""
