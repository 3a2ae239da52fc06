from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "goldenthread.learn"
    label = "learn"
