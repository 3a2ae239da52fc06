from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "goldenthread.act"
    label = "act"
