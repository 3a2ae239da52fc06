"""Addresses of this stage. None holds a child's reference: a code stands for the return, and one for the task."""

from django.urls import path

from goldenthread.act.views import lists, steps

urlpatterns = [
    path("", lists.returns, name="returns"),
    path("sessions/<code>/return/", steps.return_session, name="return_session"),
    path("<code>/", lists.open_return, name="open_return"),
    path("<code>/audit/", lists.read_returned_audit, name="read_returned_audit"),
    path("<code>/history/", lists.return_history, name="return_history"),
    path("<code>/tasks/<task>/done/", steps.complete_task, name="complete_task"),
    path("<code>/tasks/<task>/again/", steps.reopen_task, name="reopen_task"),
    path("<code>/sign-off/", steps.sign_off, name="sign_off"),
    path("<code>/accept/", steps.accept_return, name="accept_return"),
    path("<code>/send-back/", steps.send_back, name="send_back"),
]
