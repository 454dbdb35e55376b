from django.urls import path

from meldpunt.audit import views

urlpatterns = [path("", views.reading_log, name="reading_log")]
