"""The overview as its page shows it: charts of quarters, and a sentence for each number that needs one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile

from goldenthread.learn.queries.overview import Overview
from goldenthread.learn.rendering.model import Chart, table_behind
from goldenthread.learn.rendering.shades import shaded
from goldenthread.learn.share_over_time import Reading, ShareOverTime
from goldenthread.method.marks import HIGHER, LOWER, SAME
from goldenthread.method.measures import FEW


@dataclass(frozen=True, slots=True)
class Shift:
    """How many overall grades moderation looked at again this year, and which way it moved them."""

    files: int
    higher: int
    lower: int
    same: int


def shift_of(found: Overview) -> Shift:
    return Shift(found.moved.total(), found.moved[HIGHER], found.moved[LOWER], found.moved[SAME])


def grades_chart(found: Overview) -> Chart | None:
    """Each quarter's random files by grade, from the first quarter that has one; None where there is none."""
    quarters = list(dropwhile(lambda quarter: not quarter.files, found.quarters))
    if not quarters:
        return None
    labels = tuple(quarter.period.label for quarter in quarters)
    columns = [
        (grade.label, grade.colour, tuple(float(quarter.grades[grade.key]) for quarter in quarters))
        for grade in found.framework.grades
    ]
    series = shaded(columns)
    newest = next(quarter for quarter in reversed(quarters) if quarter.files)
    said = ", ".join(f"{grade.label} {newest.grades[grade.key]}" for grade in found.framework.grades)
    title = "Files drawn at random, by quarter and grade"
    table = table_behind(caption=title, corner="Quarter", categories=labels, series=series)
    return Chart("stacked_bar", title, f"In {newest.period.label}: {said}.", labels, series, table)


def share_over_time(found: Overview) -> ShareOverTime:
    """The share that was good or better, quarter by quarter; of so few files that a percentage would say more than is
    known there is no point."""
    enough = [quarter for quarter in found.quarters if quarter.files >= FEW]
    return ShareOverTime(
        good_label(found), [Reading(each.period.label, each.of(found.good), each.files) for each in enough]
    )


def left_out(found: Overview) -> str:
    """Why some quarters are no point of the trend; "" where every one is."""
    if not any(0 < quarter.files < FEW for quarter in found.quarters):
        return ""
    return f"A quarter of fewer than {FEW} files is no point of a trend: its share would say more than is known."


def good_label(found: Overview) -> str:
    """As a sentence says it: "Good or better"."""
    return f"{found.framework.grade(found.framework.grading.good_from).label} or better"
