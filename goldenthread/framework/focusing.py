"""A template with a focus's questions: a section of its own before the overall judgement, graded with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.method.template import Source, template_from_source

SECTION = "focus"  # the section's name; its questions are focus_1, focus_2 …
Row = dict[str, str]


def with_focus(source: Source, title: str, questions: Sequence[str]) -> Source:
    """The source with a section that asks these questions, each answered in words, and grades what was found.

    The section stands before the one with the overall grade, so that it is weighed in it. Its grades are those of the
    overall grade. A name the template has already is passed over for the next free one.
    """
    template = template_from_source(source)
    names = _Names({row.get("name", "") for row in source["survey"]})
    grades = next(row["type"] for row in source["survey"] if row.get("role") == "overall_grade")
    section = names.free(SECTION)
    rows: list[Row] = [
        {"type": "begin_group", "name": section, "label": f"Focus: {title}"[:200],
         "hint": "Asked of every file at sessions with this focus, beside the usual questions."},
        *({"type": "text", "name": names.free(f"focus_{place}"), "label": question, "required": "yes",
           "appearance": "multiline", "judged": "judged"} for place, question in enumerate(questions, start=1)),
        {"type": grades, "name": names.free("focus_grade"), "label": "How good is the practice this focus looks at?",
         "required": "yes", "judged": "judged", "role": "section_grade"},
        {"type": "text", "name": names.free("focus_rationale"), "label": "Why this grade for the focus?",
         "hint": "Say what you saw and where you saw it.", "required": "yes", "appearance": "multiline",
         "judged": "judged", "role": "section_rationale"},
        {"type": "end_group", "name": section},
    ]  # fmt: skip
    overall = next(name for name, question in template.questions.items() if question.role == "overall_grade")
    place = _begins(source["survey"], template.questions[overall].section)
    return {**source, "survey": [*source["survey"][:place], *rows, *source["survey"][place:]]}


def _begins(survey: Sequence[Row], section: str) -> int:
    return next(place for place, row in enumerate(survey) if row.get("name") == section)


class _Names:
    """Names not yet taken in one template."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def free(self, wanted: str) -> str:
        name, further = wanted, 2
        while name in self.taken:
            name, further = f"{wanted}_{further}", further + 1
        self.taken.add(name)
        return name
