"""What a template is made of. Everything here is a value: made once by reading, never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from goldenthread.method.expressions import Expression

# How XLSForm says each kind of question: its type and, for some, the first part of the list's name, so that a council
# may have `select_one grades` and `select_one grades_of_impact` in one template. The first that fits is taken. An
# integer is scaling by its appearance `scale` or a constraint of 0 to 10; a group within a section is a heading.
KINDS = {
    "select_one grades": "graded",
    "select_one yes_no": "yes_no",
    "select_one": "choice",
    "select_multiple": "choices",
    "date": "date",
    "integer scale": "scaling",
    "integer": "integer",
    "decimal": "decimal",
    "text": "narrative",
    "note": "note",
    "calculate": "calculate",
    "begin_group": "heading",
}
UNANSWERED = ("note", "calculate", "heading")  # kinds that nobody answers

# What the case list says of a child; a condition may ask about these beside the answers. The words each may hold, so
# that a misspelt one is a fault and not a section nobody ever sees; age bands are a council's own.
STATUSES = ("looked_after", "child_protection", "child_in_need", "open_assessment", "care_leaver", "early_help")
CASE_FACTS: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES,
    "tags": (*STATUSES, "disability", "uasc", "short_breaks"),
    "age_band": (),
}

# Lists of the choices sheet that say what a question may be linked to, so that another council brings its own. Every
# Child Matters has five outcomes (the seed: "the link to ECM outcomes will continue"); the regional plan of 2009 has
# seven points (the seed, Regional Work).
OUTCOMES = "outcomes"
REGIONAL_POINTS = "regional_points"

# What a template is the questions of: an audit, which is graded, or one contribution to it that is not (the
# practitioner's own part, her reply, the family's words, the group's discussion).
INSTRUMENTS = ("audit", "part")

ROLES = ("section_grade", "section_rationale", "overall_grade", "overall_rationale")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen: `name` is stored, `label` is shown, `hint` describes it."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a note to the auditor.

    `number` runs through the whole template from 1 and stays the same whatever applies to a child, so that people
    can talk of question 23; what nobody answers has 0. `judged` tells an auditor's judgement from compliance.
    `calculation` works out the value of a question of kind calculate. Where `task_if` holds of the answers, `task` is
    what may have to be done, and `task_for` who would do it: a post's key, or "practitioner".
    `role` is "" or one of ROLES; `outcomes` and `regional_point` are names from the template's own lists of those.
    """

    name: str
    kind: str
    label: str
    section: str
    number: int
    hint: str = ""
    guidance: str = ""
    required: bool = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str = ""
    choices: tuple[Choice, ...] = ()
    judged: bool = False
    outcomes: tuple[str, ...] = ()
    regional_point: str = ""
    early_help: bool = False
    role: str = ""
    standard: str = ""
    calculation: Expression | None = None
    task_if: Expression | None = None
    task: str = ""
    task_for: str = ""

    @property
    def answerable(self) -> bool:
        """Whether somebody answers it: not a note, a heading or what is worked out."""
        return self.kind not in UNANSWERED


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    label: str
    hint: str
    relevant: Expression | None
    questions: tuple[Question, ...]

    @property
    def always(self) -> bool:
        """Whether an audit of some sections has this one too: it is of the whole file, or asks nothing."""
        asked = [question for question in self.questions if question.number]
        return not asked or any(question.role.startswith("overall") for question in asked)


@dataclass(frozen=True, slots=True)
class Template:
    """A template as one version. `digest` is the SHA-256 of its canonical source: same digest, same template."""

    key: str
    title: str
    version: str
    sections: tuple[Section, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(hash=False)
    digest: str
    instrument: str = "audit"  # one of INSTRUMENTS

    @property
    def outcomes(self) -> tuple[Choice, ...]:
        """The outcomes for a child that questions may be linked to."""
        return self.choices.get(OUTCOMES, ())

    @property
    def regional_points(self) -> tuple[Choice, ...]:
        """What the region, or another body, asked every file to be looked at for."""
        return self.choices.get(REGIONAL_POINTS, ())

    def only(self, names: Collection[str]) -> Template:
        """These sections, and what asks for the whole file's grade or asks nothing; all where none of them is here."""
        if not any(section.name in names for section in self.sections):
            return self
        return replace(self, sections=tuple(each for each in self.sections if each.name in names or each.always))

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by name, notes and headings included, in the order they are asked."""
        return {question.name: question for section in self.sections for question in section.questions}
