"""Addresses of this stage."""

from django.urls import path

from goldenthread.plan.views import absences, groups, memberships, sessions

urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("sessions/arrange/", sessions.arrange_session, name="arrange_session"),
    path("sessions/<code>/", sessions.open_session, name="open_session"),
    path("sessions/<code>/change/", sessions.change_session, name="change_session"),
    path("sessions/<code>/cancel/", sessions.cancel_session, name="cancel_session"),
    path("groups/", groups.groups, name="groups"),
    path("groups/form/", groups.form_group, name="form_group"),
    path("groups/form-all/", groups.form_groups, name="form_groups"),
    path("groups/<int:key>/", groups.open_group, name="open_group"),
    path("groups/<int:key>/change/", groups.change_group, name="change_group"),
    path("groups/<int:key>/seats/", groups.change_seats, name="change_seats"),
    path("groups/<int:key>/seats/framework/", groups.use_framework_seats, name="use_framework_seats"),
    path("groups/<int:key>/core/", memberships.add_core_member, name="add_core_member"),
    path("groups/<int:key>/director/", memberships.link_director, name="link_director"),
    path("groups/<int:key>/partner/", memberships.co_opt_partner, name="co_opt_partner"),
    path("memberships/<int:key>/change/", memberships.change_membership, name="change_membership"),
    path("away/", absences.away, name="away"),
    path("absences/", absences.absences, name="absences"),
    path("absences/add/", absences.add_absence, name="add_absence"),
    path("absences/<code>/", absences.open_absence, name="open_absence"),
    path("absences/<code>/withdraw/", absences.withdraw_absence, name="withdraw_absence"),
]
