"""The addresses of the product, and two to compare with."""

from django.urls import path

from bench import views
from meldpunt.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    path("bench/one-row/", views.one_row),
    path("bench/fifty-rows/", views.fifty_rows),
    *urlpatterns,
]
