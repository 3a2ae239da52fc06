"""The grades that stand on an audit beside those its auditor gave: agreed by two, moderated, decided on a challenge."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries import Written
from goldenthread.audit.queries.moderation import Given, judgements_by_stage
from goldenthread.audit.queries.opened import Opened
from goldenthread.audit.showing import Asked, Change
from goldenthread.method.framework import Framework
from goldenthread.method.template import Section

AUDITORS, DECIDED = "auditor", "decided"  # the stages of a judgement that are no stage of moderation
HOW = {AUDITORS: "agreed by both auditors as", DECIDED: "changed on the team’s challenge to"}
MODERATED = "moderated to"


Stages = Mapping[str, Mapping[str, Given]]  # stage → section → what was given, in the order it was given


def stages_of(audit: Audit) -> Stages:
    """Every judgement of a submitted audit, in one statement; none of an audit that is not submitted."""
    return judgements_by_stage(audit) if audit.state == "submitted" else {}


def may_know_why(moderations: Sequence[Moderation]) -> set[str]:
    """The stages whose reasons somebody may know who sees these moderations of an audit: of two auditors always."""
    return {AUDITORS, *(each.stage for each in moderations), *([DECIDED] if moderations else [])}


def changes_of(
    stages: Stages, section: str, said: str, framework: Framework, why: Collection[str] | None = None
) -> tuple[Change, ...]:
    """What became of the grade `said` of a section ("": of the whole file), from step to step.

    `why`: the stages whose reasons may be told; None: all of them.
    """
    found, grade = [], said
    for stage, given in stages.items():
        if (now := given.get(section)) and now.grade != grade:
            because = now.because if why is None or stage in why else ""
            found.append(Change(HOW.get(stage, MODERATED), framework.grade(now.grade).label, because))
            grade = now.grade
    return tuple(found)


def what_stands(stages: Stages, section: str = "") -> Given | None:
    """The grade that stands of a section ("": of the whole file), with the reason for it."""
    return next((given[section] for given in reversed(list(stages.values())) if section in given), None)


def with_what_stands(
    sections: Sequence[tuple[Section, list[Asked]]], stages: Stages, framework: Framework,
    why: Collection[str] | None = None,
) -> list[tuple[Section, list[Asked]]]:  # fmt: skip
    """The sections of an audit with what became of each grade beside it."""
    return [
        (section, [_with_what_stands(asked, section.name, stages, framework, why) for asked in questions])
        for section, questions in sections
    ]


def _with_what_stands(
    asked: Asked, section: str, stages: Stages, framework: Framework, why: Collection[str] | None
) -> Asked:
    of = {"section_grade": section, "overall_grade": ""}.get(asked.question.role)
    return asked if of is None else replace(asked, changes=changes_of(stages, of, asked.value, framework, why))


@dataclass(frozen=True, slots=True)
class Overall:
    """The grade of the whole file as its auditor gave it, in words ("" if she gave none), and what became of it."""

    grade: str
    changes: tuple[Change, ...]


def overall_as_given(opened: Opened, written: Written, stages: Stages) -> Overall | None:
    """None where the auditor's own grade stands as she gave it."""
    asked = next((each for each in opened.template.questions.values() if each.role == "overall_grade"), None)
    said = written.values.get(asked.name, "") if asked else ""
    changes = changes_of(stages, "", said, opened.framework)
    return Overall(opened.framework.grade(said).label if said else "", changes) if changes else None
