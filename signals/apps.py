from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "signals"

    def ready(self) -> None:
        from signals import checks  # noqa: F401  registers itself; models must be there first
