"""Addresses of this stage. None says what is in a report: codes stand for sessions and editions."""

from django.urls import path

from goldenthread.learn import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("sessions/<code>/report/", views.write_report, name="write_report"),
    path("sessions/<code>/report/save/", views.save_report, name="save_report"),
    path("sessions/<code>/report/preview/", views.preview_report, name="preview_report"),
    path("sessions/<code>/report/preview/<form>/", views.download_preview, name="download_preview"),
    path("sessions/<code>/report/publish/", views.publish_report, name="publish_report"),
    path("editions/<code>/", views.read_edition, name="read_edition"),
    path("editions/<code>/<form>/", views.download_edition, name="download_edition"),
]
