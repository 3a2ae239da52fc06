"""Every address, in the order of the cycle."""

from django.urls import include, path

from goldenthread.audit.urls import template_patterns, theme_patterns

urlpatterns = [
    path("", include("goldenthread.home.urls")),
    path("", include("goldenthread.web.urls")),
    path("", include("goldenthread.people.urls")),
    path("settings/", include("goldenthread.framework.urls")),
    path("settings/templates/", include(template_patterns)),
    path("settings/themes/", include(theme_patterns)),
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
