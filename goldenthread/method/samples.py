"""A stratified sample and the population it was drawn from, out of two CSV files; each fault with row and column."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from goldenthread.method.refusal import Refused

SIZE = "N"
YES, NO = ("yes", "true", "y"), ("no", "false", "n")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
FAULTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry a file read. `values` are True and False where they were given as yes and no, or as 0 and 1 alone."""

    values: npt.NDArray[np.float64] | npt.NDArray[np.bool_]
    strata: tuple[str, ...]
    domains: tuple[str, ...] | None


class _Line(NamedTuple):
    number: int
    stratum: str
    value: str
    domain: str


class _Faults:
    """What is wrong with one file, a sentence each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sentences: list[str] = []

    def add(self, row: int, column: str, fault: str) -> None:
        self.sentences.append(f"{self.name}, row {row}, column {column}: {fault}")

    def refuse(self) -> None:
        if self.sentences:
            more = len(self.sentences) - FAULTS_SHOWN
            rest = [f"{self.name}: and {more:,} more faults."] if more > 0 else []
            raise Refused(*self.sentences[:FAULTS_SHOWN], *rest)


def read_population(data: bytes, *, stratum: str, name: str) -> dict[str, int]:
    """How many cases each stratum has, from a CSV file with one row a case, or with one row a stratum and a column N.

    A column N says which; then no stratum may stand twice. The column of the stratum is `stratum`, or "stratum".

    >>> read_population(b"team,N\\nNorth,30\\nSouth,12\\n", stratum="team", name="pop.csv")
    {'North': 30, 'South': 12}
    >>> read_population(b"ref,team\\nK1,North\\nK2,North\\n", stratum="team", name="pop.csv")
    {'North': 2}
    """
    header, rows = _table(data, name)
    column = stratum if stratum in header or "stratum" not in header else "stratum"
    wanted = (column, SIZE) if SIZE in header else (column,)
    places, faults = _places(header, wanted, name), _Faults(name)
    sizes: dict[str, int] = {}
    seen: dict[str, int] = {}
    counted: Counter[str] = Counter()
    for number, row in rows:
        of, *size = (row[place].strip() for place in places)
        if not of:
            faults.add(number, column, "this is blank; the name of a stratum is expected.")
        elif not size:
            counted[of] += 1
        elif of in seen:
            faults.add(
                number, column,
                f"{of!r} stands in row {seen[of]} already; with a column {SIZE}, one row a stratum is expected.",
            )  # fmt: skip
        elif not (size[0].isascii() and size[0].isdigit()):
            faults.add(number, SIZE, f"{size[0]!r} is not a whole number of cases; 0 or more is expected.")
        else:
            seen[of], sizes[of] = number, int(size[0])
    faults.refuse()
    if not sizes and not counted:
        raise Refused(f"{name} holds no case below its header.")
    return sizes or dict(counted)


def read_sample(
    data: bytes, sizes: Mapping[str, int], *, stratum: str, value: str, domain: str | None = None, name: str
) -> Sample:
    """The files read: their strata, values and domains. `sizes` is the population.

    Refused, each fault with its row: a column missing, text that is not UTF-8, a value that is no number (or not yes or
    no, where any is), a stratum that is not in the population or has fewer cases than files, a file without rows.
    """
    header, rows = _table(data, name)
    places = _places(header, (stratum, value, *((domain,) if domain else ())), name)
    lines = [_Line(number, *(row[place].strip() for place in (*places, *places[:1])[:3])) for number, row in rows]
    if not lines:
        raise Refused(f"{name} holds no file below its header.")
    faults = _Faults(name)
    _check_strata(lines, sizes, stratum, faults)
    values = _values([(line.number, line.value) for line in lines], value, faults)
    if domain:
        for line in lines:
            if not line.domain:
                faults.add(line.number, domain, "this is blank; the name of a domain is expected.")
    faults.refuse()
    return Sample(
        values, tuple(line.stratum for line in lines), tuple(line.domain for line in lines) if domain else None
    )


def _check_strata(lines: Sequence[_Line], sizes: Mapping[str, int], column: str, faults: _Faults) -> None:
    read: Counter[str] = Counter()
    known = ", ".join(list(sizes)[:6]) + (" …" if len(sizes) > 6 else "")
    for number, of, *_ in lines:
        if not of:
            faults.add(number, column, "this is blank; the name of a stratum is expected.")
        elif of not in sizes:
            faults.add(number, column, f"{of[:60]!r} is not in the population; one of {known} is expected.")
        else:
            read[of] += 1
            if read[of] == sizes[of] + 1:
                cases = f"{sizes[of]:,} case{'' if sizes[of] == 1 else 's'}"
                fault = f"this is file {read[of]:,} of {of!r}, but the population has {cases} of it"
                faults.add(number, column, f"{fault}; at most as many files are expected.")


def _values(
    given: Sequence[tuple[int, str]], column: str, faults: _Faults
) -> npt.NDArray[np.float64] | npt.NDArray[np.bool_]:
    """Yes and no if any value is one of these words; else numbers, and a proportion if they are 0 and 1 alone."""
    words = {text.lower() for _, text in given}
    if words & {*YES, *NO}:
        for number, text in given:
            if text.lower() not in (*YES, *NO):
                faults.add(number, column, _said(text, "is neither yes nor no; yes or no is expected."))
        return np.array([text.lower() in YES for _, text in given], dtype=np.bool_)
    wrong = {text for _, text in given if not NUMBER.fullmatch(text)}
    for number, text in given:
        if text in wrong:
            faults.add(number, column, _said(text, "is not a number; a number, or yes or no, is expected."))
    if wrong:
        return np.zeros(0)
    numbers = np.array([float(text) for _, text in given], dtype=np.float64)
    if not np.isfinite(numbers).all():
        number = next(number for number, text in given if not np.isfinite(float(text)))
        faults.add(number, column, "this number is too large to reckon with.")
    return numbers == 1 if words <= {"0", "1"} else numbers


def _said(text: str, fault: str) -> str:
    return f"{text[:60]!r} {fault}" if text else f"this is blank and {fault}"


def _table(data: bytes, name: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header, and each row with its number in the file; rows without text are passed over."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(f"{name}, row {line}: the text is not UTF-8; save it as CSV UTF-8.") from error
    if not text.strip():
        raise Refused(f"{name} is empty; a header and rows below it are expected.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
    except csv.Error as error:
        raise Refused(f"{name}, row 1: this is not CSV: {error}.") from error
    return header, _rows(reader, len(header), name)


def _rows(reader: Iterator[list[str]], wide: int, name: str) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for row in reader:
            number += 1
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > wide and not any(row[wide:]):
                row = row[:wide]
            if len(row) != wide:
                raise Refused(
                    f"{name}, row {number}: it has {len(row)} cell{'' if len(row) == 1 else 's'}; "
                    f"{wide} are expected, as in the header."
                )
            yield number, row
    except csv.Error as error:
        raise Refused(f"{name}, row {number + 1}: this is not CSV: {error}.") from error


def _places(header: Sequence[str], wanted: Sequence[str], name: str) -> list[int]:
    shown = ", ".join(header)
    faults = [
        f"{name}, row 1: the column {each} is {'missing' if not header.count(each) else 'there twice'}; "
        f"the header is {shown}."
        for each in dict.fromkeys(wanted)
        if header.count(each) != 1
    ]
    if faults:
        raise Refused(*faults)
    return [header.index(each) for each in wanted]
