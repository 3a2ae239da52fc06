"""An audit as its pages show it: sections with progress, questions with their answers, findings with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.audit.models import Finding
from goldenthread.audit.queries import Held, OpenAudit, Written
from goldenthread.audit.questions import kind, shown_answer
from goldenthread.method.template import Question, Section, applicable_sections, missing, progress
from goldenthread.web.wording import when


@dataclass(frozen=True, slots=True)
class Outlined:
    """A line of the section list."""

    name: str
    label: str
    hint: str
    answered: int
    total: int
    complete: bool
    clashes: int

    @property
    def status(self) -> str:
        if self.clashes:
            return "Two answers differ"
        return "Complete" if self.complete and self.answered else f"{self.answered} of {self.total}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the page."""

    question: Question
    value: str
    version: int
    fault: str
    answer: Held | None

    @property
    def id(self) -> str:
        return f"q-{self.question.name}"

    @property
    def template(self) -> str:
        return kind(self.question.kind).TEMPLATE

    @property
    def shown(self) -> str:
        """What stands, in words."""
        return self.shown_as(self.answer.value) if self.answer else ""

    @property
    def state(self) -> str:
        """When it was saved and by whom; "" while nobody has answered."""
        return f"Saved {when(self.answer.saved_at)} by {self.answer.saved_by}" if self.answer else ""

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """(value, label, what it means) of each answer that can be chosen; none where words are written."""
        if self.question.kind == "scaling":
            return [(str(point), str(point), "") for point in range(11)]
        return [(choice.name, choice.label, choice.hint) for choice in self.question.choices]

    @property
    def typed(self) -> str:
        """A stored day as it is typed; anything else as it stands."""
        if self.question.kind != "date":
            return self.value
        year, _, rest = self.value.partition("-")
        month, _, day = rest.partition("-")
        return f"{int(day)}/{int(month)}/{year}" if day.isdecimal() and month.isdecimal() else self.value

    def shown_as(self, value: str) -> str:
        return shown_answer(value, self.question)

    @property
    def rivals(self) -> Sequence[tuple[str, str, str]]:
        """(person's id, her name, what she wrote) for each answer that waits to be chosen from."""
        held = self.answer.rivals if self.answer else {}
        return [(person, rival["name"], rival["value"]) for person, rival in held.items()]


def outline(opened: OpenAudit, written: Written) -> list[Outlined]:
    """The sections that apply to this child, with how far each has come."""
    clashing = [name for name, answer in written.answers.items() if answer.rivals]
    return [
        Outlined(
            name=line.section.name, label=line.section.label, hint=line.section.hint, answered=line.answered,
            total=line.total, complete=line.complete,
            clashes=sum(1 for question in line.section.questions if question.name in clashing),
        )
        for line in progress(opened.template, opened.audit.facts, written.values)
    ]  # fmt: skip


def neighbours(sections: Sequence[Outlined], name: str) -> tuple[Outlined | None, Outlined | None]:
    """The sections before and after this one."""
    place = next((place for place, section in enumerate(sections) if section.name == name), None)
    if place is None:
        return None, None
    before = sections[place - 1] if place else None
    return before, sections[place + 1] if place + 1 < len(sections) else None


def asked_in(
    opened: OpenAudit, written: Written, section: str, *, typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[Asked]:  # fmt: skip
    """The questions of one section; after a refusal with what was typed, so that nothing has to be typed again."""
    found = _section(opened, written, section)
    return [_asked(question, written, typed or {}, faults or {}) for question in found.questions] if found else []


def whole(opened: OpenAudit, written: Written) -> list[tuple[Section, list[Asked]]]:
    """Every section that applies, with its questions and answers."""
    return [
        (section, [_asked(question, written, {}, {}) for question in section.questions])
        for section in applicable_sections(opened.template, opened.audit.facts, written.values)
    ]


def _section(opened: OpenAudit, written: Written, name: str) -> Section | None:
    sections = applicable_sections(opened.template, opened.audit.facts, written.values)
    return next((section for section in sections if section.name == name), None)


def _asked(question: Question, written: Written, typed: Mapping[str, str], faults: Mapping[str, str]) -> Asked:
    answer = written.answers.get(question.name)
    stored = answer.value if answer else ""
    seen = typed.get(f"seen-{question.name}", "")  # typed over this version, whatever stands by now
    return Asked(
        question=question,
        value=typed.get(f"q-{question.name}", stored),
        version=int(seen) if seen.isdecimal() else (answer.version if answer else 0),
        fault=faults.get(question.name, ""),
        answer=answer,
    )


def still_missing(opened: OpenAudit, written: Written) -> list[Question]:
    return list(missing(opened.template, opened.audit.facts, written.values))


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the council's words."""

    finding: Finding
    section: str
    theme: str
    action_for: str


def findings_in(opened: OpenAudit, written: Written, section: str = "") -> list[Found]:
    """The findings of the audit, or of one of its sections."""
    labels = {each.name: each.label for each in opened.template.sections}
    return [
        Found(
            finding,
            labels.get(finding.section, ""),
            opened.framework.theme(finding.theme).label,
            _post(opened, finding),
        )
        for finding in written.findings
        if not section or finding.section == section
    ]


def _post(opened: OpenAudit, finding: Finding) -> str:
    return dict(opened.framework.may_be_asked).get(finding.action_for, "")
