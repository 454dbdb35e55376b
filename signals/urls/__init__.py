"""Addresses of the public side; those of the desk are in the modules beside it. They are neutral: history lists them."""

from django.urls import include, path

from signals.views import (
    advice,
    checking,
    files,
    filing,
    landing,
    leaving,
    receipt,
    renewing,
    returning,
    revealing,
)

public_patterns = [
    path("", landing.landing, name="landing"),
    path("m/begin/<slug:who>/", filing.start, name="file_start"),
    path("m/<int:number>/", filing.step, name="file_step"),
    path("m/nu/", filing.danger, name="file_danger"),
    path("m/controle/", checking.check, name="file_check"),
    path("m/klaar/", receipt.receipt, name="file_receipt"),
    path("m/erbij/", files.add, name="file_add"),
    path("m/eraf/", files.remove, name="file_remove"),
    path("m/blijf/", filing.stay, name="file_stay"),
    path("m/verlopen/", filing.expired, name="file_expired"),
    path("code/", returning.return_with_code, name="return"),
    path("code/verder/", returning.thread, name="thread"),
    path("code/nieuw/", returning.new_code, name="new_code"),
    path("code/erbij/", files.add_with_code, name="thread_file"),
    path("code/blijf/", returning.stay, name="visit_stay"),
    path("advies/", advice.advice, name="advice"),
    path("advies/controle/", advice.check, name="advice_check"),
    path("zo-gaan-wij-te-werk/", landing.handling, name="handling"),
    path("weg/", leaving.leave, name="leave"),
]
urlpatterns = [
    *public_patterns,
    path("onthul/", revealing.reveal, name="reveal"),
    path("meldingen/invoer/", include("signals.urls.intake")),
    path("", include("signals.urls.queue")),
    path("", include("signals.urls.matching")),
    path("", include("signals.urls.shielding")),
    path("meldingen/<slug:reference>/bestand/<uuid:pk>/", include("signals.urls.files")),
    path("", include("signals.urls.handing")),
    path("", include("signals.urls.rights")),
    path("", include("signals.urls.dispatch")),
    path("", include("signals.urls.consent")),
    path("", include("signals.urls.desk")),
    path("team/<slug:slug>/zaken/", renewing.renew_contents, name="renew_contents"),
    path("beheer/", include("signals.urls.reference")),
]
