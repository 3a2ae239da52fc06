"""`goldenthread COMMAND …`: the method and the product from the command line."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command. Exit 0: done. Exit 1: refused, with one sentence per problem. Exit 2: wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    command, *rest = sys.argv[1:] or ["help"]
    if not command.startswith("-"):
        command = command.replace("-", "_")  # `verify-draw` lives in verify_draw.py
    execute_from_command_line(["goldenthread", command, *rest])
