"""Addresses of the balance."""

from django.urls import path, re_path

from networks.views import balance, steering

urlpatterns = [
    path("", balance.published, name="published"),
    path("sturen/", steering.steering, name="steering"),
    path("publiceren/", steering.publish, name="publish_balance"),
    path("<slug:slug>/", balance.balance, name="balance"),
    re_path(r"^(?P<slug>[-\w]+)\.(?P<kind>json|csv|xlsx|htcds\.csv|landelijk\.csv)$", balance.balance_file, name="balance_file"),
    path("<slug:slug>.pdf", balance.balance_pdf, name="balance_pdf"),
]
