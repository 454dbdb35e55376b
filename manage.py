#!/usr/bin/env python
"""Django's command line for Meldpunt.

Commands that make or fill tables run as the owner of the database; everything else runs as the web process does.
"""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "grant_roles", "load_reference", "sqlmigrate", "showmigrations"}


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("MELDPUNT_PROCESS", "migration")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldpunt.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
