from django.urls import include, path

from networks.views import casework, inbox, viewing_as

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("", include("networks.urls.meeting")),
    path("", include("networks.urls.work")),
    path("", include("networks.urls.aside")),
    path("", include("networks.urls.plan")),
    path("", include("networks.urls.circle")),
    path("", include("networks.urls.moving")),
    path("<slug:reference>/", casework.network_case, name="network_case"),
    path("<slug:reference>/als/", viewing_as.view_as, name="network_view_as"),
    path("<slug:reference>/openen/", casework.open_letter, name="network_open"),
    path("<slug:reference>/aannemen/", casework.accept, name="network_accept"),
    path("<slug:reference>/teruggeven/", casework.give_back, name="network_give_back"),
]
