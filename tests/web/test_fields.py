"""The day asked for as day, month and year: what it accepts, and the sentence for what it does not."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from goldenthread.web.fields import DayField, DayInput, Parts

SESSION = DayField(label="Date of the session")


def sentence(field: DayField, *typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(Parts(*typed) if typed else None)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed", [("3", "8", "2026"), ("03", "08", "2026"), ("3", "Aug", "2026"), ("3", "august", "2026")]
)
def test_a_day_is_read_however_its_month_is_written(typed: tuple[str, str, str]) -> None:
    assert SESSION.clean(Parts(*typed)) == date(2026, 8, 3)


def test_the_three_boxes_are_read_without_the_spaces_around_them() -> None:
    data = {"on-day": " 3", "on-month": "8 ", "on-year": "2026"}

    assert DayInput().value_from_datadict(data, {}, "on") == Parts("3", "8", "2026")


def test_three_empty_boxes_are_no_answer() -> None:
    assert DayInput().value_from_datadict({"on-day": "", "on-month": " "}, {}, "on") is None


def test_no_answer_is_refused_by_name() -> None:
    assert sentence(SESSION) == (
        "Date of the session: nothing was given. Give a day, a month and a year, for example 31 3 2026."
    )


def test_no_answer_will_do_where_none_is_required() -> None:
    assert DayField(label="Closed on", required=False).clean(None) is None


@pytest.mark.parametrize("typed", [("31", "2", "2026"), ("3", "13", "2026"), ("3", "8", "26"), ("x", "8", "2026")])
def test_what_is_no_date_is_refused_with_what_was_typed(typed: tuple[str, str, str]) -> None:
    assert sentence(SESSION, *typed) == (
        f"Date of the session: “{' '.join(typed)}” is not a real date. Give one, for example 31 3 2026."
    )


def test_what_is_missing_is_named() -> None:
    assert sentence(SESSION, "3", "", "") == (
        "Date of the session: “3” is not whole. It must have a month and a year too, for example 31 3 2026."
    )


def test_a_day_too_early_or_too_late_is_told_the_bound() -> None:
    field = DayField(label="Due", earliest=date(2026, 4, 1), latest=date(2027, 3, 31))

    assert [sentence(field, "31", "3", "2026"), sentence(field, "1", "4", "2027")] == [
        "Due: 31 March 2026 will not do. It must be on or after 1 April 2026.",
        "Due: 1 April 2027 will not do. It must be on or before 31 March 2027.",
    ]


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        (("31", "2", "2026"), ("day", "month", "year")),
        (("3", "13", "2026"), ("month",)),
        (("3", "8", "26"), ("year",)),
        (("3", "", ""), ("month", "year")),
    ],
)
def test_the_boxes_that_cannot_be_right_are_marked(typed: tuple[str, str, str], faulty: tuple[str, ...]) -> None:
    assert DayInput().parts_of(Parts(*typed), faulty=True).faulty == faulty


def test_a_stored_day_fills_the_boxes() -> None:
    assert DayInput().parts_of(date(2026, 8, 3), faulty=False) == Parts("3", "8", "2026")


def test_the_day_shown_and_sent_back_unchanged_has_not_changed() -> None:
    assert SESSION.has_changed(date(2026, 8, 3), Parts("3", "8", "2026")) is False
