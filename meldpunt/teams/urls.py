from allauth.mfa.base.views import authenticate
from django.urls import path

from meldpunt.teams.views import administration, duty, partners, second_factor, signing_in, team

urlpatterns = [
    path("aanmelden/", signing_in.sign_in, name="account_login"),
    path("aanmelden/code/", authenticate, name="mfa_authenticate"),
    path("aanmelden/app/", second_factor.enrol, name="mfa_activate_totp"),
    path("aanmelden/herstelcodes/", second_factor.recovery_codes, name="recovery_codes"),
    path("bevestig/", second_factor.confirm, name="confirm"),
    path("afmelden/", signing_in.sign_out, name="account_logout"),
    path("vergrendel/", signing_in.lock, name="lock"),
    path("ontgrendel/", signing_in.unlock, name="unlock"),
    path("start/", signing_in.start, name="start"),
    path("wachtwoord/", signing_in.password, name="password"),
    path("wachtwoord/klaar/", signing_in.password_changed, name="password_changed"),
    path("uitnodiging/<str:token>/", administration.accept, name="accept_invitation"),
    path("dienst/", duty.duty, name="duty"),
    path("dienst/<int:pk>/weg/", duty.remove_shift, name="remove_shift"),
    path("bereikbaar/", duty.reach, name="reach"),
    path("bereikbaar/afwezig/", duty.go_away, name="go_away"),
    path("bereikbaar/afwezig/<int:pk>/weg/", duty.come_back, name="come_back"),
    path("beheer/", administration.people, name="people"),
    path("beheer/uitnodigen/", administration.invite, name="invite"),
    path("beheer/mensen/<int:pk>/", administration.join, name="join_team"),
    path("beheer/mensen/<int:pk>/toegang/", administration.renew_access, name="renew_access"),
    path("beheer/lidmaatschap/<int:pk>/", administration.end_membership, name="end_membership"),
    path("partners/", partners.partners, name="partners"),
    path("partners/erbij/", partners.add_partner, name="add_partner"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/wijzigen/", partners.change_partner, name="change_partner"),
    path("partners/<int:pk>/beeindigen/", partners.end_partner, name="end_partner"),
    path("partners/lid/<int:pk>/", partners.belong, name="belong"),
    path("team/", team.team_keys, name="team_keys"),
    path("team/<slug:slug>/geef/<int:pk>/", team.give_key, name="give_key"),
    path("team/<slug:slug>/vernieuw/", team.renew_key, name="renew_key"),
]
