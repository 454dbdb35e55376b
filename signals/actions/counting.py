"""What the balance has counted: the only thing that it writes on a signal."""

from django.db import transaction

from signals.models import Signal


@transaction.atomic
def note_counted(rows: dict) -> None:
    """Note for each signal (its id) which row of the balance counts it; None takes that back."""
    for pk, row in rows.items():
        Signal.objects.filter(pk=pk).update(counted_as=row)
