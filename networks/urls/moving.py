"""Addresses of handing a case on."""

from django.urls import path

from networks.views import moving

urlpatterns = [
    path("<slug:reference>/doorgeven/", moving.move, name="network_moving"),
    path("<slug:reference>/doorgeven/intrekken/", moving.withdraw, name="network_withdraw_transfer"),
    path("<slug:reference>/doorgeven/steun/", moving.support, name="network_ask_support"),
]
