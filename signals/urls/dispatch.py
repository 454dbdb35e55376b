"""Addresses of what is handed over outside."""

from django.urls import path

from signals.views import dispatch

urlpatterns = [
    path("overdracht/<slug:reference>/", dispatch.of_case, name="dispatches"),
    path("overdracht/<slug:reference>/<uuid:pk>/", dispatch.one, name="dispatch"),
    path("overdracht/<slug:reference>/<uuid:pk>/wachtwoord/", dispatch.password, name="dispatch_password"),
    path("overdracht/<slug:reference>/<uuid:pk>/document/", dispatch.encrypted, name="dispatch_pdf"),
    path("overdracht/<slug:reference>/<uuid:pk>/bestand/<str:standard>", dispatch.file, name="dispatch_file"),
]
