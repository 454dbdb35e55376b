from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "meldpunt.teams"
    label = "teams"
