"""The browser of the journeys: Debian's Chromium, or the one on the path."""

from __future__ import annotations

import shutil

FLAGS = [
    "--no-sandbox",  # the tests may run as root in a container; they only ever visit the test server
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The path of a Chromium on this machine, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
