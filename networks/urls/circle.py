"""Addresses of the circle."""

from django.urls import path

from networks.views import circle, relations, suspects, typed

urlpatterns = [
    path("<slug:reference>/kring/", circle.circle, name="network_circle"),
    path("<slug:reference>/kring/erbij/", circle.add, name="network_add_relation"),
    path("<slug:reference>/kring/overnemen/", circle.take_over, name="network_take_over_named"),
    path("<slug:reference>/kring/<uuid:pk>/", relations.relation, name="network_relation"),
    path("<slug:reference>/kring/<uuid:pk>/antwoord/", relations.answer, name="network_answer_peer"),
    path("<slug:reference>/kring/<uuid:pk>/maatregel/", relations.measure, name="network_measure"),
    path("<slug:reference>/kring/<uuid:pk>/weg/", relations.remove, name="network_remove_relation"),
    path("<slug:reference>/kring/<uuid:pk>/melden/", relations.as_signal, name="network_report_peer"),
    path("<slug:reference>/kring/<uuid:pk>/concept/<slug:form>/", typed.keep_relation_draft, name="network_relation_draft"),
    path("<slug:reference>/verdachten/", suspects.suspects, name="network_suspects"),
    path("<slug:reference>/verdachten/erbij/", suspects.add, name="network_add_suspect"),
    path("<slug:reference>/verdachten/overnemen/", suspects.take_over, name="network_take_over_suspects"),
    path("<slug:reference>/verdachten/wie/", suspects.who_sees, name="network_who_sees_suspects"),
    path("<slug:reference>/verdachten/<uuid:pk>/", suspects.change, name="network_change_suspect"),
    path("<slug:reference>/verdachten/<uuid:pk>/weg/", suspects.remove, name="network_remove_suspect"),
]
