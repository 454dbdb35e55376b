"""A statement that is built and compiled once, and run for whoever asks.

Django builds each statement anew at every request; for one with twenty subqueries that takes longer than the database
needs to answer it.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

NOBODYS = -1  # a number that no user has


@dataclass(frozen=True)
class Asker:
    """Stands for the coordinator who asks, while a statement is built.

    Nothing else of a user is there: a statement that depends on more fails at once.
    """

    pk: int = NOBODYS
    is_authenticated: bool = True
    is_coordinator: bool = True


class Prepared:
    """One row of values, asked with an `Asker` in the place of a coordinator.

    Whatever else goes into the statement must be the same at each asking: moments are `Now()`, not Python's clock.
    """

    def __init__(self, rows: QuerySet):
        """`rows` is a queryset of ``values(…)`` of annotations, one row for `Asker.pk`."""
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = self._compiler.as_sql()
        self._names = [name for _expression, _sql, name in self._compiler.select]
        self._converters = self._compiler.get_converters(
            [each for each, _sql, _name in self._compiler.select]
        )

    def row_for(self, user) -> dict:
        """Run it for a coordinator, and return the row's values by name; PermissionDenied for others. One statement."""
        if not user.is_coordinator:
            raise PermissionDenied
        params = [user.pk if value == NOBODYS else value for value in self._params]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        [values] = self._compiler.apply_converters(found, self._converters)
        return dict(zip(self._names, values, strict=True))
