"""Grades as the pages of moderation show them: side by side, by section, with what was changed and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from goldenthread.audit.drawing import drawn
from goldenthread.audit.queries.audits import written_in
from goldenthread.audit.queries.moderation import (
    Asked,
    Given,
    OpenModeration,
    asked_of_moderator,
    judgements_by_stage,
    moderators_grades,
    standing_grades,
)
from goldenthread.audit.showing import asked_these
from goldenthread.method.framework import Grade

FIRST = "auditor"


@dataclass(frozen=True, slots=True)
class Column:
    """One grader's side: who, and what was given."""

    title: str
    grade: Grade | None
    because: str


@dataclass(frozen=True, slots=True)
class Side:
    """One section with each grader's grade of it; `apart`: they are not all the same."""

    label: str
    columns: tuple[Column, ...]

    @property
    def apart(self) -> bool:
        return len({column.grade.key for column in self.columns if column.grade}) > 1


def side_by_side(found: OpenModeration) -> list[Side]:
    """The auditor's grade of each section, those of the stages since, and the moderator's own where she gave one."""
    stages = judgements_by_stage(found.audit)
    own = moderators_grades(found)
    titles = {FIRST: "Auditor"} | {stage.key: f"Agreed, {stage.label}" for stage in found.framework.moderation}
    columns: list[tuple[str, Mapping[str, Given]]] = []
    for stage, given in stages.items():
        if stage == found.moderation.stage and own:
            columns.append((f"Moderator, {found.label}", own))
        columns.append((titles.get(stage, "Decided on the challenge"), given))
    if own and found.moderation.stage not in stages:
        columns.append((f"Moderator, {found.label}", own))
    return [
        Side(label, _said_once([_column(found, title, given.get(name)) for title, given in columns]))
        for name, label in labelled(found, standing_grades(found.audit))
    ]


def _said_once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns without a reason that one before them gave: who keeps a grade keeps its reason."""
    said: set[str] = set()
    found = []
    for column in columns:
        found.append(replace(column, because="") if column.because in said else column)
        said.add(column.because)
    return tuple(found)


def _column(found: OpenModeration, title: str, given: Given | None) -> Column:
    return Column(title, found.framework.grade(given.grade) if given else None, given.because if given else "")


def labelled(found: OpenModeration, standing: Mapping[str, Given]) -> list[tuple[str, str]]:
    """(key, label) of every section that was graded, the whole file ("") last."""
    labels = {section.name: section.label for section in found.template.sections}
    return [(name, labels.get(name, "The whole file")) for name in standing]


def to_choose(
    found: OpenModeration, standing: Mapping[str, Given], theirs: Mapping[str, Given]
) -> Sequence[tuple[str, str]]:
    """The sections to be agreed on: those that differ; of a sighted stage, which gave none of its own, all."""
    return [
        (name, label)
        for name, label in labelled(found, standing)
        if not theirs or (name in theirs and theirs[name].grade != standing[name].grade)
    ]


def trail_of(found: OpenModeration) -> str:
    """What this stage changed and why, as one text; "" while nothing is agreed or where nothing was changed."""
    return found.moderation.agreed_because


# --- the form of a blind moderator ------------------------------------------------------------------------


def lacking(asked: Sequence[Asked]) -> dict[str, str]:
    """A sentence for each question of a moderator's form that has no answer yet, by question, as the form asks them."""
    faults: dict[str, str] = {}
    for each in asked:
        if not (each.grade and each.grade.value):
            faults[each.grade_question] = f"{each.label}: no grade was given. Choose one."
        if not (each.because and each.because.value):
            faults[each.because_question] = f"{each.label}: no reason was given. Say why you give this grade."
    return faults


def drawn_for_moderator(
    found: OpenModeration, settle: str, typed: Mapping[str, str], faults: Mapping[str, str]
) -> list[tuple[str, Markup]]:
    """(section's label, its questions as HTML), asked as the audit itself asks them; after a refusal with what was
    typed. `settle` is the address where two windows' answers are settled."""
    written, template = written_in(found.part), found.template
    return [
        (
            each.label,
            Markup().join(
                drawn(question, template.digest, settle)
                for question in asked_these(
                    (template.questions[each.grade_question], template.questions[each.because_question]),
                    written, typed, faults,
                )
            ),
        )
        for each in asked_of_moderator(found)
    ]  # fmt: skip
