from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "meldpunt.notices"
    label = "notices"
