"""Addresses of matches; they stand before those of a signal."""

from django.urls import path

from signals.views import matching

urlpatterns = [
    path("meldingen/vergelijken/", matching.fill_index, name="fill_index"),
    path("meldingen/overeenkomst/", matching.judge, name="judge_match"),
    path("meldingen/een-zaak/", matching.one_case, name="one_case"),
    path("meldingen/ruis/", matching.noise, name="noise"),
    path("meldingen/ruis/nieuw/", matching.mark_noise, name="mark_noise"),
    path("meldingen/ruis/<int:pk>/terug/", matching.unmark_noise, name="unmark_noise"),
]
