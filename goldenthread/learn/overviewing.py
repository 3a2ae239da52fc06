"""The overview as its page shows it: charts of quarters, and a sentence for each number that needs one."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.learn.queries.overview import Graded, Overview
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


def with_files(found: Overview) -> list[Graded]:
    """The quarters in which a random file was submitted."""
    return [quarter for quarter in found.quarters if quarter.files]


def grades_chart(found: Overview) -> Chart | None:
    """Each quarter's random files by grade; None where there is none."""
    quarters = with_files(found)
    if not quarters:
        return None
    labels = tuple(quarter.period.label for quarter in quarters)
    columns = [
        (grade.label, grade.colour, tuple(float(quarter.grades[grade.key]) for quarter in quarters))
        for grade in found.framework.grades
    ]
    series = shaded(columns)
    newest = quarters[-1]
    said = ", ".join(f"{grade.label} {newest.grades[grade.key]}" for grade in found.framework.grades)
    title = "Files drawn at random, by quarter and grade"
    table = table_behind(caption=title, corner="Quarter", categories=labels, series=series)
    return Chart("stacked_bar", title, f"In {newest.period.label}: {said}.", labels, series, table)


def share_over_time(found: Overview) -> ShareOverTime:
    """The share that was good or better, quarter by quarter; of so few files that a percentage would say more than is
    known there is no point."""
    enough = [quarter for quarter in with_files(found) if quarter.files >= FEW]
    return ShareOverTime(
        good_label(found), [Reading(each.period.label, each.of(found.good), each.files) for each in enough]
    )


def good_label(found: Overview) -> str:
    """As a sentence says it: "Good or better"."""
    return f"{found.framework.grade(found.framework.grading.good_from).label} or better"
