"""Addresses of what an administrator keeps; those of a kind are alike."""

from django.urls import path

from signals.desk import kept
from signals.views import places, reference

urlpatterns = [
    path("plaatsen/", places.places, name="places"),
    path("plaatsen/nieuw/", places.add_place, name="add_place"),
    path("plaatsen/<int:pk>/", places.place, name="place"),
    path("plaatsen/<int:pk>/stand/", places.place_state, name="place_state"),
    path("postcodes/<slug:pc4>/", places.postcode, name="postcode"),
    path("klokken/", reference.sheet, {"kind": "clocks"}, name="clocks"),
    path("gemeenten/", reference.sheet, {"kind": "coverage"}, name="coverage"),
    path("hulplijnen/<slug:pk>/gecontroleerd/", reference.checked_today, name="helpline_checked"),
    path("wijzigingen/<int:pk>/terug/", reference.restore, name="restore_change"),
]
for kind in kept.ROWS.values():
    named = {"kind": kind.name}
    urlpatterns += [
        path(f"{kind.folder}/", reference.listing, named, name=kind.listing),
        path(f"{kind.folder}/nieuw/", reference.add, named, name=f"add_{kind.name}"),
        path(f"{kind.folder}/<slug:pk>/", reference.one, named, name=kind.name),
        path(f"{kind.folder}/<slug:pk>/stand/", reference.state, named, name=f"{kind.name}_state"),
    ]
