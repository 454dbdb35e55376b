"""Addresses of what an administrator keeps."""

from django.urls import path

from signals.views import reference

urlpatterns = [
    path("tekens/", reference.signs, name="signs"),
    path("tekens/<slug:code>/", reference.sign, name="sign"),
    path("tekens/<slug:code>/stand/", reference.sign_state, name="sign_state"),
    path("plaatsen/", reference.places, name="places"),
    path("plaatsen/nieuw/", reference.add_place, name="add_place"),
    path("plaatsen/<int:pk>/", reference.place, name="place"),
    path("plaatsen/<int:pk>/stand/", reference.place_state, name="place_state"),
    path("postcodes/<slug:pc4>/", reference.postcode, name="postcode"),
    path("klokken/", reference.clocks, name="clocks"),
    path("hulplijnen/", reference.helplines, name="helplines"),
    path("hulplijnen/nieuw/", reference.add_helpline, name="add_helpline"),
    path("hulplijnen/<int:pk>/", reference.helpline, name="helpline"),
]
