"""Cells by their column's type: every way a date, an age or a reference is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from goldenthread.select.formats.cells import Bad, age, day, reference, text


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 4, 5),
        datetime(2024, 4, 5, 13, 30),
        45_387.0,
        45_387.75,
        "05/04/2024",
        "5/4/2024",
        "05/04/24",
        "05-04-2024",
        "05.04.2024",
        "05/04/2024 00:00",
        "05/04/2024 13:30:00",
        "2024-04-05",
        "2024/04/05",
        "2024-04-05T00:00:00",
        "2024-04-05 00:00:00.000",
        "2024-04-05T00:00:00Z",
        "20240405",
        "5 Apr 2024",
        "05-Apr-2024",
        "05-Apr-24",
        "5th April 2024",
        "Friday, 5 April 2024",
        "45387",
        "45387.0",
        " 05/04/2024\xa0",
    ],
)
def test_a_date_is_read_however_it_is_written(written: Any) -> None:
    assert day(written) == date(2024, 4, 5)


@pytest.mark.parametrize(
    "written",
    ["", " ", "NULL", "nan", "NaT", "#N/A", "n/a", "-", date(1900, 1, 1), "01/01/1900", 0.0, 1.0, "9999-12-31"],
)
def test_no_date_is_read_however_it_is_written(written: Any) -> None:
    assert day(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "May be 8 Jan 2000",
        "31/02/2024",
        "12/25/2023",
        "0202-01-01",
        "yes",
        "2024",
        True,
        timedelta(hours=3),
        -4.0,
        1e12,
    ],
)
def test_what_is_not_a_date_is_bad(written: Any) -> None:
    assert isinstance(day(written), Bad)


def test_every_day_of_four_years_is_read_back_from_every_way_of_writing_it() -> None:
    ways = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d-%B-%Y", "%d.%m.%y", "%Y%m%d", "%d/%m/%Y %H:%M:%S")
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(1_461)]
    assert [(way, d) for way in ways for d in days if day(d.strftime(way)) != d] == []


@pytest.mark.parametrize(
    ("written", "years"),
    [
        (6.138261464750171, 6),
        (17.99, 17),
        (0.0, 0),
        (-1.0, -1),
        ("-1", -1),
        ("Unborn", -1),
        ("<1", 0),
        ("Under 1", 0),
        ("8 months", 0),
        ("18 months", 1),
        ("3 weeks", 0),
        ("12", 12),
        ("12 yrs", 12),
        ("4 years old", 4),
        (22, 22),
        ("", None),
        ("NULL", None),
    ],
)
def test_an_age_is_read_however_it_is_written(written: Any, years: int | None) -> None:
    assert age(written) == years
    assert not isinstance(age(written), Bad)


@pytest.mark.parametrize("written", ["ten", 412.0, -7, date(2020, 1, 1), True])
def test_what_is_not_an_age_is_bad(written: Any) -> None:
    assert isinstance(age(written), Bad)


@pytest.mark.parametrize(
    "written", ["Total", "Grand Total", "Sub-total", "Count: 12", "Notes: as at May", date(2024, 1, 1), True]
)
def test_a_total_or_a_note_is_no_reference(written: Any) -> None:
    assert isinstance(reference(written), Bad)


@pytest.mark.parametrize("written", ["Totnes-12", "Notesworth1", "N12", "A"])
def test_a_reference_that_begins_like_a_note_is_a_reference(written: str) -> None:
    assert reference(written) == written
    assert not isinstance(reference(written), Bad)


def test_text_loses_odd_spaces_and_keeps_its_words() -> None:
    assert text("  Duty\xa0and   Advice \t2 ") == "Duty and Advice 2"
