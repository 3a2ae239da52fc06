from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "goldenthread.framework"
    label = "framework"
