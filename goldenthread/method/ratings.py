"""Pairs of grades from a file: the same item graded by a first and a second grader."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldenthread.method.agreement import Table, table_of
from goldenthread.method.refusal import Refused

COLUMNS = ("item", "first", "second")
FAULTS_SHOWN = 50


def read_scale(text: str) -> tuple[str, ...]:
    """The grades of a scale in their order, from `A,B,C`. Refused: fewer than two, one given twice.

    >>> read_scale("Good, Requires improvement,Inadequate")
    ('Good', 'Requires improvement', 'Inadequate')
    """
    scale = tuple(grade.strip() for grade in text.split(",") if grade.strip())
    if len(scale) < 2:
        raise Refused(f"The scale {text!r} has {len(scale) or 'no'} grade; give at least two, in order: A,B,C,D.")
    if twice := sorted({grade for grade in scale if scale.count(grade) > 1}):
        raise Refused(*(f"The scale gives {grade!r} twice; each grade is expected once." for grade in twice))
    return scale


def read_ratings(data: bytes, scale: Sequence[str], *, name: str) -> Table:
    """The table of pairs, of shape (q, q), in the bytes of a CSV file with the columns item, first and second.

    Refused, each fault with its row: text that is not UTF-8, a column missing, a blank or unknown grade, an item
    without a name or given twice. Further columns are left alone.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(f"{name}, row {line}: the text is not UTF-8; save it as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        places = _places(header, name)
        return _pairs(reader, places, scale, name)
    except csv.Error as error:
        raise Refused(f"{name}, row {reader.line_num}: this is not CSV: {error}.") from error


def _places(header: Sequence[str], name: str) -> tuple[int, ...]:
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        found = ", ".join(header) or "nothing"
        raise Refused(*(f"{name}, row 1: the column {each} is missing; the header is {found}." for each in missing))
    return tuple(header.index(column) for column in COLUMNS)


def _pairs(reader: Any, places: tuple[int, ...], scale: Sequence[str], name: str) -> Table:
    codes = {grade: code for code, grade in enumerate(scale)}
    first: list[int] = []
    second: list[int] = []
    seen: dict[str, int] = {}
    faults: list[str] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        item, *grades = (row[place].strip() if place < len(row) else "" for place in places)
        wrong = _faults(item, grades, codes, seen)
        if wrong:
            faults += [f"{name}, row {reader.line_num}, column {column}: {fault}" for column, fault in wrong]
        else:
            seen[item] = reader.line_num
            first.append(codes[grades[0]])
            second.append(codes[grades[1]])
    if faults:
        more = len(faults) - FAULTS_SHOWN
        raise Refused(*faults[:FAULTS_SHOWN], *([f"{name}: and {more} more faults."] if more > 0 else []))
    if not first:
        raise Refused(f"{name} holds no pair of grades below its header.")
    return table_of(np.array(first), np.array(second), len(scale))


def _faults(
    item: str, grades: Sequence[str], codes: dict[str, int], seen: dict[str, int]
) -> list[tuple[str, str]]:  # fmt: skip
    faults = []
    if not item:
        faults.append(("item", "this is blank; what was graded is expected."))
    elif item in seen:
        faults.append(("item", f"{item!r} stands in row {seen[item]} already; once is expected."))
    for column, grade in zip(COLUMNS[1:], grades, strict=True):
        if grade not in codes:
            said = f"{grade[:60]!r} is not on the scale" if grade else "this is blank"
            faults.append((column, f"{said}; one of {', '.join(codes)} is expected."))
    return faults
