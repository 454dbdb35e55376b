"""Addresses. Apps are named by string only (law 1)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("meldpunt.web.urls")),
    path("", include("meldpunt.teams.urls")),
    path("leesboek/", include("meldpunt.audit.urls")),
    path("", include("signals.urls")),
    path("netwerk/", include("networks.urls")),
    path("balans/", include("networks.urls.balance")),
    prefix_default_language=False,
)
handler400 = "meldpunt.web.views.bad_request"
handler403 = "meldpunt.web.views.forbidden"
handler404 = "meldpunt.web.views.not_found"
handler500 = "meldpunt.web.views.server_error"
