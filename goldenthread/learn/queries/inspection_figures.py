"""Reading the statement of one quarter's inspections: as it was signed, or as it would be signed today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goldenthread.audit.queries.statements import statement_content, statement_or_none
from goldenthread.audit.services.inspecting import digest_of
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority


@dataclass(frozen=True, slots=True)
class InspectedLine:
    """One senior manager: her post, the days of the quarter she was in it for ("" for all), what she inspected by the
    draw behind it, and each gap as a sentence without its full stop. `allotted`: supervision notes."""

    name: str
    post: str
    days: str
    case_files: tuple[tuple[str, int], ...]
    notes: tuple[tuple[str, int], ...]
    allotted: int
    gaps: tuple[str, ...]

    @property
    def files_inspected(self) -> int:
        return sum(number for _, number in self.case_files)

    @property
    def notes_inspected(self) -> int:
        return sum(number for _, number in self.notes)


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """Who signed, as what and when; `holds`: whether what is kept still has the hash that was signed."""

    by: str
    capacity: str
    at: datetime
    sha256: str
    holds: bool


@dataclass(frozen=True, slots=True)
class InspectionFigures:
    """One quarter's statement. `signed` is None while nobody has signed it."""

    council: str
    framework: Framework
    quarter: Period
    as_of: date
    meaning: str
    lines: tuple[InspectedLine, ...]
    signed: SignedStatement | None

    @property
    def without_gap(self) -> int:
        return sum(1 for line in self.lines if not line.gaps)


def inspection_figures(authority: Authority, quarter: Period, today: date) -> InspectionFigures:
    """A fixed number of statements: fewer where it is signed, as nothing has to be counted again.

    Refused before the quarter has begun.
    """
    if quarter.starts_on > today:
        raise Refused(f"{quarter.label} has not begun, so there is nothing to state of it yet.")
    framework = framework_in_force(authority.pk, min(today, quarter.ends_on)).parsed
    statement = statement_or_none(authority.pk, quarter)
    content = statement.content if statement else statement_content(authority, framework, quarter, today)
    signed = (
        SignedStatement(
            statement.signed_by.name, statement.capacity, statement.signed_at, statement.sha256,
            holds=digest_of(statement.content) == statement.sha256,
        )
        if statement
        else None
    )  # fmt: skip
    return InspectionFigures(
        council=content["council"],
        framework=framework,
        quarter=quarter,
        as_of=today,
        meaning=content["meaning"],
        lines=tuple(map(_line, content["lines"])),
        signed=signed,
    )


def _line(kept: Mapping[str, Any]) -> InspectedLine:
    return InspectedLine(
        name=kept["name"], post=kept["post"], days=kept["days"], case_files=tuple(sorted(kept["case_files"].items())),
        notes=tuple(sorted(kept["notes"].items())), allotted=kept["allotted"], gaps=tuple(kept["gaps"]),
    )  # fmt: skip
