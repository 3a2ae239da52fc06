"""A template as files: read from a folder of three CSV files or an .xlsx workbook, and written as a workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from python_calamine import CalamineWorkbook

from goldenthread.method.refusal import Refused
from goldenthread.method.template import COLUMNS, Source, Template, read_template

SHEETS = ("survey", "choices", "settings")
SHIPPED = Path(__file__).resolve().parents[2] / "frameworks" / "templates"

# A template of sixty questions is some 30 KB. What is far above that is no template, and is not opened.
MOST_BYTES = 5 * 2**20
MOST_INFLATED = 40 * 2**20
MOST_ROWS = 2_000
MOST_COLUMNS = 60
# The reader lays out the whole rectangle up to the last cell that holds anything, so a single far one would fill the
# memory. LibreOffice writes rows and cells without content up to the sheet's end, which are none.
# Far is beyond column BH, the sixtieth, or from row 2,000 on.
_FAR_ADDRESS = rb"""r\s*=\s*["'](?:(?:[a-z]{3,}|[c-z][a-z]|b[i-z])[0-9]+|[a-z]{0,3}(?:[2-9][0-9]{3}|[0-9]{5,}))["']"""
_BLANK_CELLS = rb"(?:\s*<c\b[^>]*(?:/>|>\s*</c>))*"
_HELD_CELL = rb"<c\b[^>]*[^/]>(?!\s*</c>)"
_FAR_CELL = re.compile(
    rb"<c\s(?:[^>]*\s)?" + _FAR_ADDRESS + rb"(?:[^>]*[^/])?>(?!\s*</c>)"
    rb"|<row\s(?:[^>]*\s)?" + _FAR_ADDRESS + rb"(?:[^>]*[^/])?>" + _BLANK_CELLS + rb"\s*" + _HELD_CELL,
    re.IGNORECASE,
)

OTHER_HEADINGS = {"relevance": "relevant", "calculate": "calculation"}  # as other programs' forms have them
NEEDED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "survey": ("type", "name", "label"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version"),
}
WIDTHS = {"type": 24, "name": 24, "label": 60, "hint": 40, "guidance_hint": 60, "relevant": 40, "calculation": 40}

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
    reading = _Reading(f"{path.name}/")
    return reading.rows({sheet: _csv_table(path / f"{sheet}.csv") for sheet in SHEETS})


def _file_rows(path: Path) -> Rows:
    if not path.is_file():
        raise Refused(f"{path}: there is no such file or folder.")
    if path.suffix.lower() != ".xlsx":
        expected = "a workbook (.xlsx), or a folder with survey.csv, choices.csv and settings.csv"
        raise Refused(f"{path.name}: is not a template file; expected {expected}.")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path.name)
    return workbook_rows(path.name, path.read_bytes())


def _csv_table(path: Path) -> list[list[str]]:
    name = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        raise Refused(f"{name}: is missing; a template's folder has survey.csv, choices.csv and settings.csv.")
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
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
    return _Reading(f"{name}, sheet ").rows(tables)


def _tables(name: str, data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of every sheet, from the very first row on, so that rows count as the spreadsheet shows them."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        named = [(sheet.strip().lower(), sheet) for sheet in book.sheet_names]
        return {name: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for name, sheet in named}
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
    except Refused:
        raise
    except Exception as error:  # a damaged archive raises nearly anything, down to ValueError of a negative seek
        raise Refused(f"{name}: is not an .xlsx workbook we can open, whatever its name says.") from error
    if far:
        raise Refused(f"{name}: has cells far outside any template; copy what you need into a new workbook.")


class _Reading:
    """The reading of three tables, with every fault of their shape. `place` stands in front of a sheet's name."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.ending = ".csv" if place.endswith("/") else ""
        self.faults: list[str] = []
        self.languages: set[str] = set()

    def rows(self, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Rows:
        found = Rows(*(self._sheet(f"{self.place}{sheet}{self.ending}", tables[sheet]) for sheet in SHEETS))
        if len(self.languages) > 1:
            several = " and ".join(sorted(self.languages))
            name = self.place.removesuffix(", sheet ").rstrip("/")
            self.faults.append(
                f"{name}: is written in {several}; a template is in one language, so leave out the rest."
            )
        if self.faults:
            raise Refused(*self.faults)
        return found

    def _sheet(self, place: str, table: Sequence[Sequence[Any]]) -> list[Row]:
        """A table with its header row as mappings; blank rows stay, so that faults can count as the sheet does."""
        texts = [[_text(cell) for cell in cells] for cells in table]
        while texts and not any(texts[-1]):
            texts.pop()
        width = max((at for cells in texts for at, text in enumerate(cells, start=1) if text), default=0)
        if len(texts) > MOST_ROWS or width > MOST_COLUMNS:
            self.faults.append(
                f"{place}: has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns, and is no template."
            )
            return []
        columns = self._columns(place, texts)
        return [self._row(place, number, columns, cells[:width]) for number, cells in enumerate(texts[1:], start=2)]

    def _columns(self, place: str, texts: Sequence[Sequence[str]]) -> list[str]:
        """Each column by XLSForm's name for it, whatever its case and language; "" for one that holds nothing."""
        columns: list[str] = []
        for at, heading in enumerate(texts[0] if texts else ()):
            held = any(at < len(cells) and cells[at] for cells in texts[1:])
            column, _, language = (part.strip() for part in heading.partition("::"))
            column = re.sub(r"[\s_]+", "_", column.lower())
            column = OTHER_HEADINGS.get(column, column) if held else ""
            if column and column in columns:
                self.faults.append(f"{place}, row 1: has the column {column} twice.")
            if language and held:
                self.languages.add(language)
            columns.append(column)
        return columns

    def _row(self, place: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
        for text, column in zip_longest(cells, columns[: len(cells)], fillvalue=""):
            if text and not column:
                self.faults.append(f"{place}, row {number}: “{text[:60]}” stands under no column name.")
        return {column: text for column, text in zip(columns, cells, strict=False) if column}


def _text(cell: Any) -> str:
    """A cell as text: a workbook hands whole numbers over as 1.0, and what it takes for yes as true."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def to_workbook(source: Source) -> bytes:
    """A kept template as an .xlsx workbook in XLSForm, which reads back to the same digest.

    Columns stand in XLSForm's order with ours behind them; every cell is text, as it was.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name in SHEETS:
            sheet, rows = book.add_worksheet(name), source[name]
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(_columns(name, rows)):
                sheet.set_column(place, place, WIDTHS.get(column, 14), words)
                sheet.write_string(0, place, column, heading)
                for number, row in enumerate(rows, start=1):
                    if column in row:
                        sheet.write_string(number, place, row[column], words)
    return made.getvalue()


def _columns(sheet: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns that hold anything, and those without which another program takes the sheet for none."""
    used = {column for row in rows for column in row}
    return [column for column in COLUMNS[sheet] if column in used or column in NEEDED_COLUMNS[sheet]]
