"""The cells of a survey row that hold expressions: read, and held against what the row may ask about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from goldenthread.method.expressions import (
    ITSELF,
    Call,
    Expression,
    Name,
    Or,
    Text,
    names_in,
    parse,
    parse_value,
    words_asked_of,
)
from goldenthread.method.refusal import Refused
from goldenthread.method.template.faults import MOST, Faults, Line
from goldenthread.method.template.references import References
from goldenthread.method.template.values import CASE_FACTS, Choice, Question

PRACTITIONER = "practitioner"
_WORDS = re.compile(r"[\w-]+(?:[\s,]+[\w-]+)*")


class Cells:
    """Reads the expressions of one sheet. `asked` is filled by whoever reads the rows, one after the other."""

    def __init__(self, asked: Mapping[str, Question], references: References, faults: Faults) -> None:
        self.asked = asked
        self.references = references
        self.faults = faults

    def relevant(self, line: Line) -> Expression | None:
        return self._looking_back(line, "relevant", parse)

    def calculation(self, line: Line, kind: str) -> Expression | None:
        if kind != "calculate":
            if line["calculation"]:
                line.fault("calculation", f"stands beside a question of type “{line['type']}”; expected calculate.")
            return None
        if not line["calculation"]:
            line.fault("calculation", "is empty; expected what is worked out, as in ${a} + ${b}.")
        return self._looking_back(line, "calculation", parse_value)

    def constraint(self, line: Line, kind: str, choices: tuple[Choice, ...]) -> Expression | None:
        expression = self._parsed(line, "constraint", parse)
        if expression is None:
            return None
        if kind == "calculate":
            line.fault("constraint", "stands beside what is worked out; nobody could put it right.")
        elif names_in(expression) != {ITSELF}:
            line.fault("constraint", "asks about other questions; a constraint judges its own answer, as . alone.")
        self._check_words(line, "constraint", expression, choices)
        return expression

    def task(self, line: Line, choices: tuple[Choice, ...]) -> tuple[Expression | None, str, str]:
        """When a task is suggested, which, and whose: all of them or none."""
        if not any(line[column] for column in ("task_if", "task", "task_for")):
            return None, "", ""
        if not line["task"]:
            line.fault("task", "is empty beside a task rule; expected what has to be done, in one sentence.")
        if not line["task_if"]:
            line.fault("task_if", "is empty beside a task; expected when: names of answers, or an expression.")
        if line["task_for"]:
            line.name("task_for")
        return self._task_if(line, choices), line["task"], line["task_for"] or PRACTITIONER

    def _task_if(self, line: Line, choices: tuple[Choice, ...]) -> Expression | None:
        if not choices or not _WORDS.fullmatch(line["task_if"]):
            expression = self._parsed(line, "task_if", parse)
            if expression is not None:
                self._check_names(line, "task_if", expression, {ITSELF, line["name"]})
                self._check_words(line, "task_if", expression, choices)
            return expression
        words, known = re.split(r"[\s,]+", line["task_if"]), [choice.name for choice in choices]
        for word in words:
            if word not in known:
                line.fault("task_if", f"names “{word}”, which is no answer here; expected some of {', '.join(known)}.")
        return Or(tuple(Call("selected", (Name(ITSELF), Text(word))) for word in words))

    def _looking_back(self, line: Line, column: str, read: Callable[[str], Expression]) -> Expression | None:
        expression = self._parsed(line, column, read)
        if expression is not None:
            self._check_names(line, column, expression, set())
            self._check_words(line, column, expression, ())
        return expression

    def _check_names(self, line: Line, column: str, expression: Expression, allowed: set[str]) -> None:
        for name in sorted(names_in(expression) - self.asked.keys() - CASE_FACTS.keys() - allowed):
            if name == ITSELF:
                line.fault(column, "uses ., which stands for the answer in constraint and task_if alone.")
            elif len(self.faults.sentences) <= MOST:  # looking for what was meant takes long, and more are not shown
                problem = self.references.problem(line["name"], name, (*self.asked, *CASE_FACTS))
                if problem:
                    line.fault(column, problem)
            else:
                line.fault(column, f"asks about “{name}”, which is neither an earlier question nor a case fact.")

    def _check_words(self, line: Line, column: str, expression: Expression, choices: tuple[Choice, ...]) -> None:
        """A misspelt answer would make a condition false for ever, and nobody would notice."""
        for name, word in words_asked_of(expression):
            known = self._words_of(name, choices)
            if known and word and word not in known:
                about = "the answer" if name == ITSELF else name
                line.fault(column, f"can never be true: {about} is never “{word}” but one of {', '.join(known)}.")

    def _words_of(self, name: str, choices: tuple[Choice, ...]) -> tuple[str, ...]:
        if name in self.asked or name == ITSELF:
            choices = choices if name == ITSELF else self.asked[name].choices
            return tuple(choice.name for choice in choices)
        return CASE_FACTS.get(name, ())

    def _parsed(self, line: Line, column: str, read: Callable[[str], Expression]) -> Expression | None:
        if not line[column]:
            return None
        try:
            return read(line[column])
        except Refused as refusal:
            self.faults.add(line.sheet, str(refusal), line.number, column)
            return None
