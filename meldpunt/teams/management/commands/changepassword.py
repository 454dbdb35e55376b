"""Closes Django's own command: a password that is set beside the vault leaves its owner without a key."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Is closed: passwords are changed on the page Jouw account, so that the key goes along."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?")

    def handle(self, *args, **options):
        raise CommandError("Passwords are changed on the page Jouw account, so that the key goes along.")
