from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "goldenthread.trail"
    label = "trail"
