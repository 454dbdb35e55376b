from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "meldpunt.vault"
    label = "vault"

    def ready(self) -> None:
        from meldpunt.vault import checks  # noqa: F401  registers itself; models must be there first
