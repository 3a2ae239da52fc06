"""A template as its auditors will see it, for an example child: the form's own questions, with nothing to write in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from goldenthread.audit.drawing import drawn
from goldenthread.audit.showing import Asked
from goldenthread.method.expressions import Expression, holds, in_words, names_in
from goldenthread.method.template import CASE_FACTS, Question, Template


@dataclass(frozen=True, slots=True)
class PreviewedQuestion:
    """A question with its control, and the condition on other answers under which it is asked, in words."""

    html: Markup
    when: str


@dataclass(frozen=True, slots=True)
class PreviewedSection:
    """A section for the example child. `asked`: whether it applies to her; `when`: under which condition, in words."""

    name: str
    label: str
    hint: str
    asked: bool
    when: str
    questions: tuple[PreviewedQuestion, ...]


def previewed(template: Template, facts: Mapping[str, str]) -> list[PreviewedSection]:
    """Every section, with the questions of those that apply to a child of these facts (CASE_FACTS).

    What hangs on an answer is shown, with its condition, since nobody has answered yet.
    """
    return [
        PreviewedSection(
            name=section.name, label=section.label, hint=section.hint, asked=applies(section.relevant, facts),
            when=in_words(section.relevant) if section.relevant else "",
            questions=tuple(
                _previewed(question, template.digest)
                for question in section.questions
                if question.label and applies(question.relevant, facts)
            ),
        )
        for section in template.sections
    ]  # fmt: skip


def applies(condition: Expression | None, facts: Mapping[str, str]) -> bool:
    """Whether it may be asked of the child: no condition, one that holds, or one that other answers will decide."""
    return condition is None or not names_in(condition) <= CASE_FACTS.keys() or holds(condition, facts)


def _previewed(question: Question, digest: str) -> PreviewedQuestion:
    asked = Asked(question=question, value="", version=0, fault="", answer=None)
    on_answers = question.relevant is not None and not names_in(question.relevant) <= CASE_FACTS.keys()
    return PreviewedQuestion(
        drawn(asked, digest, ""), in_words(question.relevant) if question.relevant and on_answers else ""
    )
