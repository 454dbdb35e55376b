"""Addresses of the shield of a network."""

from django.urls import path

from networks.views import aside

urlpatterns = [
    path("<slug:reference>/afscherming/", aside.shield, name="network_shield"),
    path("<slug:reference>/opzij/", aside.aside, name="network_aside"),
]
