"""Addresses of the shield: who must not see what."""

from django.urls import path

from signals.views import shielding

urlpatterns = [
    path("afscherming/<slug:kind>/<slug:reference>/", shielding.shield, name="shield"),
    path("afscherming/<slug:kind>/<slug:reference>/weer/<uuid:pk>/", shielding.let_in, name="let_in"),
    path("opzij/<slug:kind>/<slug:reference>/", shielding.aside, name="step_aside"),
    path("opzij/", shielding.stepped_aside, name="stepped_aside"),
    path("buiten/<slug:slug>/", shielding.appoint, name="appoint_outside"),
    path("buiten/", shielding.outside, name="outside"),
]
