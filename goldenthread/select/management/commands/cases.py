"""`goldenthread cases FILE…`: what a case list holds, before anything is kept."""

from __future__ import annotations

import io
import json
from argparse import ArgumentTypeError
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import frame, read
from goldenthread.select.formats.cells import Bad, day
from goldenthread.select.formats.meanings import MAPPED_FIELDS
from goldenthread.select.formats.model import CASE_FILE, OTHER_KINDS, STATUSES
from goldenthread.select.formats.model import Mapping as Meanings
from goldenthread.web.command import AnswerCommand

SHOWN = 40
"""How many faults and unmapped values are shown in words; `--json` gives all."""

_COUNTED = {CASE_FILE: "open children", "supervision_file": "staff", "carer_file": "carers"}


class Command(AnswerCommand):
    help = "What a case list holds: the open children by status, tag and team, and every fault and unmapped value."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="every file of the list: a workbook, CSV files, XML"
        )
        parser.add_argument("--as-at", type=_date, metavar="DATE", help="the date the list is as at (YYYY-MM-DD)")
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="JSON: what columns and values mean")
        parser.add_argument(
            "--kind", choices=(CASE_FILE, *OTHER_KINDS), default=CASE_FILE, help="what each line is a file of"
        )

    def answer(self, **options: Any) -> Mapping[str, Any]:
        mapping = mapping_of(options["mapping"]) if options["mapping"] else Meanings()
        reading = read(options["files"], mapping, options["kind"])
        framed = frame(reading, options["as_at"], mapping)
        return {
            "source": framed.source,
            "as_at": framed.as_at.isoformat() if framed.as_at else None,
            "as_at_from": framed.as_at_said,
            "rows": framed.rows,
            "cases": len(framed.cases),
            "by_status": framed.by_status,
            "by_tag": framed.by_tag,
            "by_team": framed.by_team,
            "closed": framed.closed,
            "undecided": framed.undecided,
            "restricted": sum(case.restricted for case in framed.cases),
            "recognised": [asdict(table) for table in reading.tables],
            "ignored": [asdict(sheet) for sheet in reading.ignored],
            "faults": [asdict(fault) for fault in framed.faults],
            "unmapped": [asdict(value) for value in framed.unmapped],
            "kind": framed.kind,
            "cross_checks": [asdict(check) for check in framed.cross_checks],
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        console = Console(file=io.StringIO(), width=110)
        when = f"as at {answer['as_at']} ({answer['as_at_from']})" if answer["as_at"] else "with no date in it"
        held = f"{answer['cases']:,} {_COUNTED[answer['kind']]}"
        console.print(f"{answer['source']}: {answer['rows']:,} rows, {held}, {when}.")
        console.print(f"{answer['closed']:,} closed; {answer['undecided']:,} waiting for their status to be mapped.\n")
        for check in answer["cross_checks"]:
            missing, extra, differ = (len(check[key]) for key in ("missing", "extra", "disagree"))
            console.print(
                f"Against {check['source']}: {check['both']:,} open in both, {missing:,} only there, {extra:,} only"
                f" here, {differ:,} with another status.\n"
            )
        _tables(console, answer)
        _faults(console, answer)
        return console.file.getvalue()  # type: ignore[attr-defined]


def mapping_of(path: Path) -> Meanings:
    """The mapping in a JSON file: `{"columns": {header: field}, "status": {raw: meaning}, "team": {…}}`."""
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path.name} is not JSON: {error}.") from error
    if not isinstance(said, dict) or not all(_is_words(values) for values in said.values()):
        raise Refused(f'{path.name} must be of the form {{"status": {{"their word": "looked_after"}}}}.')
    known = {"columns", "team", "worker", *MAPPED_FIELDS}
    if unknown := sorted(set(said) - known):
        raise Refused(
            *(f"{path.name} maps {name!r}, which is not one of {', '.join(sorted(known))}." for name in unknown)
        )
    allowed = {*STATUSES, "closed"}
    wrong = [(raw, to) for raw, to in said.get("status", {}).items() if to not in allowed]
    if wrong:
        raise Refused(*(f"{path.name} maps {raw!r} to {to!r}, which is not a status." for raw, to in wrong))
    columns = said.pop("columns", {})
    return Meanings(values=said, columns=columns)


def _is_words(values: Any) -> bool:
    return isinstance(values, dict) and all(isinstance(value, str) for value in values.values())


def _date(written: str) -> date:
    found = day(written)
    if found is None or isinstance(found, Bad):
        raise ArgumentTypeError(f"{written!r} is not a date such as 2024-03-31")
    return found


def _tables(console: Console, answer: Mapping[str, Any]) -> None:
    _table(console, ("Read", "Rows"), ((_place(t, t["list"]), f"{t['rows']:,}") for t in answer["recognised"]))
    _table(console, ("Not used", "Why"), ((_place(sheet, ""), sheet["why"]) for sheet in answer["ignored"]))
    left = [(t["list"], ", ".join(t["ignored_columns"])) for t in answer["recognised"] if t["ignored_columns"]]
    _table(console, ("List", "Columns not used"), left)
    for title, key in (("Status", "by_status"), ("Tag", "by_tag"), ("Team", "by_team")):
        _table(
            console,
            (title, _COUNTED[answer["kind"]].capitalize()),
            ((name, f"{count:,}") for name, count in answer[key].items()),
        )


def _faults(console: Console, answer: Mapping[str, Any]) -> None:
    faults = [(_place(fault, fault["column"], fault["row"]), fault["message"]) for fault in answer["faults"]]
    _table(console, (f"Faults ({len(faults):,})", ""), faults[:SHOWN])
    unmapped = [(value["field"], value["value"], f"{value['count']:,}") for value in answer["unmapped"]]
    _table(console, (f"Unmapped ({len(unmapped):,})", "Value", "Rows"), unmapped[:SHOWN])
    if max(len(faults), len(unmapped)) > SHOWN:
        console.print(f"The first {SHOWN} are shown; --json gives all.")


def _place(where: Mapping[str, Any], what: str, row: int | None = None) -> str:
    parts = (where["sheet"] or where["file"], f"row {row}" if row else "", what)
    return ", ".join(part for part in parts if part)


def _table(console: Console, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table, or nothing where it has no rows. What stands in the files is never read as markup."""
    table = Table(*headings, show_edge=False)
    for row in rows:
        table.add_row(*map(escape, row))
    if table.row_count:
        console.print(table, "")
