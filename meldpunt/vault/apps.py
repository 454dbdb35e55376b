from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "meldpunt.vault"
    label = "vault"
