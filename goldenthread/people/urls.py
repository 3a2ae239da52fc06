"""Coming in and going out. Of allauth's pages only these are mounted: nobody signs up, and no address is confirmed."""

from django.urls import path

from goldenthread.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/as/<code>/", views.be_somebody, name="be_somebody"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("change-password/", views.change_password, name="account_change_password"),
]
