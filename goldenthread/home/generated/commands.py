"""The commands of `goldenthread`, from their own parsers."""

from __future__ import annotations

from argparse import SUPPRESS, Action

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, DjangoHelpFormatter

from goldenthread.home.generated.markdown import code, page, table


def document() -> str:
    ours = {name: str(app) for name, app in sorted(get_commands().items()) if str(app).startswith("goldenthread.")}
    return page(
        "Commands", *(block for name, app in ours.items() for block in blocks(name, load_command_class(app, name)))
    )


def blocks(name: str, command: BaseCommand) -> list[str]:
    parser = command.create_parser("goldenthread", name)
    usual = {*DjangoHelpFormatter.show_last, "-h", "--help"}
    actions = [
        action for action in parser._actions if action.help != SUPPRESS and not usual & set(action.option_strings)
    ]
    rows = [[code(asked(action)), meant(action)] for action in actions]
    heading = f"## goldenthread {name.replace('_', '-')}"
    return [part for part in (heading, command.help, table(["", ""], rows) if rows else "") if part]


def asked(action: Action) -> str:
    """An argument as it is written: `--draw-id TEXT`, `FILE…`."""
    name = ", ".join(action.option_strings)
    value = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    many = "…" if action.nargs in {"+", "*"} else ""
    return f"{name} {value}".strip() + many


def meant(action: Action) -> str:
    choices = f"one of {', '.join(map(str, action.choices))}" if action.choices else ""
    needed = "required" if action.required and action.option_strings else ""
    return "; ".join(filter(None, [action.help or "", choices, needed]))
