"""What a report is, before anyone decides what it looks like: frozen values that JSON can keep.

A report composes itself into these; `page`, `pdf` and `word` show them; an Edition keeps `to_json(report)`, so what was
published can be shown again as it was, whatever the figures say today. Everything a reader sees is plain text: no value
here is ever markup, in any of the three forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

from goldenthread.method.refusal import Refused

FORM = 1  # of the JSON; raise it when a kept edition could no longer be read, and read the old one too
GREYSCALE_PATTERNS = ("solid", "diagonal", "dots", "upright")

ChartKind = Literal["stacked_bar", "bar", "run", "dots"]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of sentences the product computed."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A person's or a unit's own words, set apart from what was computed; a line break begins a new paragraph."""

    by: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Figure:
    """One number worth seeing first: "31 of 40", what it counts, and what to know about it (or "")."""

    number: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures side by side; three or four read best."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under one row of column headers; `numeric_columns` counts from 0 and those are set to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric_columns: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.head):
                raise ValueError(
                    f"Table “{self.caption}”: row {number} has {len(row)} cells, {len(self.head)} expected."
                )

    @property
    def shares(self) -> tuple[int, ...]:
        """How wide each column wants to be beside the others, from its longest cell, within reason."""
        columns = zip(self.head, *self.rows, strict=True)
        return tuple(min(40, max(8, *(len(cell) + 3 for cell in column))) for column in columns)


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: its values in the order of the chart's categories.

    A value of None is protected or was not measured, and is drawn as absent. `colour` is "#rrggbb". `pattern` is what
    tells the series apart in greyscale: one of `GREYSCALE_PATTERNS`.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    pattern: str = "solid"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.colour):
            raise ValueError(f"Series “{self.name}”: the colour {self.colour!r} is not of the form #rrggbb.")
        if self.pattern not in GREYSCALE_PATTERNS:
            raise ValueError(f"Series “{self.name}”: the pattern {self.pattern!r} is none of {GREYSCALE_PATTERNS}.")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table it always carries.

    `alt` is one sentence that says what the picture shows; every reader sees it. "bar" and "stacked_bar" lie on their
    sides, one bar a category; "run" is a line over time, with `references` (label, value) drawn across it: a mean, a
    target; `lower` and `upper` are its control limits, one a category. "dots" has a dot a category, and its interval
    from `lower` to `upper`. `unit` follows each number ("%"). `absent` is said where a whole bar is protected.
    """

    kind: ChartKind
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table: Table
    unit: str = ""
    references: tuple[tuple[str, float], ...] = ()
    absent: str = "not shown"
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"Chart “{self.title}” needs a sentence that says what it shows.")
        if self.kind in ("bar", "dots") and len(self.series) != 1:
            raise ValueError(f"Chart “{self.title}”: a {self.kind} chart has one series, {len(self.series)} given.")
        if {len(self.lower), len(self.upper)} - {0, len(self.categories)} or len(self.lower) != len(self.upper):
            raise ValueError(f"Chart “{self.title}”: {len(self.categories)} lower and upper ends expected, or none.")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(
                    f"Chart “{self.title}”: “{series.name}” has {len(series.values)} values "
                    f"for {len(self.categories)} categories."
                )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, how often ("12 files", or "" where that would say too much) and its theme, or ""."""

    text: str
    count: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A titled list of findings."""

    title: str
    items: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Protected:
    """Says that small numbers were held back, and why."""

    text: str


Block = Text | Words | Figures | Table | Chart | Points | Protected


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `published_on` is None while it is a draft; `summary` is what a reader with one minute sees."""

    title: str
    subtitle: str
    council: str
    period: str
    edition: str
    published_on: date | None
    published_by: str
    audience: str
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    about: tuple[Block, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The cover's labelled facts, in order; what is unknown is left out."""
        published = f"{day_in_words(self.published_on)}, {self.published_by}" if self.published_on else "Not yet: draft"
        rows = (("Period", self.period), ("For", self.audience), ("Edition", self.edition), ("Published", published))
        return tuple((label, value) for label, value in rows if value)

    @property
    def parts(self) -> tuple[Section, ...]:
        """The sections with their headings, the summary first and what the report rests on last."""
        ends = (Section("Summary", self.summary), *self.sections, Section("About this report", self.about))
        return tuple(section for section in ends if section.blocks)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart in reading order: chart 1 stands behind table 1 at the end of a printed report."""
        return tuple(block for part in self.parts for block in part.blocks if isinstance(block, Chart))


def day_in_words(day: date) -> str:
    """
    >>> day_in_words(date(2026, 3, 5))
    '5 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def number_in_words(value: float | None, *, unit: str = "", absent: str = "not shown") -> str:
    """A value as a reader expects it, without a needless ".0".

    >>> number_in_words(12345.0), number_in_words(67.52, unit="%"), number_in_words(None)
    ('12,345', '67.5%', 'not shown')
    """
    return absent if value is None else f"{value:,.1f}".removesuffix(".0") + unit


def table_behind(
    *,
    caption: str,
    corner: str,
    categories: tuple[str, ...],
    series: tuple[Series, ...],
    unit: str = "",
    note: str = "",
) -> Table:
    """The table a chart carries: a row for each category, a column for each series."""
    rows = tuple(
        (category, *(number_in_words(one.values[place], unit=unit) for one in series))
        for place, category in enumerate(categories)
    )
    head = (corner, *(one.name for one in series))
    return Table(caption, head, rows, numeric_columns=tuple(range(1, len(head))), note=note)


# --- kept with an edition -----------------------------------------------------------------------------------------

_CLASSES = {
    one.__name__: one
    for one in (Text, Words, Figure, Figures, Table, Series, Chart, Finding, Points, Protected, Section, Report)
}


def plain(value: Any) -> Any:
    """A value of this module as dicts, lists, texts and numbers; each dict says under "is" what it was."""
    if is_dataclass(value):
        return {"is": type(value).__name__} | {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def to_json(report: Report) -> dict[str, Any]:
    """The report as one JSON document of dicts, lists, texts and numbers, as a JSON field keeps it."""
    return {"form": FORM, "report": plain(report)}


def from_json(document: Mapping[str, Any]) -> Report:
    """The report that `to_json` wrote. Refused when the document was written in a form this version cannot read."""
    if document.get("form") != FORM:
        raise Refused(f"This edition is kept in form {document.get('form')}, but only form {FORM} can be read here.")
    report = _restored(document["report"])
    return replace(report, published_on=date.fromisoformat(report.published_on) if report.published_on else None)


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_restored(one) for one in value)
    if isinstance(value, dict):
        return _CLASSES[value["is"]](**{name: _restored(one) for name, one in value.items() if name != "is"})
    return value
