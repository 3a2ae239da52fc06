"""What two auditors who audited a file apart have to agree: section by section, what each of them said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries.parts import answers_of, may_agree, parts_of_code
from goldenthread.method.access import Is
from goldenthread.method.framework import Framework
from goldenthread.method.parts import AUDITORS
from goldenthread.method.template import Choice, Question, Template, applicable_sections
from goldenthread.people.models import Person


@dataclass(frozen=True, slots=True)
class Graded:
    """One grade of a part: of which section ("": of the whole file), the question that asks for it, and the reasons."""

    section: str
    label: str
    question: Question
    grade: str
    rationale: str

    @property
    def words(self) -> str:
        labels = {choice.name: choice.label for choice in self.question.choices}
        return labels.get(self.grade, self.grade)


def grades_in(template: Template, facts: Mapping[str, str], answers: Mapping[str, str]) -> list[Graded]:
    """The grades given in a part, one for each section that was graded and one for the whole file, in order."""
    found = []
    for section in applicable_sections(template, facts, answers):
        for role, name, label in (("section", section.name, section.label), ("overall", "", "The whole file")):
            asked = {question.role: question for question in section.questions}
            question, why = asked.get(f"{role}_grade"), asked.get(f"{role}_rationale")
            if question and (grade := answers.get(question.name)):
                rationale = answers.get(why.name, "") if why else ""
                found.append(Graded(name, label, question, grade, rationale))
    return found


@dataclass(frozen=True, slots=True)
class ToAgree:
    """One section, or the whole file, with what each auditor said of it: (her name, what she said or None)."""

    section: str
    label: str
    choices: tuple[Choice, ...]
    said: tuple[tuple[str, Graded | None], ...]

    @property
    def differ(self) -> bool:
        return len({given.grade if given else "" for _, given in self.said}) > 1

    @property
    def grade(self) -> str:
        """What both say; "" where they differ."""
        return "" if self.differ else next(given.grade for _, given in self.said if given)

    @property
    def rationales(self) -> str:
        """Both their reasons, each by her name."""
        return "\n\n".join(f"{name}: {given.rationale}" for name, given in self.said if given and given.rationale)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An audit that two auditors have each submitted, and what they have still to agree."""

    audit: Audit
    framework: Framework
    standings: frozenset[Is]
    to_agree: tuple[ToAgree, ...]

    @property
    def differing(self) -> int:
        return sum(1 for each in self.to_agree if each.differ)


def agreement_or_none(person: Person, code: str) -> Agreement | None:
    """What this person and the other auditor have to agree; None when it is not hers to agree, or not yet, or done."""
    found = parts_of_code(person, code)
    if found is None or not may_agree(found):
        return None
    parts = [part for part in found.parts if part.kind in AUDITORS]
    template, facts = found.audit.form, found.audit.facts
    words, names = answers_of([part.pk for part in parts]), _names(parts)
    sides = []
    for part in parts:
        answers = {question: held.value for question, held in words.get(part.pk, {}).items()}
        sides.append((names[part.pk], {each.section: each for each in grades_in(template, facts, answers)}))
    sections: dict[str, Graded] = {}
    for _, given in sides:
        sections = given | sections
    order = [*(section.name for section in template.sections), ""]
    to_agree = tuple(
        ToAgree(
            name, sections[name].label, sections[name].question.choices,
            tuple((who, given.get(name)) for who, given in sides),
        )
        for name in sorted(sections, key=order.index)
    )  # fmt: skip
    return Agreement(found.audit, found.audit.framework.parsed, found.standings, to_agree)


def _names(parts: list[Part]) -> dict[int, str]:
    """Whose each part is; one statement."""
    people = Part.people.through.objects.filter(part__in=[part.pk for part in parts])
    names: dict[int, list[str]] = {part.pk: [] for part in parts}
    for part, name in people.order_by("pk").values_list("part", "person__name"):
        names[part].append(name)
    return {part: " and ".join(who) for part, who in names.items()}
