"""Addresses of what the person concerned agrees to share, and of copies when that ends."""

from django.urls import path

from signals.views import consent

urlpatterns = [
    path("toestemming/<slug:reference>/", consent.of_case, name="consents"),
    path("toestemming/<slug:reference>/gezien/", consent.looked, name="consent_looked"),
    path("toestemming/<slug:reference>/<uuid:pk>/", consent.one, name="consent"),
    path("kopieen/", consent.copies, name="copies"),
    path("kopieen/<uuid:pk>/", consent.confirm, name="confirm_copies"),
]
