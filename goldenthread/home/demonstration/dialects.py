"""The dialects in which councils write their Annex A: one table, a row for each way seen in published files.

Source: the test files and matching rules of public tools that read Annex A (headers, sheet names, codes, dates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from goldenthread.method.refusal import Refused

from .annex_a import Age, Row, Value
from .codes import Coded, written

Cell = str | int | float | datetime | None
EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar, as far as dates after February 1900 go


@dataclass(frozen=True, slots=True)
class Dialect:
    """One council's way of writing the workbook. `codes`: preferred, bare, short; `dates`: excel, uk, iso, serial;
    `ages`: whole, exact, words; `ids`: text, or number (digits of the reference only)."""

    name: str
    says: str
    sheet: str = "List_{}"
    has_title_row: bool = True
    codes: str = "preferred"
    dates: str = "excel"
    ages: str = "whole"
    ids: str = "text"
    front_sheets: bool = False
    totals: bool = False
    lost_workers: float = 0.0  # share of rows whose worker is a failed look-up
    renamed: Mapping[str, str] = field(default_factory=dict)

    def header(self, column: str) -> str:
        return self.renamed.get(column, column)

    def reference(self, ref: str) -> Cell:
        return int(ref[1:]) if self.ids == "number" else ref

    def written(self, row: Row, *, child: bool) -> list[Cell]:
        """One row; its first value is a child's reference, or somebody else's."""
        first = self.reference(str(row[0])) if child else self.cell(row[0])
        return [first, *map(self.cell, row[1:])]

    def cell(self, value: Value) -> Cell:
        """One value as this council writes it."""
        if isinstance(value, Coded):
            return written(value, self.codes)
        if isinstance(value, Age):
            return self._age(value)
        if isinstance(value, date):
            return self._date(value)
        return value

    def _date(self, value: date) -> Cell:
        if self.dates == "uk":
            return value.strftime("%d/%m/%Y")
        if self.dates == "iso":
            return value.isoformat()
        if self.dates == "serial":
            return float((value - EPOCH).days)
        return datetime.combine(value, time())

    def _age(self, age: Age) -> Cell:
        if self.ages == "exact":
            return age.exact if age.whole >= 0 else -1
        if self.ages == "words" and age.whole == 0:
            return "<1" if age.exact < 0.25 else f"{int(age.exact * 12)} months"
        return age.whole


DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "template",
            "Ofsted's own workbook: a title row, headers on row 2, preferred codes, front sheets",
            front_sheets=True,
        ),
        Dialect(
            "plain",
            "headers on row 1, sheets named 'List 6', codes without their letters, references as numbers",
            sheet="List {}",
            has_title_row=False,
            codes="bare",
            ages="exact",
            ids="number",
            renamed={
                "Age of Child (Years)": "Age",
                "Date of referral": "Date of Referral",
                "LA In Touch ": "LA in Touch",
            },
        ),
        Dialect(
            "worksheet-csv",
            "a folder with one CSV for each list, dates as text",
            sheet="List {}",
            has_title_row=False,
            dates="uk",
            ages="words",
            renamed={"Case status": "Case Status"},
        ),
        Dialect(
            "pivot",
            "a pivot table's export: 'Sum of' headers, totals rows, failed look-ups, ISO dates as text, short codes",
            sheet="List {}",
            codes="short",
            dates="iso",
            front_sheets=True,
            totals=True,
            lost_workers=0.02,
            renamed={
                "Number of Previous Child Protection Plans": "Sum of Number of Previous Child Protection Plans",
                "Number of Placements in the Last 12 months": "Sum of Number of Placements in the Last 12 months",
                "Child Unique ID": "ChildUniqueID",
                "Case status": "CaseStatus",
            },
        ),
        Dialect(
            "old",
            "the binary .xls of before 2007: dates as serial numbers, references as numbers with a point",
            dates="serial",
            ids="number",
        ),
    )
}


def dialect_named(name: str) -> Dialect:
    """The dialect of that name, or a refusal that names those there are."""
    if name not in DIALECTS:
        raise Refused(f"There is no dialect called '{name}'; choose one of {', '.join(DIALECTS)}.")
    return DIALECTS[name]
