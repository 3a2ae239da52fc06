"""What an auditor answered about one file: for any template, from the latent quality of the work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol

from goldenthread.method.template import Question, Template, applicable_sections

from .chance import STANDARD, Chance
from .files import PastFile
from .words import words

PLANS = {
    "looked_after": "care plan",
    "child_protection": "protection plan",
    "child_in_need": "child in need plan",
    "open_assessment": "plan",
    "care_leaver": "pathway plan",
    "early_help": "early help plan",
}
REVIEWS = {"child_protection": "core group", "open_assessment": "meeting", "early_help": "team round the family"}
PRONOUNS = {"F": ("she", "her", "her"), "M": ("he", "him", "his"), "U": ("the baby", "the baby", "the baby's")}
FOUR_GRADES = (1.15, -0.05, -1.25)  # latent quality from which a file is Outstanding, Good, Requires improvement
BABIES = {"unborn", "under 1"}


class Answering(Protocol):
    """One kind of question's way to be answered: the value as it is stored, "" for none."""

    def __call__(self, question: Question, latent: float) -> str: ...


class Auditor:
    """Answers a template about one file. `latent` of a section is the file's quality as this auditor sees it there.

    `taught`: question → how much better it is answered than the section, since a briefing was about it.
    """

    def __init__(
        self, chance: Chance, template: Template, file: PastFile, *, held_on: date, lift: float,
        taught: Mapping[str, float] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.chance, self.template, self.file, self.held_on = chance, template, file, held_on
        self.quality, self.taught = file.quality + lift, taught
        self.latent: dict[str, float] = {}
        self.answers: dict[str, str] = {}
        self.ways: dict[str, Answering] = {
            "graded": self._grade,
            "yes_no": self._yes_no,
            "date": self._date,
            "scaling": self._scale,
            "narrative": self._narrative,
        }

    def audit(self) -> dict[str, str]:
        """Every answer by question name, for each question that applies to this child."""
        facts = {"status": self.file.status, "tags": " ".join(sorted(self.file.tags)), "age_band": self.file.age_band}
        before = -1
        while before != len(self.answers):  # an answer may make a later question apply
            before = len(self.answers)
            for section in applicable_sections(self.template, facts, self.answers):
                for question in section.questions:
                    if question.kind in self.ways and question.name not in self.answers:
                        self.answers[question.name] = self.ways[question.kind](question, self._of(question))
        return self.answers

    @property
    def section_grades(self) -> dict[str, str]:
        """The grade of each section that was graded, by section name."""
        return self._with_role("section_grade")

    @property
    def overall_grade(self) -> str:
        return next(iter(self._with_role("overall_grade").values()), "")

    def _with_role(self, role: str) -> dict[str, str]:
        asked = (question for section in self.template.sections for question in section.questions)
        return {q.section: self.answers[q.name] for q in asked if q.role == role and q.name in self.answers}

    def _of(self, question: Question) -> float:
        """The latent quality of the section; of the whole file, what its sections come to, a bad one weighing most."""
        if question.section not in self.latent:
            if question.role.startswith("overall") and self.latent:
                seen = sorted(self.latent.values())
                latent = 0.8 * sum(seen) / len(seen) + 0.2 * seen[0] + 0.1
            else:
                latent = self.quality + self.chance.normal(0, 0.42)
            self.latent[question.section] = latent
        return self.latent[question.section]

    def _grade(self, question: Question, latent: float) -> str:
        return question.choices[grade_index(latent, len(question.choices))].name

    def _yes_no(self, question: Question, latent: float) -> str:
        names = [choice.name for choice in question.choices]
        if "not_applicable" in names and self.chance.happens(0.03):
            return "not_applicable"
        seen = (
            latent
            + self.taught.get(question.name, 0.0)
            + self.chance.normal(0.25, 0.6)
            - (0.55 if question.early_help or question.regional_point else 0)
        )
        said = "yes" if seen > 0 else "partly" if seen > -0.8 else "no"
        return said if said in names else names[0 if seen > 0 else -1]

    def _date(self, question: Question, latent: float) -> str:
        """Some weeks before the session; more weeks where the work drifted, and sometimes no date at all."""
        if not question.required and latent < -1.2 and self.chance.happens(0.5):
            return ""
        days = self.chance.whole(5, 45) + round(130 * self.file.drift * self.chance.fraction())
        return max(self.held_on - timedelta(days=days), self.file.opened_on).isoformat()

    def _scale(self, question: Question, latent: float) -> str:
        """A whole number from 0 to 10: low at the start; now, higher the better the work."""
        if "start" in question.name:
            return str(self.chance.whole(1, 5))
        return str(min(10, max(0, round(5.3 + 1.6 * latent + self.chance.normal(0, 0.9)))))

    def _narrative(self, question: Question, latent: float) -> str:
        bank = words("rationales")
        if question.role not in {"section_rationale", "overall_rationale"}:
            return self._said(self.chance.pick(bank["narrative"][self._stage]))
        grades = ["outstanding", "good", "requires_improvement", "inadequate"]
        section = "overall" if question.role == "overall_rationale" else question.section
        sentences = self._sentences(section)[grades[grade_index(latent, 4)]]
        return " ".join(self._said(one) for one in self.chance.sample(sentences, 1 + self.chance.happens(0.6)))

    def _sentences(self, section: str) -> dict[str, list[str]]:
        bank = words("rationales")
        variant = "baby" if self.file.age_band in BABIES else "leaver" if self.file.status == "care_leaver" else ""
        return bank.get(f"{section}_{variant}") or bank.get(section) or bank["general"]

    @property
    def _stage(self) -> str:
        if self.file.age_band in BABIES | {"1 to 4"}:
            return "baby"
        return "young_person" if self.file.age_band in {"16 to 17", "18 and over"} else "child"

    def _said(self, sentence: str) -> str:
        they, them, their = PRONOUNS[self.file.sex]
        child = {"young_person": "young person", "baby": "baby" if self.file.age_band in BABIES else "child"}
        words_for = {
            "they": they,
            "them": them,
            "their": their,
            "They": they[:1].upper() + they[1:],
            "Their": their[:1].upper() + their[1:],
            "child": child.get(self._stage, "child"),
            "plan": PLANS.get(self.file.status, "plan"),
            "review": REVIEWS.get(self.file.status, "review"),
            "visit": "visit",
        }
        return sentence.format_map(words_for)


def grade_index(latent: float, grades: int) -> int:
    """Which grade, best first, a latent quality comes to: our four by their usual shares, any other number evenly.

    >>> [grade_index(latent, 4) for latent in (1.5, 0.0, -0.5, -2.0)], grade_index(-3.0, 2)
    ([0, 1, 2, 3], 1)
    """
    if grades == 4:
        return sum(latent < least for least in FOUR_GRADES)
    return min(grades - 1, int((1 - STANDARD.cdf(latent)) * grades))
