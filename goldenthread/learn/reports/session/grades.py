"""The grades: overall, by section of the template, by status and by team."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from goldenthread.learn.queries.session_facts import AuditedFile, SessionFigures
from goldenthread.learn.rendering.model import Block, Chart, Protected, Table, Text, table_behind
from goldenthread.learn.rendering.shades import shaded
from goldenthread.learn.reports.session.shield import OTHERS, Shield, Shown, in_words
from goldenthread.method.measures import FEW, good_or_better, proportion, proportion_in_words

EVERY_FILE = "All files"


def good_grade(figures: SessionFigures) -> str:
    """The label of the grade that is good enough; the best there is where the scale has none of that key."""
    grades, good = figures.framework.grades, figures.framework.grading.good_from
    return next((grade.label for grade in grades if grade.key == good), grades[0].label)


def classes(figures: SessionFigures) -> dict[str, tuple[str, ...]]:
    """The scale in two: the grades that are good or better, and those below."""
    good = good_grade(figures)
    cut = figures.scale.index(good) + 1
    return {f"{good} or better": figures.scale[:cut], f"Below {good}": figures.scale[cut:]}


def columns(figures: SessionFigures) -> dict[str, tuple[str, ...]]:
    """What breakdowns are broken into: each grade within the unit, the two classes in what is circulated."""
    return classes(figures) if figures.circulated else {grade: (grade,) for grade in figures.scale}


def counted(grades: Iterable[str], into: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found = list(grades)
    return {name: sum(grade in members for grade in found) for name, members in into.items()}


def headline(figures: SessionFigures, shield: Shield) -> Shown:
    """How many files are good or better, and how many are not."""
    return _together(figures, shield, classes(figures))


def _together(figures: SessionFigures, shield: Shield, into: Mapping[str, tuple[str, ...]]) -> Shown:
    """All files as one row of overall grades."""
    counts = {EVERY_FILE: counted((file.grade for file in figures.files), into)}
    shown = shield.grades("files", counts, classes(figures))
    return shown[EVERY_FILE] if shown else dict.fromkeys(into)


def headline_words(figures: SessionFigures, shield: Shield) -> str:
    """The sentence this report is read for: how many of how many, and what is plausible for all the cases."""
    if None in headline(figures, shield).values():
        return "How many files were good enough is not shown: the numbers are small."
    grades = [file.grade for file in figures.files if file.grade]
    good = good_grade(figures)
    number, of = good_or_better(grades, figures.scale, good=good)
    # The frame is fixed; more files than it has cases cannot have been read, whatever else is wrong.
    population = figures.chosen.population if figures.chosen else None
    found = proportion(number, of, population=population, at_random=figures.chosen is not None)
    return proportion_in_words(found, what=f"files were {good} or better", cases="open cases the draw was made from")


def grade_blocks(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    if not figures.files:
        yield Text(("No audit has been submitted yet, so there is no grade to report.",))
        return
    yield Text((headline_words(figures, shield), *_few(figures)))
    yield from _overall(figures, shield)
    yield from _by_section(figures, shield)
    for title, name in (("status", _status), ("team", _team)):
        yield from _breakdown(figures, shield, title, name)


def _few(figures: SessionFigures) -> tuple[str, ...]:
    if len(figures.files) >= FEW:
        return ()
    return (f"These are {len(figures.files)} files: read each figure as what was seen in them, and no more.",)


def _overall(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    """The whole scale. Its two classes are published already, so what is hidden is hidden within a class."""
    every = {grade: (grade,) for grade in figures.scale}
    shown = _together(figures, shield, every)
    said = "; ".join(f"{grade} {in_words(count)}" for grade, count in shown.items())
    if any(count is not None for count in shown.values()):
        yield _chart(
            figures, "Overall grades", f"Of {len(figures.files)} files: {said}.", "", {EVERY_FILE: shown}, every
        )


def _by_section(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    graded: dict[str, list[str]] = {}
    for file in figures.files:
        for section, grade in file.sections:
            graded.setdefault(section, []).append(grade)
    into = columns(figures)
    rows = {
        section: shield.row(f"section: {section}", counted(grades, into))
        for section, grades in graded.items()
        if len(grades) == len(figures.files)
        or shield.number(f"files with {section}", len(grades), len(figures.files)) is not None
    }
    rows = {section: row for section, row in rows.items() if any(row.values())}
    if rows:
        yield _chart(figures, "Grades by section of the template", _ends(figures, graded, rows), "Section", rows, into)


def _ends(figures: SessionFigures, graded: Mapping[str, list[str]], rows: Mapping[str, Shown]) -> str:
    """The strongest and the weakest section, among those with enough files and nothing hidden, as a sentence."""
    enough = classes(figures)
    best = next(iter(enough))
    shares = {
        section: (counted(graded[section], enough)[best], len(graded[section]))
        for section, row in rows.items()
        if None not in row.values() and len(graded[section]) >= FEW
    }
    ranked = sorted(shares, key=lambda section: shares[section][0] / shares[section][1])
    if len(ranked) < 2:
        return "How each section of the files was graded. A section counts the files it applies to."
    weakest, strongest = ranked[0], ranked[-1]
    return (
        f"{strongest} was {best} in {shares[strongest][0]} of {shares[strongest][1]} files, the most of all sections; "
        f"{weakest} in {shares[weakest][0]} of {shares[weakest][1]}, the fewest."
    )


def _status(file: AuditedFile) -> str:
    return file.status


def _team(file: AuditedFile) -> str:
    return file.team


def _breakdown(
    figures: SessionFigures, shield: Shield, title: str, name: Callable[[AuditedFile], str]
) -> Iterator[Block]:
    into = columns(figures)
    groups: dict[str, list[str]] = {}
    for file in figures.files:
        groups.setdefault(name(file), []).append(file.grade)
    counts: Mapping[str, Mapping[str, int]] = {each: counted(groups[each], into) for each in sorted(groups)}
    parts = dict(classes(figures))
    if name is _team:
        enough = shield.large_enough(counts)
        parts[OTHERS] = tuple(each for each in counts if each not in enough)
        counts = enough
    shown = None if list(counts) == [OTHERS] else shield.grades(title, counts, parts)
    if shown is None or not any(count is not None for row in shown.values() for count in row.values()):
        yield Protected(f"Grades by {title} are not shown: the numbers are too small to keep any one file from view.")
        return
    rows = tuple((each, *(in_words(count) for count in row.values())) for each, row in shown.items())
    note = "Teams are not compared: with so few files each, differences are mostly chance." if name is _team else ""
    yield Table(f"Overall grades by {title}", (title.capitalize(), *into), rows, tuple(range(1, len(into) + 1)), note)


def _chart(
    figures: SessionFigures, title: str, alt: str, corner: str, rows: Mapping[str, Shown],
    into: Mapping[str, tuple[str, ...]],
) -> Chart:  # fmt: skip
    colours = {grade.label: grade.colour for grade in figures.framework.grades}
    hues = [colours[members[-1] if place == 0 else members[0]] for place, members in enumerate(into.values())]
    series = shaded(
        (column, hue, tuple(row[column] for row in rows.values())) for column, hue in zip(into, hues, strict=True)
    )
    behind = partial(table_behind, caption=title, corner=corner or "Files", series=series)
    return Chart("stacked_bar", title, alt, tuple(rows), series, behind(categories=tuple(rows)))
