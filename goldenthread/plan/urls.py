"""Addresses of this stage."""

from django.urls import path

from goldenthread.plan import views

urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("sessions/arrange/", views.arrange_session, name="arrange_session"),
    path("sessions/<code>/", views.open_session, name="open_session"),
    path("sessions/<code>/change/", views.change_session, name="change_session"),
    path("sessions/<code>/cancel/", views.cancel_session, name="cancel_session"),
    path("groups/", views.groups, name="groups"),
    path("groups/form/", views.form_group, name="form_group"),
    path("groups/form-all/", views.form_groups, name="form_groups"),
]
