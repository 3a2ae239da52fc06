"""The pages that belong to no stage."""

from django.urls import path

from goldenthread.web import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("look.css", views.look, name="look"),
]
