"""`goldenthread export --to DIR`: the tidy tables of a council as files, for Power BI and other tools."""

from __future__ import annotations

import getpass
from argparse import ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.learn.feeds.formats import formats
from goldenthread.learn.services.feeds import Operator, export_tables
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority
from goldenthread.web import clock
from goldenthread.web.command import AnswerCommand
from goldenthread.web.wording import plural


class Command(AnswerCommand):
    help = "Write tidy tables, one row a thing, with their dictionary: made for Power BI. The trail records it."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write to")
        parser.add_argument("--authority", metavar="NAME", help="the council, where there are several")
        parser.add_argument("--format", choices=tuple(formats()), default="parquet", help="how (default: parquet)")
        parser.add_argument("--tables", type=_names, default=(), metavar="A,B", help="only these (default: all)")
        parser.add_argument("--since", type=_day, metavar="DATE", help="only rows dated from then on (YYYY-MM-DD)")
        parser.add_argument(
            "--protected", metavar="REASON", default="",
            help="references, names and free text too; the reason is recorded",
        )  # fmt: skip

    def answer(self, **options: Any) -> Mapping[str, Any]:
        authority = council(options["authority"])
        rows = export_tables(
            by=Operator(getpass.getuser(), authority.pk), authority=authority, to=options["to"],
            form=options["format"], names=options["tables"], protected=options["protected"].strip(),
            since=options["since"], now=clock.now(),
        )  # fmt: skip
        return {
            "authority": authority.name,
            "to": str(options["to"]),
            "format": options["format"],
            "since": options["since"],
            "protected": bool(options["protected"].strip()),
            "tables": rows,
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        lines = [f"{name}.{answer['format']}  {plural(rows, 'row')}" for name, rows in answer["tables"].items()]
        kept = "Protected columns are in them." if answer["protected"] else "Protected columns are left out."
        return "\n".join([f"{answer['authority']}, written to {answer['to']}:", *lines, "dictionary.csv", kept])


def council(name: str | None) -> Authority:
    """The council of this name, or of this short name; the only one there is where none is named."""
    every = list(Authority.objects.order_by("pk"))
    if name:
        every = [each for each in every if name.casefold() in (each.name.casefold(), each.short_name.casefold())]
    if len(every) == 1:
        return every[0]
    if not every:
        raise Refused(f"There is no council “{name}” here." if name else "There is no council here yet.")
    raise Refused("There are several councils here. Say which one with --authority.")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2026-11-26") from None
