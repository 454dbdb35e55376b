"""Addresses of the desk's lists, and of what is done from them."""

from django.urls import path

from signals.views import case_list, live, picking, queue

urlpatterns = [
    path("meldingen/", queue.queue, name="queue"),
    path("meldingen/stand/", live.state, name="live"),
    path("meldingen/zoeken/", picking.search, name="search"),
    path("meldingen/nemen/", picking.take, name="take"),
    path("meldingen/kiezen/", picking.choose, name="choose"),
    path("meldingen/terug/", picking.bring_back, name="bring_back"),
    path("meldingen/filter/", picking.keep, name="keep_filter"),
    path("meldingen/sneltoetsen/", picking.shortcuts, name="shortcuts"),
    path("zaken/", case_list.cases, name="cases"),
]
