"""Addresses of the meetings of a network; they stand before those of a case."""

from django.urls import path

from networks.views import meeting_care, meeting_case, meeting_plan, meetings

urlpatterns = [
    path("overleg/", meeting_plan.all_of_them, name="meetings"),
    path("overleg/ritme/", meeting_plan.rhythm, name="meeting_rhythm"),
    path("overleg/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("overleg/<uuid:pk>/nu/", meetings.now, name="meeting_now"),
    path("overleg/<uuid:pk>/pauze/", meetings.blank, name="meeting_blank"),
    path("overleg/<uuid:pk>/agenda/", meetings.agenda, name="meeting_agenda"),
    path("overleg/<uuid:pk>/wie/", meetings.there, name="meeting_there"),
    path("overleg/<uuid:pk>/voorzitter/", meeting_plan.chairs, name="meeting_chairs"),
    path("overleg/<uuid:pk>/sluiten/", meetings.close, name="close_meeting"),
    path("overleg/<uuid:pk>/erbij/", meetings.later, name="meeting_later"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/", meeting_case.case, name="meeting_case"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/nu/", meeting_case.begin, name="begin_case"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/vragen/", meeting_case.decide, name="meeting_decide"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/besluit/", meeting_case.decision, name="meeting_decision"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/nazorg/", meeting_care.care, name="meeting_care"),
    path("overleg/<uuid:pk>/zaak/<slug:reference>/verslag/", meeting_case.minutes, name="meeting_minutes"),
    path("<slug:reference>/band/", meeting_case.tie, name="declare_tie"),
]
