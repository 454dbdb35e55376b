"""Addresses of the desk."""

from django.urls import path

from signals.views import (
    cases,
    claiming,
    joining,
    mailbox,
    printing,
    routing,
    signal_page,
    supporting,
    triage,
    typed,
)

urlpatterns = [
    path("meldingen/<slug:reference>/", signal_page.signal, name="signal"),
    path("meldingen/<slug:reference>/oppakken/", claiming.take_up, name="take_up"),
    path("meldingen/<slug:reference>/overnemen/", claiming.take_over, name="take_over"),
    path("meldingen/<slug:reference>/loslaten/", claiming.let_go, name="let_go"),
    path("meldingen/<slug:reference>/besluit/", triage.decide, name="decide"),
    path("meldingen/<slug:reference>/plaats/", triage.correct_place, name="correct_place"),
    path("meldingen/<slug:reference>/vorm/", triage.correct_form, name="correct_form"),
    path("meldingen/<slug:reference>/dringend/", triage.override_urgency, name="override_urgency"),
    path("meldingen/<slug:reference>/heropenen/", triage.reopen, name="reopen_signal"),
    path("meldingen/<slug:reference>/bericht/", mailbox.write, name="write_message"),
    path("meldingen/<slug:reference>/gelezen/", mailbox.mark_read, name="messages_read"),
    path("meldingen/<slug:reference>/verzoek/<uuid:message>/", mailbox.settle, name="settle_request"),
    path("meldingen/<slug:reference>/notitie/", triage.note, name="signal_note"),
    path("meldingen/<slug:reference>/voegen/", joining.join, name="join"),
    path("meldingen/<slug:reference>/losmaken/", joining.separate, name="separate"),
    path("meldingen/<slug:reference>/afdrukken/", printing.print_signal, name="print_signal"),
    path("hier/<slug:kind>/<slug:reference>/", claiming.here, name="here"),
    path("concept/<slug:kind>/<slug:reference>/<slug:form>/", typed.keep_draft, name="keep_draft"),
    path("zaken/<slug:reference>/", cases.case, name="case"),
    path("zaken/<slug:reference>/routeren/", routing.route, name="route"),
    path("zaken/<slug:reference>/routeren/zeker/", routing.confirm, name="route_confirm"),
    path("zaken/<slug:reference>/verstuurd/", routing.sent, name="route_sent"),
    path("zaken/<slug:reference>/ongedaan/", routing.undo, name="undo_route"),
    path("zaken/<slug:reference>/gedeeld/", routing.shared, name="case_shared"),
    path("zaken/<slug:reference>/notitie/", cases.note, name="case_note"),
    path("zaken/<slug:reference>/afdrukken/", printing.print_case, name="print_case"),
    path("zaken/<slug:reference>/terughalen/", cases.recall, name="recall"),
    path("zaken/<slug:reference>/steun/", supporting.add_support, name="add_support"),
    path("zaken/<slug:reference>/overdragen/", cases.hand_over, name="hand_over"),
]
