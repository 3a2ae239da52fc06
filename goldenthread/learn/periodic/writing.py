"""Bringing the parts of a period's report together, with the unit's own words beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.learn.periodic.coverage import coverage_blocks, coverage_words
from goldenthread.learn.periodic.findings import theme_blocks, theme_words
from goldenthread.learn.periodic.following import moderation_blocks, moderation_words, task_blocks, task_words
from goldenthread.learn.periodic.grades import estimated, grade_blocks, headline
from goldenthread.learn.periodic.tables import Drafting
from goldenthread.learn.periodic.trend import trend_blocks, trend_words
from goldenthread.learn.periodic.wording import in_words, plausible, rounded
from goldenthread.learn.queries.period_facts import PeriodFigures, total
from goldenthread.learn.rendering.model import Block, Figure, Figures, Protected, Report, Section, Text, Words
from goldenthread.learn.rendering.model import day_in_words as day

# The parts the unit may add its own words to, in the order they are read.
PARTS = {
    "summary": "Summary",
    "grades": "Grades",
    "trend": "Over time",
    "practice": "Practice",
    "process": "Process",
    "tasks": "Tasks",
    "moderation": "Moderation",
    "coverage": "What was reached",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the report's cover: its kind, of what it is, and for whom."""

    title: str
    subtitle: str
    period: str


def composed(
    drafted: Drafting, words: Mapping[str, str], cover: Cover, *, parts: Mapping[str, str] = PARTS,
    more: Mapping[str, tuple[Block, ...]] | None = None,
) -> Report:  # fmt: skip
    """The whole report as a draft. `more`: the blocks of parts that only this kind of report has."""
    figures = drafted.figures
    blocks = _blocks(drafted) | dict(more or {})
    own = {key: (*blocks[key], *_own(figures, words.get(key, ""))) for key in parts}
    return Report(
        title=cover.title,
        subtitle=cover.subtitle,
        council=figures.council,
        period=cover.period,
        edition="",
        published_on=None,
        published_by="",
        audience=figures.audience,
        summary=own["summary"],
        sections=tuple(Section(title, own[key]) for key, title in parts.items() if key != "summary" and own[key]),
        about=tuple(_about(figures)),
    )


def _blocks(drafted: Drafting) -> dict[str, tuple[Block, ...]]:
    figures = drafted.figures
    return {
        "summary": _summary(drafted),
        "grades": tuple(grade_blocks(drafted)),
        "trend": tuple(trend_blocks(drafted)),
        "practice": tuple(theme_blocks(drafted, "practice")),
        "process": tuple(theme_blocks(drafted, "process")),
        "tasks": tuple(task_blocks(figures)),
        "moderation": tuple(moderation_blocks(figures)),
        "coverage": tuple(coverage_blocks(figures)),
    }


def _own(figures: PeriodFigures, text: str) -> tuple[Block, ...]:
    return (Words(f"the {figures.framework.word('quality_assurance')}", text),) if text.strip() else ()


def _summary(drafted: Drafting) -> tuple[Block, ...]:
    figures, (good, of) = drafted.figures, drafted.own
    items = [Figure(in_words(rounded(figures, total(r for r in figures.files if r.within))), "audits submitted")]
    if total(figures.random):
        found, _, _ = estimated(figures)
        detail = ""
        if good is not None and found and found.low is not None and found.high is not None:
            detail = "plausible for all cases: {} to {}".format(*plausible(figures, found.low, found.high))
        number = "not shown" if good is None or of is None else f"{good:,} of {of:,}"
        items.append(Figure(number, figures.good_label, detail))
    late = sum(row.late for row in figures.tasks)
    set_ = sum(row.set for row in figures.tasks)
    if set_:
        items.append(Figure(in_words(rounded(figures, set_)), "tasks set", f"late: {in_words(rounded(figures, late))}"))
    return (
        Figures(tuple(items)),
        Text((coverage_words(figures), headline(drafted), trend_words(drafted))),
        Text((theme_words(drafted, "practice"), theme_words(drafted, "process"))),
        Text((task_words(figures), moderation_words(figures))),
    )


def _about(figures: PeriodFigures) -> tuple[Block, ...]:
    framework = figures.framework
    listed = f" The open cases are those on the list of {day(figures.listed_on)}." if figures.listed_on else ""
    rests = (
        f"This report rests on the audits submitted from {day(figures.period.starts_on)} to "
        f"{day(figures.period.ends_on)}, as they stood on {day(figures.as_of)}, under {framework.title}, version "
        f"{framework.version}.",
        "Figures of grades and themes are of case files drawn at random; files chosen for a reason are in none of them."
        f"{listed}",
        "What is called plausible holds for 95 samples of 100. It is estimated by kind of case, with the share of all "
        "cases that was read taken into account; cases that had been audited shortly before could not be drawn again. "
        "A grade is what auditors agreed on the file; it is not a judgement of a person.",
    )
    if not figures.circulated:
        return (Text(rests), Text(("This edition stays within the service: it holds small numbers.",)))
    rule = framework.protection
    return (
        Text(rests),
        Protected(
            f"Counts are rounded to {rule.round_to}. Numbers from 1 to {rule.suppress_below - 1} are not shown, nor "
            "others from which they could be worked out, together with all that was published before."
        ),
    )
