"""Addresses of the desk: contact with a referrer at a network, and a closed case that may open again."""

from django.urls import path

from signals.views import handing, reopening

urlpatterns = [
    path("meldingen/<slug:reference>/contact-geven/", handing.hand, name="hand_contact"),
    path("meldingen/<slug:reference>/contact-terug/", handing.take_back, name="take_contact_back"),
    path("meldingen/<slug:reference>/mail/", handing.mail, name="mail_referrer"),
    path("zaken/<slug:reference>/heropenen/", reopening.reopen, name="reopen_case"),
    path("zaken/<slug:reference>/dicht/", reopening.stay_closed, name="stay_closed"),
]
