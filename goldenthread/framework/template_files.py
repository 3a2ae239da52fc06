"""Reading a template from disk: a folder of three CSV files, or an .xlsx workbook with three sheets."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Template, read_template

SHEETS = ("survey", "choices", "settings")
SHIPPED = Path(__file__).resolve().parents[2] / "frameworks" / "templates"

# A template of sixty questions is some 30 KB. What is far above that is no template, and is not opened.
MOST_BYTES = 5 * 2**20
MOST_INFLATED = 40 * 2**20
MOST_ROWS = 2_000
MOST_COLUMNS = 60
# The reader lays out the whole rectangle from the first cell to the last, so a single far one would fill the memory.
_FAR_CELL = re.compile(rb"""<(?:c|row)\s(?:[^>]*\s)?r\s*=\s*["'](?:[A-Za-z]{3,}[0-9]+|[A-Za-z]*[0-9]{5,})""")

Row = dict[str, str]


class Rows(NamedTuple):
    """The rows of a template's three sheets, each a mapping from column to text; what `read_template` takes."""

    survey: list[Row]
    choices: list[Row]
    settings: list[Row]


def rows_in(path: Path) -> Rows:
    """The rows of a template in a folder or workbook. Raises Refused, naming the file, if it cannot be read as one."""
    try:
        return _folder_rows(path) if path.is_dir() else _file_rows(path)
    except OSError as error:
        raise Refused(f"{path.name}: cannot be opened ({error.strerror}).") from None


def template_in(path: Path) -> Template:
    """The template in a folder or workbook. Raises Refused with every fault."""
    return read_template(*rows_in(path), name=path.name)


def shipped_template(key: str = "case_file") -> Template:
    """A template that comes with the product."""
    return template_in(SHIPPED / key)


def _folder_rows(path: Path) -> Rows:
    return Rows(*(_csv_rows(path / f"{sheet}.csv") for sheet in SHEETS))


def _file_rows(path: Path) -> Rows:
    if not path.is_file():
        raise Refused(f"{path}: there is no such file or folder.")
    if path.suffix.lower() != ".xlsx":
        expected = "a workbook (.xlsx), or a folder with survey.csv, choices.csv and settings.csv"
        raise Refused(f"{path.name}: is not a template file; expected {expected}.")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path.name)
    return workbook_rows(path.name, path.read_bytes())


def _csv_rows(path: Path) -> list[Row]:
    name = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        raise Refused(f"{name}: is missing; a template's folder has survey.csv, choices.csv and settings.csv.")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _rows(name, list(csv.reader(io.StringIO(text, newline=""), strict=True)))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Refused(f"{name}, row {line}: is not UTF-8 text; save it as “CSV UTF-8”.") from None
    except csv.Error as error:
        raise Refused(f"{name}: cannot be read as CSV ({error}).") from None


def _too_large(name: str) -> Refused:
    return Refused(f"{name}: is larger than {MOST_BYTES // 2**20} MB, more than any template needs.")


def workbook_rows(name: str, data: bytes) -> Rows:
    """The rows of a template's workbook, given as its bytes. Raises Refused, naming it `name`, as for a file."""
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    _refuse_unless_small_workbook(name, data)
    tables = _tables(name, data)
    absent = [sheet for sheet in SHEETS if sheet not in tables]
    if absent:
        raise Refused(f"{name}: has no sheet {' and no sheet '.join(absent)}; its sheets are {', '.join(tables)}.")
    return Rows(*(_rows(f"{name}, sheet {sheet}", tables[sheet]) for sheet in SHEETS))


def _tables(name: str, data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of every sheet, from the very first row on, so that rows count as the spreadsheet shows them."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            sheet.strip().lower(): book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
        }
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic in the reader is not an Exception
        raise Refused(f"{name}: is damaged and cannot be opened; save it again and retry.") from error


def _refuse_unless_small_workbook(name: str, data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"{name}: is protected with a password or of the old .xls kind; save it as a plain .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_INFLATED:
                raise Refused(f"{name}: would unpack to more than {MOST_INFLATED // 2**20} MB, and is no template.")
            # Reading every member holds its size and checksum against what the archive claims.
            far = any(_FAR_CELL.search(archive.read(member)) for member in archive.infolist())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        raise Refused(f"{name}: is not an .xlsx workbook we can open, whatever its name says.") from None
    if far:
        raise Refused(f"{name}: has cells far outside any template; copy what you need into a new workbook.")


def _rows(place: str, table: Sequence[Sequence[Any]]) -> list[Row]:
    """A table with its header row as mappings; blank rows stay, so that faults can count as the spreadsheet does."""
    if len(table) > MOST_ROWS or max(map(len, table), default=0) > MOST_COLUMNS:
        raise Refused(f"{place}: has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns, and is no template.")
    if not table:
        return []
    header = [_text(cell) for cell in table[0]]
    for column in header:
        if column and header.count(column) > 1:
            raise Refused(f"{place}, row 1: has the column {column} twice.")
    return [_row(place, number, header, cells) for number, cells in enumerate(table[1:], start=2)]


def _row(place: str, number: int, header: Sequence[str], cells: Sequence[Any]) -> Row:
    row: Row = {}
    for index, cell in enumerate(cells):
        text = _text(cell)
        column = header[index] if index < len(header) else ""
        if text and not column:
            raise Refused(f"{place}, row {number}: “{text[:60]}” stands under no column name.")
        if column:
            row[column] = text
    return row


def _text(cell: Any) -> str:
    """A cell as text: a workbook hands whole numbers over as 1.0, and what it takes for yes as true."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
