"""What must hold before the server starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

PAPER = "#ffffff"
READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text


def every_view_declares_its_page(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Deny by default: each of our views says who may open it."""
    return [
        Error(
            f"The view {view.__module__}.{view.__qualname__} at “{route}” does not say who may open it.",
            hint="Put @page(may=…) on it.",
            id="goldenthread.E001",
        )
        for route, view in routes(get_resolver())
        if view.__module__.startswith("goldenthread.") and not hasattr(view, "page")
    ]


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every route with its view, as (“audit/<code>/submit”, view)."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from routes(pattern, route)


def the_service_colour_can_be_read(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """The council's colour is used for text and behind white text, so white must stand out from it."""
    colour = settings.SERVICE_COLOUR
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        said = f"GOLDENTHREAD_SERVICE_COLOUR is “{colour}”. It must be six hexadecimal figures after #, as in #7a5200."
        return [Error(said, id="goldenthread.E002")]
    if (ratio := contrast(colour, PAPER)) < READABLE:
        said = f"GOLDENTHREAD_SERVICE_COLOUR {colour} has a contrast of {ratio:.1f} to white. It must be 4.5 or more."
        return [Error(said, id="goldenthread.E003")]
    return []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
