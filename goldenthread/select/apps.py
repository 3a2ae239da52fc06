from django.apps import AppConfig


class SelectConfig(AppConfig):
    name = "goldenthread.select"
    label = "select"
