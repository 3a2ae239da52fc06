"""Every address, in the order of the cycle."""

from django.urls import include, path

urlpatterns = [
    path("", include("goldenthread.home.urls")),
    path("", include("goldenthread.web.urls")),
    path("", include("goldenthread.people.urls")),
    path("settings/", include("goldenthread.framework.urls")),
    path("plan/", include("goldenthread.plan.urls")),
    path("select/", include("goldenthread.select.urls")),
    path("audit/", include("goldenthread.audit.urls")),
    path("act/", include("goldenthread.act.urls")),
    path("learn/", include("goldenthread.learn.urls")),
]

handler400 = "goldenthread.web.faults.unreadable"
handler403 = "goldenthread.web.faults.forbidden"
handler404 = "goldenthread.web.faults.not_found"
handler500 = "goldenthread.web.faults.failed"
