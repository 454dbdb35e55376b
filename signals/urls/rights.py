"""Addresses of what the person concerned asks about the own data."""

from django.urls import path

from signals.views import rights

urlpatterns = [
    path("rechten/", rights.overview, name="rights"),
    path("zaken/<slug:reference>/rechten/", rights.of_case, name="case_rights"),
    path("zaken/<slug:reference>/rechten/weer/", rights.lift, name="lift_restriction"),
    path("zaken/<slug:reference>/rechten/<uuid:pk>/", rights.right, name="right"),
    path("zaken/<slug:reference>/rechten/<uuid:pk>/langer/", rights.longer, name="right_longer"),
    path("zaken/<slug:reference>/rechten/<uuid:pk>/inzage/", rights.who_looked, name="right_looked"),
    path("zaken/<slug:reference>/rechten/<uuid:pk>/afschrift/", rights.copy, name="right_copy"),
]
