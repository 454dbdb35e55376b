from django.urls import path

from meldpunt.web import views

urlpatterns = [
    path("veilig-kijken/", views.looking_safely, name="looking_safely"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("gezond/", views.health, name="health"),
    path("blijf/", views.stay, name="stay"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
