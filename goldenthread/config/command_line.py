"""`goldenthread COMMAND …`: the method and the product from the command line."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line, get_commands

WRONG_USE = 2


def main() -> None:
    """Run one command. Exit 0: done. Exit 1: refused, with one sentence per problem. Exit 2: wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    command, *rest = sys.argv[1:] or ["help"]
    if not command.startswith("-"):
        command = known(command)
    execute_from_command_line(["goldenthread", command, *rest])


def known(command: str) -> str:
    """The command's module; `verify-draw` lives in verify_draw.py. Leaves with exit 2 where there is none."""
    django.setup()
    module = command.replace("-", "_")
    if module != "help" and module not in get_commands():
        sys.stderr.write(f"There is no command “{command}”. Type “goldenthread help” for those there are.\n")
        sys.exit(WRONG_USE)
    return module
