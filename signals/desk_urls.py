"""Addresses of the desk."""

from django.urls import path

from signals.views import cases, queue, routing, triage

urlpatterns = [
    path("meldingen/", queue.queue, name="queue"),
    path("meldingen/<slug:reference>/", triage.signal, name="signal"),
    path("meldingen/<slug:reference>/oppakken/", triage.take_up, name="take_up"),
    path("meldingen/<slug:reference>/loslaten/", triage.let_go, name="let_go"),
    path("meldingen/<slug:reference>/besluit/", triage.decide, name="decide"),
    path("meldingen/<slug:reference>/plaats/", triage.correct_place, name="correct_place"),
    path("meldingen/<slug:reference>/vorm/", triage.correct_form, name="correct_form"),
    path("meldingen/<slug:reference>/dringend/", triage.override_urgency, name="override_urgency"),
    path("meldingen/<slug:reference>/heropenen/", triage.reopen, name="reopen_signal"),
    path("zaken/", cases.cases, name="cases"),
    path("zaken/<slug:reference>/", cases.case, name="case"),
    path("zaken/<slug:reference>/routeren/", routing.route, name="route"),
    path("zaken/<slug:reference>/verstuurd/", routing.sent, name="route_sent"),
    path("zaken/<slug:reference>/ongedaan/", routing.undo, name="undo_route"),
    path("zaken/<slug:reference>/gedeeld/", routing.shared, name="case_shared"),
    path("zaken/<slug:reference>/terughalen/", cases.recall, name="recall"),
    path("zaken/<slug:reference>/overdragen/", cases.hand_over, name="hand_over"),
]
