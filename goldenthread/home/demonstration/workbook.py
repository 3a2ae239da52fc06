"""Writing the invented council's files: Annex A in a council's dialect, a case system's extract, the staff list."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter

from goldenthread.method.refusal import Refused

from .annex_a import COLUMNS, TITLES, annex_a_rows
from .chance import Chance
from .council import Council
from .dialects import Cell, Dialect, dialect_named
from .faults import Planted, plant


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it is written: its name and its rows, titles and headers included."""

    name: str
    rows: list[list[Cell]]
    headings: int = 1  # how many of the first rows are titles and headers


FRONT_SHEETS = (
    Sheet("Front_Sheet", [["Annex A: child level data"], ["INVENTED DATA. Nothing here is about a real child."]]),
    Sheet(
        "Guidance", [["List", "Who is in it"], ["6", "Every child receiving a service now or in the last six months"]]
    ),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: where, the rows of each list, the children open in it by status, and the faults planted."""

    path: Path
    rows: dict[int, int]
    open_by_status: dict[str, int]
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class AnnexA:
    """The whole workbook in a dialect, before it is put in a file."""

    sheets: tuple[Sheet, ...]
    rows: dict[int, int]
    planted: tuple[Planted, ...]


def annex_a(council: Council, *, as_at: date, dialect: Dialect) -> AnnexA:
    """Every sheet of the workbook as this council would write it, faults and all."""
    if as_at > council.today:
        raise Refused(f"The council was invented for {council.today:%d %B %Y}; it knows nothing of {as_at:%d %B %Y}.")
    lists = {
        number: [dialect.written(row, child=number != 11) for row in rows]
        for number, rows in annex_a_rows(council, as_at=as_at).items()
    }
    planted = plant(lists, council, dialect, Chance(council.seed, "faults", dialect.name))
    front = FRONT_SHEETS if dialect.front_sheets else ()
    sheets = [_sheet(number, rows, dialect) for number, rows in lists.items()]
    return AnnexA((*front, *sheets), {number: len(rows) for number, rows in lists.items()}, planted)


def write_annex_a(council: Council, path: Path, *, as_at: date, dialect: str = "template") -> Written:
    """Write Annex A to a workbook (.xlsx), or for the dialect "worksheet-csv" to a folder of one CSV a list.

    The same council, day and dialect give the same bytes. The old .xls is written by the tests alone.
    """
    workbook = annex_a(council, as_at=as_at, dialect=dialect_named(dialect))
    if dialect == "old":
        raise Refused("The dialect 'old' is a binary .xls, which only the tests write.")
    if dialect == "worksheet-csv":
        path.mkdir(parents=True, exist_ok=True)
        for sheet in workbook.sheets:
            _write_csv(path / f"{sheet.name}.csv", sheet.rows)
    else:
        _write_xlsx(path, workbook.sheets, made_on=as_at)
    counts = Counter(child.status for child in council.open_children(as_at))
    return Written(path, workbook.rows, dict(counts), workbook.planted)


def write_extract(council: Council, path: Path) -> Path:
    """The open children as a case system's own extract: headers of its own, and service hierarchy from the teams."""
    rows: list[Sequence[Cell]] = [
        ["Person ID", "DOB", "Sex", "Case Type", "Service", "Team", "Case Holder", "Start Date", "Last Visit"]
    ]
    for child in council.open_children():
        seen = f"{child.last_seen_on:%d/%m/%Y}" if child.last_seen_on else ""
        held = (council.team[child.team].parent, child.team, council.person[child.worker].name)
        case = child.status.replace("_", " ").capitalize()
        rows.append(
            [child.ref, f"{child.born_on:%d/%m/%Y}", child.sex, case, *held, f"{child.started_on:%d/%m/%Y}", seen]
        )
    return _write_csv(path, rows)


def write_people(council: Council, path: Path) -> Path:
    """The posts held today and over the last two years, one row each, with the person who held them."""
    rows: list[Sequence[Cell]] = [
        ["staff_id", "username", "name", "post", "title", "team", "started_on", "ended_on", "share_of_week", "auditor"]
    ]
    for post in council.posts:
        person = council.person[post.person]
        ended = post.ended_on.isoformat() if post.ended_on else ""
        who = [person.staff_id, person.username, person.name, post.kind, post.title, post.team]
        rows.append([*who, post.started_on.isoformat(), ended, post.share, "yes" if person.is_auditor else "no"])
    return _write_csv(path, rows)


def _sheet(number: int, rows: list[list[Cell]], dialect: Dialect) -> Sheet:
    columns = COLUMNS[number]
    title: list[Cell] = [f"List {number}: {TITLES[number]}", *[None] * (len(columns) - 1)]
    headings: list[list[Cell]] = [[dialect.header(column) for column in columns]]
    if dialect.has_title_row:
        headings.insert(0, title)
    return Sheet(dialect.sheet.format(number), [*headings, *rows], len(headings))


def _write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def _write_xlsx(path: Path, sheets: Iterable[Sheet], *, made_on: date) -> None:
    """A workbook dated by the list itself, so that the same list gives the same bytes."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": "Annex A (invented data)", "created": datetime.combine(made_on, time())})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for n, row in enumerate(sheet.rows):
                page.write_row(n, 0, row, bold if n < sheet.headings else None)
