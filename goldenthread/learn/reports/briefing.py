"""The six-monthly briefing: what audits found, told to practitioners on one page, in less than seven minutes.

The seed: "The information/learning from audits will be disseminated to frontline practitioners in a separate briefing
session on a 6 monthly basis". Good comes first, then what to improve; examples are the unit's own words, never an
auditor's, which may tell of a child. No team is in it, and no small number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from goldenthread.framework.queries import framework_or_none_on
from goldenthread.learn.queries.briefing_figures import BriefingFigures, Told, briefing_figures
from goldenthread.learn.queries.briefings import periods_to_brief
from goldenthread.learn.readers import CIRCULATION, UNIT
from goldenthread.learn.rendering.model import Block, Finding, Points, Protected, Report, Section, Text, Words
from goldenthread.learn.rendering.reading import AIM, minutes_to_read
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released
from goldenthread.method.effect import Difference, difference
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Authority, Person
from goldenthread.web.wording import plural

KEY, TITLE, AUDIENCE, CADENCE = "briefing", "Practice briefing", "Frontline practitioners", "every six months"

PARTS = {
    "short": "In short",
    "good": "What is going well",
    "copy": "Good practice to copy",
    "improve": "What to do differently",
    "changed": "What changed since the last briefing",
    "more": "Where to learn more",
}
SHOWN = 3  # themes of a kind: one page is all there is
TITLES = {"practice": "In practice", "process": "In process"}


def subjects(authority: Authority, today: date) -> list[Subject]:
    """The half-years to brief on, the one that ended last first."""
    version = framework_or_none_on(authority.pk, today)
    return [_subject(authority, period) for period in periods_to_brief(version.parsed, today)] if version else []


def subject(authority: Authority, key: str) -> Subject | None:
    """`key`: the first day of a half-year, "2026-04-01"; None where none of the council's begins then."""
    try:
        starts_on = date.fromisoformat(key)
    except ValueError:
        return None
    version = framework_or_none_on(authority.pk, starts_on)
    if version is None:
        return None
    period = period_of(starts_on, version.parsed.briefing.every, version.parsed.year_starts_month)
    return _subject(authority, period) if period.starts_on == starts_on else None


def _subject(authority: Authority, period: Period) -> Subject:
    return Subject(period.starts_on.isoformat(), period.label, authority, period=period)


def may(person: Person, subject: Subject) -> bool:
    """Nobody before it is published: its examples are still being written."""
    return False


def readers(subject: Subject) -> tuple[str, ...]:
    return CIRCULATION, UNIT


def figures(subject: Subject, today: date, *, circulated: bool = False) -> BriefingFigures:
    """The same for every reader: what the unit sees while it writes is what practitioners are given."""
    assert subject.period
    return briefing_figures(subject.authority, subject.period, today)


def released(figures: BriefingFigures) -> Sequence[Released]:
    return figures.tables


def lacking(figures: BriefingFigures) -> str:
    least = figures.framework.protection.suppress_below
    if figures.files >= least:
        return ""
    if not figures.files:
        return f"No file was drawn at random and audited in {figures.period.label}, so there is nothing to brief on."
    files = "1 file was" if figures.files == 1 else f"{figures.files} files were"
    return (
        f"Only {files} drawn at random and audited in {figures.period.label}. A briefing needs {least}, so that none "
        "of them can be told from the others."
    )


def compose(figures: BriefingFigures, words: Mapping[str, str]) -> Report:
    """One page: no list of contents, each part a few lines, the reading time at the end.

    What is the unit's alone to say (`copy`, `more`) is not there until it has said it.
    """
    parts: dict[str, tuple[Block, ...]] = {
        "short": tuple(_short(figures)),
        "good": tuple(_themes(figures, "good")),
        "copy": (),
        "improve": tuple(_themes(figures, "improve")),
        "changed": tuple(_changed(figures)),
        "more": (),
    }
    unit = figures.framework.word("quality_assurance")
    sections = []
    for key, blocks in parts.items():
        text = words.get(key, "")
        own: tuple[Block, ...] = (Words(f"the {unit}", text),) if text.strip() else ()
        sections.append(Section(PARTS[key], (*blocks, *own)))
    report = Report(
        title=TITLE,
        subtitle=f"What file audits found, {figures.period.label}",
        council=figures.council,
        period=figures.period.label,
        edition="",
        published_on=None,
        published_by="",
        audience=AUDIENCE,
        summary=(),
        sections=tuple(sections),
        about=(),
    )
    return replace(report, about=tuple(_about(figures, report)))


def _short(figures: BriefingFigures) -> Iterator[Block]:
    if not figures.of:
        yield Text((lacking(figures) or "How many files were audited is not shown: the number is too small.",))
        return
    sentences = [f"About {plural(figures.of, 'file')} were drawn at random and audited."]
    if figures.good:
        sentences.append(f"About {figures.good.met} of {figures.good.of} were {figures.good_label}.")
    good, improve = _first(figures, "good"), _first(figures, "improve")
    if good:
        sentences.append(f"What auditors praised most: {good.theme}.")
    if improve:
        sentences.append(f"What they most often asked to be done better: {improve.theme}.")
    yield Text(tuple(sentences))


def _first(figures: BriefingFigures, sort: str) -> Told | None:
    found = [one for domain in TITLES for one in figures.themes(sort, domain)]
    return max(found, key=lambda one: one.files or 0, default=None)


def _themes(figures: BriefingFigures, sort: str) -> Iterator[Block]:
    """The commonest themes of practice, then of process, each with its number of files."""
    shown = False
    for domain, title in TITLES.items():
        themes = figures.themes(sort, domain)[:SHOWN]
        if themes:
            shown = True
            yield Points(
                title, tuple(Finding(one.theme, f"in about {one.files} of {figures.of} files") for one in themes)
            )
    if not shown:
        said = "praised" if sort == "good" else "asked to be done better"
        yield Text((f"No theme was {said} in files enough for its number to be shown.",))


def _changed(figures: BriefingFigures) -> Iterator[Block]:
    if not figures.of_before:
        yield Text((f"There is nothing to compare with: too few files were audited in {figures.before.label}.",))
        return
    sentences = []
    if figures.good and figures.good_before:
        before = figures.good_before
        sentences.append(
            f"{figures.good_label}: about {figures.good.met} of {figures.good.of} files now, {before.met} of "
            f"{before.of} in {figures.before.label}."
        )
        sentences.append(_how_sure(difference(before, figures.good)))
    for domain in TITLES:
        for one in figures.themes("improve", domain)[:2]:
            if one.before is not None:
                sentences.append(
                    f"{one.theme}: to be done better in about {one.files} of {figures.of} files now, {one.before} of "
                    f"{figures.of_before} then."
                )
    if not sentences:
        sentences.append("The numbers of one of the two half-years are too small to be compared.")
    yield Text(tuple(sentences))


def _how_sure(found: Difference) -> str:
    """Whether the two half-years differ by more than chance would make them, and by how much they may."""
    low, high = round(found.low * 100), round(found.high * 100)
    if found.is_clear:
        least, most = sorted((abs(low), abs(high)))
        return f"That is {'more' if found.value > 0 else 'fewer'} than chance would make: by {least} to {most} points."
    return f"That may be chance: anything from {-low} points fewer to {high} points more is plausible."


def _about(figures: BriefingFigures, report: Report) -> Iterator[Block]:
    minutes = minutes_to_read(report)
    took = f"It takes about {plural(minutes, 'minute')} to read."
    if minutes > AIM:
        took += f" {AIM} are the aim: shorten your words."
    to = figures.framework.protection.round_to
    counted = f"Counts are of files drawn at random, rounded to {to}; a file counts once for a theme."
    yield Text((took, counted, *(("Files chosen for a reason are left out.",) if figures.further else ())))
    if figures.held_back:
        least = figures.framework.protection.suppress_below
        yield Protected(
            f"A theme found in fewer than {least} files is not shown, so that no child can be told from it."
        )
