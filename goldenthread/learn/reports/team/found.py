"""What was found in a team's files: how they were graded, and the themes, good first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goldenthread.learn.queries.team_facts import TeamFigures, TeamFile
from goldenthread.learn.rendering.model import Block, Table, Text
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.method.measures import proportion, proportion_in_words
from goldenthread.web.wording import plural


def headline_words(figures: TeamFigures) -> str:
    """How many of the files drawn at random were good enough; an estimate only on as many as the framework asks for."""
    files, least = figures.random, figures.framework.protection.team_minimum
    good = sum(file.grade in figures.good_labels for file in files)
    what = f"files drawn at random were {_good_word(figures)}"
    if not files:
        return "None of its files was drawn at random, so nothing can be said of its other cases."
    if len(files) < least:
        return f"{good} of {len(files)} {what}. On fewer than {least} files nothing is said of the team's other cases."
    return proportion_in_words(proportion(good, len(files)), what=what, cases=f"open cases of {figures.team}")


def _good_word(figures: TeamFigures) -> str:
    """ "Good or better", in the council's words."""
    keys = {grade.key: grade.label for grade in figures.framework.grades}
    return f"{keys[figures.framework.grading.good_from]} or better"


def grade_blocks(figures: TeamFigures) -> Iterator[Block]:
    if not figures.files:
        yield Text(("There is no grade to show yet.",))
        return
    yield Text(tuple(_sentences(figures)))
    scale = [grade.label for grade in figures.framework.grades]
    chosen = [file for file in figures.files if not file.at_random]
    groups = [(f"Drawn at random ({len(figures.random)})", figures.random)] if figures.random else []
    groups += [(f"Chosen for a reason ({len(chosen)})", tuple(chosen))] if chosen else []
    rows = tuple(
        (name, *(f"{Counter(file.grade for file in files)[grade]}" for grade in scale)) for name, files in groups
    )
    yield Table("Overall grades", ("Files", *scale), rows, tuple(range(1, len(scale) + 1)))
    if figures.random:
        yield _sections(figures)


def _sentences(figures: TeamFigures) -> Iterator[str]:
    yield headline_words(figures)
    least = figures.framework.protection.team_minimum
    good, of = figures.council
    if of - len(figures.random) >= least and of >= least:
        yield f"Across the whole council it was {good} of {of} files in the same time."
    kept, lower, higher = figures.shift
    if kept + lower + higher >= least:
        yield (
            f"Moderation looked again at {kept + lower + higher} of its files: {kept} grades were kept, "
            f"{lower} came out lower and {higher} higher."
        )
    if figures.awaiting:
        yield f"{plural(figures.awaiting, 'more file')} {_is(figures.awaiting)} audited and not yet returned."
    if figures.open_cases and figures.listed_on:
        cases = plural(figures.open_cases, "open case")
        yield f"{figures.team} had {cases} on the list of {day(figures.listed_on)}."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _sections(figures: TeamFigures) -> Table:
    """How often each section was good enough, of the files it applies to, in the order of the template."""
    counts: dict[str, list[int]] = {}
    for file in figures.random:
        for section, grade in file.sections:
            found = counts.setdefault(section, [0, 0])
            found[0] += grade in figures.good_labels
            found[1] += 1
    rows = tuple((section, f"{good} of {of}") for section, (good, of) in counts.items())
    return Table(
        f"Sections that were {_good_word(figures)}, in files drawn at random", ("Section", "Files"), rows, (1,)
    )


def file_blocks(figures: TeamFigures) -> Iterator[Block]:
    """Each file as a line, without its reference: the list of returned audits has that for who may see it."""
    if figures.files:
        rows = tuple(map(_line, figures.files))
        yield Table("The files", ("Session", "Group", "Status", "Grade", "Chosen"), rows)


def _line(file: TeamFile) -> tuple[str, ...]:
    how = "at random" if file.at_random else "for a reason"
    return day(file.held_on), file.group, file.status, file.grade or "not graded", how


def theme_blocks(figures: TeamFigures, sort: str) -> Iterator[Block]:
    found = [theme for theme in figures.themes if theme.sort == sort]
    said = "good" if sort == "good" else "to improve"
    if not found:
        yield Text((f"No auditor noted anything {said} in these files.",))
        return
    of = len(figures.files)
    first = found[0]
    yield Text((f"What auditors noted most often as {said}: {first.label}, in {first.files} of {plural(of, 'file')}.",))
    rows = tuple((theme.label, theme.domain.capitalize(), f"{theme.files} of {of}") for theme in found)
    yield Table(f"Themes: {said}", ("Theme", "Of", "Files"), rows, (2,))
