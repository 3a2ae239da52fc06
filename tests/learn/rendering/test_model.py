"""A report is plain values that an edition can keep."""

from __future__ import annotations

import dataclasses
import json
from typing import get_args

import pytest

from goldenthread.learn.rendering.model import (
    Block,
    Chart,
    Report,
    Series,
    Table,
    Text,
    Words,
    from_json,
    table_behind,
    to_json,
)
from goldenthread.method.refusal import Refused
from tests.learn.sample_report import sample_report


def kept_and_read(report: Report) -> Report:
    """Through real JSON with its keys in another order, as PostgreSQL gives them back."""
    return from_json(json.loads(json.dumps(to_json(report), sort_keys=True)))


def test_an_edition_gives_back_the_report_it_kept() -> None:
    assert kept_and_read(sample_report()) == sample_report()


def test_a_draft_is_kept_too() -> None:
    draft = sample_report(published_on=None)

    assert kept_and_read(draft) == draft


def test_the_sample_holds_every_kind_of_block() -> None:
    blocks = {type(block) for part in sample_report().parts for block in part.blocks}

    assert blocks == set(get_args(Block))


def test_an_edition_of_an_unknown_form_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="^This edition is kept in form 7, but only form 1 can be read here.$"):
        from_json(to_json(sample_report()) | {"form": 7})


def test_a_report_begins_with_its_summary_and_ends_with_what_it_rests_on() -> None:
    titles = [part.title for part in sample_report().parts]

    assert titles == [
        "Summary",
        "Grades",
        "Practice and process",
        "Outcomes and early help",
        "Tasks",
        "About this report",
    ]


def test_a_part_with_nothing_in_it_has_no_heading() -> None:
    bare = sample_report(summary=(), sections=())

    assert [part.title for part in bare.parts] == ["About this report"]


def test_a_draft_says_so_on_its_cover() -> None:
    assert sample_report(published_on=None, period="").facts == (
        ("For", "Service Director, divisional management team"),
        ("Edition", "Edition 1"),
        ("Published", "Not yet: draft"),
    )


def test_a_line_break_in_the_units_words_begins_a_paragraph() -> None:
    assert Words("the unit", "One.\r\n\r\n  Two. \n").paragraphs == ("One.", "Two.")


def test_the_table_behind_a_chart_says_each_value_and_what_is_not_shown() -> None:
    series = (Series("Good", (3, None), "#112233"), Series("Share", (12.5, 40.0), "#112233"))
    table = table_behind(caption="Grades", corner="Team", categories=("East", "West"), series=series, unit="%")

    assert table == Table(
        "Grades", ("Team", "Good", "Share"), (("East", "3%", "12.5%"), ("West", "not shown", "40%")), (1, 2)
    )


def test_a_row_of_another_length_than_the_head_is_found_at_once() -> None:
    with pytest.raises(ValueError, match="^Table “T”: row 2 has 1 cells, 2 expected.$"):
        Table("T", ("a", "b"), (("1", "2"), ("3",)))


SERIES = Series("Good", (1,), "#112233")
CHART = Chart("bar", "C", "It shows one.", ("East",), (SERIES,), Table("C", (), ()))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"alt": " "}, "Chart “C” needs a sentence that says what it shows."),
        ({"series": (SERIES, SERIES)}, "Chart “C”: a bar chart has one series, 2 given."),
        ({"categories": ("East", "West")}, "Chart “C”: “Good” has 1 values for 2 categories."),
    ],
)
def test_a_chart_that_could_not_be_read_is_found_at_once(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError) as found:
        dataclasses.replace(CHART, **changed)  # type: ignore[arg-type]

    assert str(found.value) == sentence


@pytest.mark.parametrize("given", [{"colour": "red"}, {"colour": "#1234567"}, {"pattern": "plaid"}])
def test_a_colour_or_pattern_nobody_can_paint_is_found_at_once(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="^Series “Good”: the"):
        dataclasses.replace(SERIES, **given)


def test_charts_are_numbered_in_reading_order() -> None:
    moved = sample_report(summary=(CHART, Text(("After it.",))))

    assert [chart.title for chart in moved.charts] == ["C", *(chart.title for chart in sample_report().charts)]
