from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "meldpunt.teams"
    label = "teams"

    def ready(self) -> None:
        from meldpunt.teams import expiry  # noqa: F401  registers itself; models must be there first
