"""Addresses of this stage."""

from django.urls import path

from goldenthread.home.views import messages, work

urlpatterns = [
    path("", work.your_work, name="your_work"),
    path("search/", work.search, name="search"),
    path("settings/messages/", messages.messages, name="messages"),
    path("settings/messages/again/", messages.try_all_again, name="try_all_again"),
    path("settings/messages/<int:key>/again/", messages.try_message_again, name="try_message_again"),
    path("settings/messages/<int:key>/leave/", messages.leave_message, name="leave_message"),
    path("mail/", messages.captured_mail, name="captured_mail"),
    path("mail/<name>/", messages.open_captured, name="open_captured"),
    path("mail/<name>/calendar/", messages.captured_calendar, name="captured_calendar"),
]
