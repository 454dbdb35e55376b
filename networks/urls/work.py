"""Addresses of the work about a case."""

from django.urls import path

from networks.views import actions, case_files, contacts, printing, typed, work

urlpatterns = [
    path("<slug:reference>/werk/", work.work, name="network_work"),
    path("<slug:reference>/werk/actie/", work.plan, name="network_plan_action"),
    path("<slug:reference>/werk/notitie/", work.note, name="network_note"),
    path("<slug:reference>/werk/afspraken/", contacts.read_contract, name="network_contract"),
    path("<slug:reference>/werk/contact/", contacts.contact, name="network_contact"),
    path("<slug:reference>/werk/bestand/", case_files.add, name="network_add_file"),
    path("<slug:reference>/werk/bestand/<uuid:pk>/", case_files.save, name="network_save_file"),
    path("<slug:reference>/werk/bestand/<uuid:pk>/niet-openen/", case_files.hold, name="network_hold_file"),
    path("<slug:reference>/werk/bestand/<uuid:pk>/weer-open/", case_files.release, name="network_release_file"),
    path("<slug:reference>/acties/<uuid:pk>/", actions.action, name="network_action"),
    path("<slug:reference>/acties/<uuid:pk>/klaar/", actions.settle, name="network_settle"),
    path("<slug:reference>/acties/<uuid:pk>/open/", actions.take_up_again, name="network_take_up_again"),
    path("<slug:reference>/acties/<uuid:pk>/concept/<slug:form>/", typed.keep_action_draft, name="network_action_draft"),
    path("<slug:reference>/concept/<slug:form>/", typed.keep_draft, name="network_draft"),
    path("<slug:reference>/afdrukken/", printing.print_case, name="network_print"),
]
