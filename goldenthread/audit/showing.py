"""An audit as its pages show it: sections with progress, questions with their answers, findings with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from goldenthread.audit.models import Finding
from goldenthread.audit.queries import Held, Written
from goldenthread.audit.queries.opened import Opened
from goldenthread.audit.queries.parts import ReadPart
from goldenthread.audit.questions import kind, posted_answer, shown_answer
from goldenthread.framework.queries import theme_words
from goldenthread.method.following import WHOSE
from goldenthread.method.framework import Framework
from goldenthread.method.template import Question, Section, applicable_sections, calculated, missing, progress
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
class Change:
    """How a grade came to be another: "moderated to", the grade in words, and why ("": not hers to know)."""

    how: str
    grade: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the page. `changes`: what became of a grade since its auditor gave it."""

    question: Question
    value: str
    version: int
    fault: str
    answer: Held | None
    changes: tuple[Change, ...] = ()

    @property
    def id(self) -> str:
        return f"q-{self.question.name}"

    @property
    def template(self) -> str:
        return kind(self.question.kind).TEMPLATE

    @property
    def shown(self) -> str:
        """What stands, in words."""
        if self.question.kind == "calculate":
            return self.value
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


def outline(opened: Opened, written: Written) -> list[Outlined]:
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
    opened: Opened, written: Written, section: str, *, typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[Asked]:  # fmt: skip
    """The questions of one section; after a refusal with what was typed, so that nothing has to be typed again."""
    found = _section(opened, written, section)
    worth = calculated(opened.template, opened.audit.facts, written.values)
    asked = [_asked(question, written, typed or {}, faults or {}) for question in found.questions] if found else []
    return [_worked_out(each, worth) for each in asked]


def asked_these(
    questions: Iterable[Question], written: Written, typed: Mapping[str, str], faults: Mapping[str, str]
) -> list[Asked]:
    """These questions as `asked_in` shows them, whatever section they are of and whether or not it applies."""
    return [_asked(question, written, typed, faults) for question in questions]


def whole(opened: Opened, written: Written) -> list[tuple[Section, list[Asked]]]:
    """Every section that applies, with its questions and answers."""
    worth = calculated(opened.template, opened.audit.facts, written.values)
    return [
        (section, [_worked_out(_asked(question, written, {}, {}), worth) for question in section.questions])
        for section in applicable_sections(opened.template, opened.audit.facts, written.values)
    ]


def _section(opened: Opened, written: Written, name: str) -> Section | None:
    sections = applicable_sections(opened.template, opened.audit.facts, written.values)
    return next((section for section in sections if section.name == name), None)


def _asked(question: Question, written: Written, typed: Mapping[str, str], faults: Mapping[str, str]) -> Asked:
    answer = written.answers.get(question.name)
    stored = answer.value if answer else ""
    seen = typed.get(f"seen-{question.name}", "")  # typed over this version, whatever stands by now
    return Asked(
        question=question,
        value=posted_answer(typed, f"q-{question.name}", stored),
        version=int(seen) if seen.isdecimal() else (answer.version if answer else 0),
        fault=faults.get(question.name, ""),
        answer=answer,
    )


def _worked_out(asked: Asked, worth: Mapping[str, str]) -> Asked:
    """What the template works out stands on the page in words, as nothing is kept of it."""
    name = asked.question.name
    return replace(asked, value=asked.shown_as(worth[name]) or "Nothing yet") if name in worth else asked


def still_missing(opened: Opened, written: Written) -> list[Question]:
    return list(missing(opened.template, opened.audit.facts, written.values))


@dataclass(frozen=True, slots=True)
class GivenPart:
    """A part of an audit that was given, to be read: whose word it is, by whom it was given and when, and its words."""

    label: str
    by: str
    at: datetime
    sections: Sequence[tuple[Section, list[Asked]]]


def given(parts: Sequence[ReadPart]) -> list[GivenPart]:
    """What `parts_to_read` found, as a page shows it."""
    return [
        GivenPart(each.opened.label, part.submitted_by.name, part.submitted_at, whole(each.opened, each.written))
        for each in parts
        if (part := each.opened.part).submitted_by and part.submitted_at
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the council's words."""

    finding: Finding
    section: str
    theme: str
    reach: str  # of its action: whose it is, how urgent, how far it reaches


def findings_in(opened: Opened, written: Written, section: str = "") -> list[Found]:
    """The findings of the audit, or of one of its sections."""
    labels = {each.name: each.label for each in opened.template.sections}
    return [
        Found(
            finding,
            labels.get(finding.section, ""),
            theme_words(getattr(finding, "theme_label", None), finding.theme, opened.framework),
            _reach(opened.framework, finding),
        )
        for finding in written.findings
        if not section or finding.section == section
    ]


REACHES = {"worker": "for the worker", "team": "for the team", "service": "for the service"}


def _reach(framework: Framework, finding: Finding) -> str:
    """Whose its action is and, where the framework tells tasks apart or it reaches further than the child, that too."""
    told = {each.key: each.label for each in framework.severities} if len(framework.severities) > 1 else {}
    urgent = told.get(finding.severity or framework.severities[-1].key, "").lower()
    far = f"for {finding.agency}" if finding.scope == "agency" else REACHES.get(finding.scope, "")
    post = getattr(framework.returns, WHOSE[finding.scope]) if finding.scope in WHOSE else finding.action_for
    whose = dict(framework.may_be_asked).get(post, "")
    return ", ".join(part for part in (whose, urgent, far) if part)
