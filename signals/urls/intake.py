"""Addresses of taking in by telephone, letter and mail; they stand before those of a signal."""

from django.urls import path

from signals.views import intake

urlpatterns = [
    path("", intake.take_in, name="intake"),
    path("bewaar/", intake.keep, name="intake_keep"),
    path("klaar/", intake.done, name="intake_done"),
    path("weg/", intake.leave, name="intake_leave"),
]
