"""The survey sheet: rows in order become sections and their questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldenthread.method.expressions import And, Expression
from goldenthread.method.template.cells import Cells
from goldenthread.method.template.faults import Faults, Line, lines_of
from goldenthread.method.template.references import References
from goldenthread.method.template.values import (
    CASE_FACTS,
    KINDS,
    OUTCOMES,
    REGIONAL_POINTS,
    ROLES,
    UNANSWERED,
    Choice,
    Question,
    Section,
)

TYPES = (
    *("select_one LIST", "select_multiple LIST", "integer", "decimal", "date", "text", "note", "calculate"),
    *("begin_group", "end_group"),
)
SCALE = (".>=0and.<=10", ".<=10and.>=0")  # a constraint of 0 to 10, its blanks left out
_OTHER_NAMES = {"int": "integer", "select1": "select_one"}


class Survey:
    """One reading of a survey sheet. `sections` is what was read, `lines` the row each name came from."""

    def __init__(self, lists: Mapping[str, tuple[Choice, ...]], faults: Faults) -> None:
        self.lists = lists
        self.faults = faults
        self.sections: list[Section] = []
        self.lines: dict[str, Line] = {}
        self.asked: dict[str, Question] = {}  # every question so far; a condition may only look back at these
        self.section: Section | None = None  # the one that is open, and the heading within it
        self.heading: Question | None = None
        self.inside: list[Question] = []
        self.numbers = 0

    def read(self, rows: Sequence[Mapping[str, str]]) -> Survey:
        self.cells = Cells(self.asked, References(rows), self.faults)
        for line in lines_of(rows, "survey", self.faults):
            kind, _ = _said_type(line)
            if kind == "begin_group":
                self._begin(line)
            elif kind == "end_group":
                self._end(line)
            elif kind == "hidden":
                self._hidden(line)
            else:
                self._question(line, kind)
        for opened in (self.section, self.heading):
            if opened is not None and opened.name in self.lines:
                self.lines[opened.name].fault("name", "begins a group that has no end_group.")
        return self

    def _begin(self, line: Line) -> None:
        if self.heading is not None and self.section is not None:
            within = f"the group “{self.heading.name}” of the section “{self.section.name}”"
            line.fault("type", f"stands inside {within}; a section holds groups, and they hold no other.")
            return
        name, label, relevant = self._named(line), line.needed("label"), self.cells.relevant(line)
        if self.section is None:
            self.section, self.inside = Section(name, label, line["hint"], relevant, ()), []
            return
        self.heading = Question(
            name=name, kind="heading", label=label, section=self.section.name, number=0, hint=line["hint"],
            relevant=relevant,
        )  # fmt: skip
        self.inside.append(self.heading)

    def _end(self, line: Line) -> None:
        opened = self.heading or self.section
        if opened is None or self.section is None:
            line.fault("type", "ends a group that was never begun.")
            return
        if line["name"] not in ("", opened.name):
            line.fault("name", f"ends the group “{opened.name}”, and should bear its name or none.")
        if self.heading is not None:
            self.heading = None
            return
        self.sections.append(replace(self.section, questions=tuple(self.inside)))
        self.section = None

    def _hidden(self, line: Line) -> None:
        """A case fact, declared as other programs that read XLSForm want it; for us it is always there."""
        if line["name"] not in CASE_FACTS:
            line.fault("name", f"is hidden but no fact of a case; expected one of {', '.join(CASE_FACTS)}.")

    def _question(self, line: Line, said: str) -> None:
        kind, choices = self._kind(line, said)
        if self.section is None:
            line.fault("type", "stands outside every section; put it between begin_group and end_group.")
        name = self._named(line)
        role = line.one_of("role", ROLES)
        answerable = kind not in UNANSWERED
        self.numbers += answerable
        relevant = self.cells.relevant(line)
        calculation = self.cells.calculation(line, kind)
        task_if, task, task_for = self.cells.task(line, choices)
        question = Question(
            name=name,
            kind=kind,
            label=line["label"] if kind == "calculate" else line.needed("label"),
            section=self.section.name if self.section else "",
            number=self.numbers if answerable else 0,
            hint=line["hint"],
            guidance=line["guidance_hint"],
            # A grade without its reasons helps nobody: whatever the sheet says, both are required.
            required=line.yes("required") and answerable or bool(role),
            relevant=self._within_heading(relevant),
            constraint=self.cells.constraint(line, kind, choices),
            constraint_message=line["constraint_message"],
            choices=choices,
            judged=line.one_of("judged", ("compliance", "judged")) == "judged",
            outcomes=self._outcomes(line),
            regional_point=line.one_of("regional_point", self._names(REGIONAL_POINTS)),
            early_help=line.yes("early_help"),
            role=role,
            standard=line["standard"],
            calculation=calculation,
            task_if=task_if,
            task=task,
            task_for=task_for,
        )
        self.asked[name] = question
        self.inside.append(question)

    def _within_heading(self, relevant: Expression | None) -> Expression | None:
        """A question under a heading is asked where the heading is, and by its own condition."""
        above = self.heading.relevant if self.heading else None
        return And((above, relevant)) if above and relevant else above or relevant

    def _named(self, line: Line) -> str:
        """The row's name, once in the whole sheet and never a case fact's."""
        name = line.name("name")
        if name in self.lines:
            line.fault("name", f"is the name of row {self.lines[name].number} already.")
        elif name in CASE_FACTS:
            line.fault("name", "is what the case list calls one of its facts; choose another name.")
        elif name:
            self.lines[name] = line
        return name

    def _kind(self, line: Line, said: str) -> tuple[str, tuple[Choice, ...]]:
        _, lists = _said_type(line)
        if said in ("select_one", "select_multiple"):
            if len(lists) != 1:
                line.fault("type", f"should name one list of the choices sheet, as in {said} yes_no.")
                return "", ()
            if lists[0] not in self.lists:
                line.fault("type", f"asks for the list “{lists[0]}”, which the choices sheet does not hold.")
            words = f"{said} {lists[0]}_"
            kind = next(kind for form, kind in KINDS.items() if words.startswith((f"{form}_", f"{form} ")))
            return kind, self.lists.get(lists[0], ())
        scale = "scale" in line["appearance"].split() or "".join(line["constraint"].split()) in SCALE
        if said == "integer" and scale:
            return KINDS["integer scale"], ()
        if said in KINDS and not lists:
            return KINDS[said], ()
        if line.needed("type"):
            line.fault("type", f"is no kind of question we know; expected one of {', '.join(TYPES)}.")
        return "", ()

    def _outcomes(self, line: Line) -> tuple[str, ...]:
        outcomes, known = tuple(line["outcome"].split()), self._names(OUTCOMES)
        for outcome in outcomes:
            if outcome not in known:
                line.fault("outcome", f"names “{outcome}”; expected some of {', '.join(known) or 'none'}.")
        return outcomes

    def _names(self, list_name: str) -> tuple[str, ...]:
        return tuple(choice.name for choice in self.lists.get(list_name, ()))


def _said_type(line: Line) -> tuple[str, list[str]]:
    """A row's type as XLSForm writes it, and what follows: both `begin group` and `begin_group` are said."""
    words = line["type"].split()
    if len(words) > 1 and words[0].lower() in ("begin", "end", "select"):
        words[:2] = ["_".join(words[:2])]
    kind = words[0].lower() if words else ""
    return _OTHER_NAMES.get(kind, kind), words[1:]
