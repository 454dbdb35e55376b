"""The standard texts that the desk starts from, in the language of the referrer."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

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
FIELDS = ("code", "purpose", "name_nl", "name_en", "nl", "en")


def texts_for(language: str) -> list[dict]:
    """Return the texts in use as choices: code, purpose, name for staff, words for the referrer."""
    return choices(StandardText.objects.filter(retired_at=None).values(*FIELDS), language)


def column() -> ArraySubquery:
    """Return the texts in use as a column of another statement, for `choices`."""
    row = JSONObject(**{name: name for name in FIELDS})
    return ArraySubquery(StandardText.objects.filter(retired_at=None).values(row=row))


def choices(rows: Iterable[dict], language: str) -> list[dict]:
    """Return rows of texts (FIELDS) as choices, in order."""
    texts = [StandardText(**row) for row in rows]
    return [
        {"code": text.code, "purpose": text.purpose, "name": text.name, "words": text.in_language(language)}
        for text in texts
    ]


def of_decision(decision: str, language: str) -> str:
    """Return the text that tells of a decision, or the empty string where none is in use."""
    row = StandardText.objects.filter(retired_at=None, code=TELLS.get(decision, "")).first()
    return row.in_language(language) if row else ""
