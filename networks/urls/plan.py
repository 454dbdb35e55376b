"""Addresses of the plan, of contact with a referrer that was handed over, and of the outcome with its aftercare."""

from django.urls import path

from networks.views import aftercare, goals, outcome, plan, referrer, typed

urlpatterns = [
    path("<slug:reference>/plan/", plan.plan, name="network_plan"),
    path("<slug:reference>/plan/wie/<slug:post>/", plan.appoint, name="network_appoint"),
    path("<slug:reference>/plan/wens/", plan.wish, name="network_wish"),
    path("<slug:reference>/plan/doel/", plan.goal, name="network_set_goal"),
    path("<slug:reference>/doelen/<uuid:pk>/", goals.goal, name="network_goal"),
    path("<slug:reference>/doelen/<uuid:pk>/hoe/", goals.how, name="network_goal_how"),
    path("<slug:reference>/doelen/<uuid:pk>/actie/", goals.plan_action, name="network_goal_action"),
    path("<slug:reference>/doelen/<uuid:pk>/concept/<slug:form>/", typed.keep_goal_draft, name="network_goal_draft"),
    path("<slug:reference>/melder/", referrer.threads, name="network_referrer"),
    path("<slug:reference>/melder/<uuid:pk>/", referrer.write, name="network_write_referrer"),
    path("<slug:reference>/melder/<uuid:pk>/gelezen/", referrer.mark_read, name="network_read_referrer"),
    path("<slug:reference>/melder/<uuid:pk>/terug/", referrer.give_back, name="network_contact_back"),
    path("<slug:reference>/uitkomst/", outcome.close, name="network_outcome"),
    path("<slug:reference>/nazorg/<uuid:pk>/", aftercare.answer, name="network_pulse"),
    path("<slug:reference>/nazorg/<uuid:pk>/wie/", aftercare.hand, name="network_hand_pulse"),
    path("<slug:reference>/eerder/", outcome.earlier, name="network_earlier"),
]
