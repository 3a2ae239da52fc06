"""The faults that real case lists hold, planted on purpose. None of them changes which children are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .annex_a import COLUMNS
from .chance import Chance
from .child import Child
from .council import Council
from .dialects import Cell, Dialect

BAD_DATES = ("May be 8 Jan 2000", "NULL", "31/02/2024", "not known", "12/2019")
UNKNOWN_CODES = ("~DO NOT USE ESCR TESTING ONLY!!!!", "#MULTIVALUE", "Code 'Q' is not mapped")
NOTES = ("Figures checked by the performance team", "End of list", "* includes unborn children")

Sheets = dict[int, list[list[Cell]]]


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault: the list, the reference in its row ("" for a row that is no child's) and what it is."""

    list_number: int
    ref: str
    kind: str
    value: str = ""


def plant(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance) -> tuple[Planted, ...]:
    """Plant faults in rows that are already written, as many as a council of that size has; say what was planted."""
    size = max(1, round(len(sheets[6]) / 800))
    seeds: tuple[Callable[[Sheets, Council, Dialect, Chance, int], list[Planted]], ...] = (
        _leave_out_of_list_6,
        _spoil_dates,
        _spoil_codes,
        _repeat_rows,
        _lose_workers,
        _add_notes,
        _add_totals,
    )
    return tuple(fault for sow in seeds for fault in sow(sheets, council, dialect, chance, size))


def _leave_out_of_list_6(
    sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int
) -> list[Planted]:
    """A child in care in List 8, and one on a plan in List 7, of whom List 6 knows nothing."""
    in_care = chance.sample([c for c in council.children if _is_only_in_care(c)], size)
    on_plan = chance.sample([c for c in council.open_children() if c.status == "child_protection"], 1)
    gone = {dialect.reference(child.ref) for child in [*in_care, *on_plan]}
    sheets[6][:] = [row for row in sheets[6] if row[0] not in gone]
    return [Planted(8, c.ref, "not in List 6") for c in in_care] + [Planted(7, c.ref, "not in List 6") for c in on_plan]


def _is_only_in_care(child: Child) -> bool:
    return child.status == "looked_after" and child.closed_on is None and child.protection is None


def _spoil_dates(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    """Dates that are no dates, where they cost the date and not the child: births, and when last seen."""
    planted = []
    for row in chance.sample(sheets[6], size * 2):
        column = chance.pick((COLUMNS[6].index("Date of Birth"), COLUMNS[6].index("Date Child Was Last Seen")))
        row[column] = chance.pick(BAD_DATES)
        planted.append(Planted(6, str(row[0]), "bad date", str(row[column])))
    return planted


def _spoil_codes(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    planted = []
    for row in chance.sample(sheets[6], size):
        row[COLUMNS[6].index("Primary Need Code")] = value = chance.pick(UNKNOWN_CODES)
        planted.append(Planted(6, str(row[0]), "unknown code", value))
    return planted


def _repeat_rows(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    again = [list(row) for row in chance.sample(sheets[6], size)]
    sheets[6] += again
    return [Planted(6, str(row[0]), "repeated") for row in again]


def _lose_workers(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    planted = []
    for row in sheets[6]:
        if chance.happens(dialect.lost_workers):
            row[-1] = "#N/A"
            planted.append(Planted(6, str(row[0]), "worker lost"))
    return planted


def _add_notes(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    note = chance.pick(NOTES)
    sheets[6].append([None, note, *[None] * (len(COLUMNS[6]) - 2)])
    return [Planted(6, "", "note", note)]


def _add_totals(sheets: Sheets, council: Council, dialect: Dialect, chance: Chance, size: int) -> list[Planted]:
    """What a pivot table puts under a list: a row that says how many, and is nobody."""
    if not dialect.totals:
        return []
    for number in (6, 7, 8):
        sheets[number].append(["Grand Total", *[None] * (len(COLUMNS[number]) - 2), len(sheets[number])])
    return [Planted(number, "", "total") for number in (6, 7, 8)]
