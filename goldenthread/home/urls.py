"""Addresses of this stage."""

from django.urls import path

from goldenthread.home import views

urlpatterns = [
    path("", views.your_work, name="your_work"),
    path("search/", views.search, name="search"),
]
