"""Addresses of this stage."""

from django.urls import path

from goldenthread.plan.views import groups, sessions

urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("sessions/arrange/", sessions.arrange_session, name="arrange_session"),
    path("sessions/<code>/", sessions.open_session, name="open_session"),
    path("sessions/<code>/change/", sessions.change_session, name="change_session"),
    path("sessions/<code>/cancel/", sessions.cancel_session, name="cancel_session"),
    path("groups/", groups.groups, name="groups"),
    path("groups/form/", groups.form_group, name="form_group"),
    path("groups/form-all/", groups.form_groups, name="form_groups"),
]
