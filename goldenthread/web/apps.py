"""The web stage: registers the check that no page opens undeclared."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "goldenthread.web"

    def ready(self) -> None:
        from goldenthread.web import checks

        register(checks.every_view_declares_its_page)
        register(checks.the_service_colour_can_be_read)
