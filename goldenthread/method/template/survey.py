"""The survey sheet: rows in order become sections and their questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.method.expressions import ITSELF, Expression, names_in, parse, words_asked_of
from goldenthread.method.refusal import Refused
from goldenthread.method.template.faults import SURVEY_COLUMNS, Faults, Line, lines_of
from goldenthread.method.template.values import (
    CASE_FACTS,
    KINDS,
    OUTCOMES,
    REGIONAL_POINTS,
    ROLES,
    Choice,
    Question,
    Section,
)


class Survey:
    """One reading of a survey sheet. `sections` is what was read, `lines` the row each name came from."""

    def __init__(self, lists: Mapping[str, tuple[Choice, ...]], faults: Faults) -> None:
        self.lists = lists
        self.faults = faults
        self.sections: list[Section] = []
        self.lines: dict[str, Line] = {}
        self.asked: dict[str, Question] = {}  # every question so far; a condition may only look back at these
        self.opened: Line | None = None
        self.opened_relevant: Expression | None = None
        self.inside: list[Question] = []

    def read(self, rows: Sequence[Mapping[str, str]]) -> Survey:
        for line in lines_of(rows, "survey", SURVEY_COLUMNS, self.faults):
            kind = " ".join(line["type"].lower().replace("_", " ").split())
            if kind == "begin group":
                self._begin(line)
            elif kind == "end group":
                self._end(line)
            elif kind == "hidden":
                self._hidden(line)
            else:
                self._question(line)
        if self.opened is not None:
            self.opened.fault("name", "begins a group that has no end_group.")
        return self

    def _begin(self, line: Line) -> None:
        if self.opened is not None:
            line.fault("type", f"stands inside the group “{self.opened['name']}”; a section holds no other.")
            return
        self._named(line)
        line.needed("label")
        self.opened, self.inside = line, []
        self.opened_relevant = self._relevant(line)

    def _end(self, line: Line) -> None:
        if self.opened is None:
            line.fault("type", "ends a group that was never begun.")
            return
        if line["name"] not in ("", self.opened["name"]):
            line.fault("name", f"ends the group “{self.opened['name']}”, and should bear its name or none.")
        self.sections.append(
            Section(
                name=self.opened["name"],
                label=self.opened["label"],
                hint=self.opened["hint"],
                relevant=self.opened_relevant,
                questions=tuple(self.inside),
            )
        )
        self.opened = None

    def _hidden(self, line: Line) -> None:
        """A case fact, declared as other programs that read XLSForm want it; for us it is always there."""
        if line["name"] not in CASE_FACTS:
            line.fault("name", f"is hidden but no fact of a case; expected one of {', '.join(CASE_FACTS)}.")

    def _question(self, line: Line) -> None:
        kind, choices = self._kind(line)
        if self.opened is None:
            line.fault("type", "stands outside every section; put it between begin_group and end_group.")
        name = self._named(line)
        role = line.one_of("role", ROLES)
        question = Question(
            name=name,
            kind=kind,
            label=line.needed("label"),
            section=self.opened["name"] if self.opened else "",
            number=0 if kind == "note" else 1 + sum(1 for asked in self.asked.values() if asked.number),
            hint=line["hint"],
            guidance=line["guidance_hint"],
            # A grade without its reasons helps nobody: whatever the sheet says, both are required.
            required=kind != "note" and (line.yes("required") or bool(role)),
            relevant=self._relevant(line),
            constraint=self._constraint(line),
            constraint_message=line["constraint_message"],
            choices=choices,
            judged=line.one_of("judged", ("compliance", "judged")) == "judged",
            outcomes=self._outcomes(line),
            regional_point=line.one_of("regional_point", self._names(REGIONAL_POINTS)),
            early_help=line.yes("early_help"),
            role=role,
            standard=line["standard"],
        )
        self.asked[name] = question
        self.inside.append(question)

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

    def _kind(self, line: Line) -> tuple[str, tuple[Choice, ...]]:
        words = line["type"].replace("select one", "select_one").split()
        if len(words) == 2 and words[0] == "select_one":
            if words[1] not in self.lists:
                line.fault("type", f"asks for the list “{words[1]}”, which the choices sheet does not hold.")
            kinds = [kind for said, kind in KINDS.items() if f"{' '.join(words)}_".startswith(f"{said}_")]
            if kinds:
                return kinds[0], self.lists.get(words[1], ())
        elif line["type"] == "integer" and line["appearance"] != "scale":
            line.fault("appearance", "stands beside an integer; expected scale, for a whole number from 0 to 10.")
        elif line["type"] in KINDS:
            return KINDS[line["type"]], ()
        else:
            line.needed("type")
        if line["type"] and line["type"] != "integer":
            line.fault("type", f"is no kind of question we know; expected one of {', '.join(KINDS)}.")
        return "", ()

    def _outcomes(self, line: Line) -> tuple[str, ...]:
        outcomes, known = tuple(line["outcome"].split()), self._names(OUTCOMES)
        for outcome in outcomes:
            if outcome not in known:
                line.fault("outcome", f"names “{outcome}”; expected some of {', '.join(known) or 'none'}.")
        return outcomes

    def _names(self, list_name: str) -> tuple[str, ...]:
        return tuple(choice.name for choice in self.lists.get(list_name, ()))

    def _relevant(self, line: Line) -> Expression | None:
        expression = self._parsed(line, "relevant")
        for name in sorted(names_in(expression)) if expression else ():
            if name not in CASE_FACTS and name not in self.asked:
                line.fault("relevant", f"asks about “{name}”, which is neither an earlier question nor a case fact.")
        for name, word in words_asked_of(expression) if expression else ():
            known = self._words_of(name)
            if known and word not in known:
                line.fault("relevant", f"can never be true: {name} is never “{word}” but one of {', '.join(known)}.")
        return expression

    def _words_of(self, name: str) -> tuple[str, ...]:
        if name in self.asked:
            return tuple(choice.name for choice in self.asked[name].choices)
        return CASE_FACTS.get(name, ())

    def _constraint(self, line: Line) -> Expression | None:
        expression = self._parsed(line, "constraint")
        if expression and names_in(expression) != {ITSELF}:
            line.fault("constraint", "asks about other questions; a constraint judges its own answer, as . alone.")
        return expression

    def _parsed(self, line: Line, column: str) -> Expression | None:
        if not line[column]:
            return None
        try:
            return parse(line[column])
        except Refused as refusal:
            self.faults.add(line.sheet, str(refusal), line.number, column)
            return None
