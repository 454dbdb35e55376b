from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from meldpunt.audit.grants import statements
from meldpunt.environment import value


class Command(BaseCommand):
    help = (
        "As the owner, after migrate: give the roles of the web and the worker what they may do, and no more."
    )

    def handle(self, **options):
        web, worker = role_in("DATABASE_URL"), role_in("WORKER_DATABASE_URL")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
            if len({owner, web, worker}) < 3:
                raise CommandError("The owner, the web and the worker need a database role each.")
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[web, worker]])
            if missing := {web, worker} - {row[0] for row in cursor.fetchall()}:
                raise CommandError(f"No such role in the database: {', '.join(sorted(missing))}.")
            tables = connection.introspection.table_names(cursor)
            for statement in statements(web, worker, tables):
                cursor.execute(statement)
        self.stdout.write(f"{web} and {worker} may do what they should with {len(tables)} tables.")


def role_in(name: str) -> str:
    """Return the database role that the address in the setting `name` signs in with; CommandError without one."""
    role = unquote(urlsplit(value(name)).username or "")
    if not role:
        raise CommandError(f"{name} names no role: postgresql://ROLE:password@host/name.")
    return role
