"""Addresses of the files of one signal, at the desk."""

from django.urls import path

from signals.views import desk_files

urlpatterns = [
    path("opslaan/", desk_files.save, name="save_file"),
    path("bekijken/", desk_files.look, name="look_at_file"),
    path("beeld/", desk_files.picture, name="file_picture"),
    path("niet-openen/", desk_files.hold, name="hold_file"),
    path("weer-open/", desk_files.release, name="release_file"),
]
