"""Grades: the scale of each version of the framework, from the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goldenthread.framework.models import FrameworkVersion
from goldenthread.learn.feeds.model import Asked, Column, Table


def scale(asked: Asked) -> Iterator[Sequence[Any]]:
    for pk, framework in asked.frameworks.items():
        for place, grade in enumerate(framework.grades, 1):
            yield (pk, framework.version, framework.in_force_from, grade.key, grade.label, place)


def _column(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, (name,), "public")


COLUMNS = (
    _column("framework_id", "id", "The version of the framework."),
    _column("framework_version", "whole", "Its number."),
    _column("in_force_from", "date", "Its first day."),
    _column("grade", "text", "The grade, as judgements has it."),
    _column("label", "text", "Its words."),
    _column("place", "whole", "Its place in the scale, from 1, as the framework lists it."),
)

TABLE = Table(
    "grades",
    "Grades",
    "One row for each grade of each version of the framework. Always whole.",
    FrameworkVersion,
    COLUMNS,
    worked_out={column.name: "framework.FrameworkVersion.source, read" for column in COLUMNS},
    rows=scale,
)
