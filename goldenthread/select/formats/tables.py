"""Files to tables: every sheet, or the one table of a CSV file, as a grid of values with its place in the file."""

from __future__ import annotations

import csv
import gc
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import old_workbook
from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.formats.old_workbook import MOST_CELLS
from goldenthread.select.formats.safety import MOST_BYTES, checked, damaged, far_cells, locked

MOST_ROWS = 400_000


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of values. `first_row` is the spreadsheet's number of the grid's first row; `sheet` is "" in a CSV."""

    file: str
    sheet: str
    grid: list[list[Any]]
    first_row: int

    @property
    def place(self) -> str:
        return f"sheet {self.sheet!r} of {self.file}" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Document:
    """An XML file, kept whole for the format that knows its shape."""

    file: str
    data: bytes


Opened = Table | Document


@contextmanager
def uncollected() -> Iterator[None]:
    """While hundreds of thousands of cells are made, none of them in a cycle, looking for cycles costs a fifth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def opened(files: Sequence[Path | NamedBytes]) -> list[Opened]:
    """Open every file, or raise `Refused` with one sentence about each that cannot be."""
    parts: list[Opened] = []
    refusals: list[str] = []
    for file in files:
        try:
            parts += _opened(_bytes_of(file))
        except Refused as refusal:
            refusals += refusal.sentences
    if refusals:
        raise Refused(*refusals)
    return parts


def _bytes_of(file: Path | NamedBytes) -> NamedBytes:
    if isinstance(file, NamedBytes):
        return file
    try:
        with file.open("rb") as stream:
            return NamedBytes(file.name, stream.read(MOST_BYTES + 1))
    except OSError as error:
        raise Refused(f"{file.name} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from error


def _opened(file: NamedBytes) -> list[Opened]:
    safe = checked(file)
    file = NamedBytes(file.name, safe.data)
    match safe.kind:
        case "xml":
            return [Document(file.name, file.data)]
        case "csv":
            return list(_csv(file))
        case "old workbook":
            return list(_filled(file.name, _old_workbook(file)))
        case _:
            return list(_filled(file.name, _workbook(file)))


def _filled(name: str, tables: list[Table]) -> list[Table]:
    if not any(table.grid for table in tables):
        raise Refused(f"{name} is a workbook with nothing in it.")
    return tables


def _workbook(file: NamedBytes) -> list[Table]:
    """All sheets of a workbook. The one place where the reader's own failures, panics included, become a sentence."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(file.data))
        return [_sheet(file.name, book, index) for index in range(len(book.sheet_names))]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic in the reader is not an Exception
        raise Refused(damaged(file.name)) from error


def _sheet(file: str, book: python_calamine.CalamineWorkbook, index: int) -> Table:
    if book.sheets_metadata[index].typ is not python_calamine.SheetTypeEnum.WorkSheet:
        return Table(file, book.sheet_names[index], [], 1)
    sheet = book.get_sheet_by_index(index)
    return Table(file, book.sheet_names[index], sheet.to_python(), (sheet.start or (0, 0))[0] + 1)


def _old_workbook(file: NamedBytes) -> list[Table]:
    said = old_workbook.sheets(file.data)
    if "locked" in said:
        raise Refused(locked(file.name))
    if "far" in said:
        raise Refused(far_cells(file.name, *said["far"]))
    if "sheets" not in said:
        raise Refused(damaged(file.name))
    return [Table(file.name, name, grid, first_row) for name, first_row, grid in said["sheets"]]


def _csv(file: NamedBytes) -> list[Table]:
    text = _decoded(file)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        grid: list[list[Any]] = [row for _, row in zip(range(MOST_ROWS + 1), reader, strict=False)]
    except csv.Error as error:
        raise Refused(f"{file.name} cannot be read as a CSV file: {error}.") from error
    if len(grid) > MOST_ROWS:
        raise Refused(f"{file.name} has more than {MOST_ROWS:,} rows, more than any case list needs.")
    widest = max(map(len, grid))
    if widest * len(grid) > MOST_CELLS:
        raise Refused(far_cells(file.name, len(grid), widest))
    return [Table(file.name, "", grid, 1)]


def _decoded(file: NamedBytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252, which Excel writes in England."""
    if file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return file.data.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines most; a title line above the header has none."""
    head = "\n".join(text[:20_000].splitlines()[:20])
    return max(",;\t|", key=head.count)
