"""The grades of a period: the headline and what it makes plausible, by section, kind of case, service and team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from goldenthread.learn.periodic.tables import FEW_FILES, NO_FILE, Drafting, as_shown, section_name, sections_of
from goldenthread.learn.periodic.wording import HIDDEN, in_words, plausible, rounded, said, share
from goldenthread.learn.queries.period_facts import PeriodFigures, by_grade, total
from goldenthread.learn.rendering.model import Block, Chart, Protected, Series, Table, Text, table_behind
from goldenthread.learn.rendering.shades import shaded
from goldenthread.method.disclosure import Released
from goldenthread.method.estimation import Estimate, stratified_proportion
from goldenthread.method.measures import FEW, proportion
from goldenthread.web.wording import listed, plural

INK = "#1d70b8"


# --- the headline ------------------------------------------------------------------------------------------


def headline(drafted: Drafting) -> str:
    """How many files were good or better, and what is plausible for all the open cases they were drawn from."""
    figures, (good, of) = drafted.figures, drafted.own
    if not total(figures.random):
        return "No file of this period was drawn at random, so nothing can be said of other cases."
    if good is None or of is None:
        return f"How many files were {figures.good_label} is not shown: the numbers are small."
    start = f"{said(figures, good).capitalize()} of {said(figures, of)} files were {figures.good_label}"
    found, cases, unread = estimated(figures)
    if found is None or found.low is None or found.high is None:
        few = "" if figures.circulated or of < FEW else f", {share(good, of)}"
        return f"{start}{few}. That is too few files to say what is plausible for other cases."
    low, high = plausible(figures, found.low, found.high)
    everyone = f"all {said(figures, rounded(figures, cases))} open cases"
    if figures.circulated:
        sentence = f"{start}, and between {low} and {high} is plausible for {everyone}."
    elif share(good, of) == _percent(found.mean):
        few = "" if of < FEW else f", {share(good, of)}"
        sentence = f"{start}{few}, and between {low} and {high} is plausible for {everyone}."
    else:
        sentence = (
            f"{start}. Weighted by how many open cases of each kind there are that is {_percent(found.mean)}, and "
            f"between {low} and {high} is plausible for {everyone}."
        )
    return sentence + (f" No file was read of {listed(unread)}, so it does not speak for them." if unread else "")


def estimated(figures: PeriodFigures) -> tuple[Estimate | None, int, list[str]]:
    """The share of all open cases that are good or better, by kind of case; how many those are; the kinds not read.

    The strata of each draw (kind and team) are joined to kinds of case, since a quarter reads one file or none of most
    teams; the cases are those on the newest list. A kind of which more files were read than the list holds counts them.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in figures.random:
        if row.grade:
            counts[row.status][0] += row.files * (row.grade in figures.good)
            counts[row.status][1] += row.files
    held: dict[str, int] = defaultdict(int)
    for one in figures.open:
        held[one.status] += one.cases
    unread = sorted(status for status, cases in held.items() if cases and status not in counts)
    sizes = {status: max(held[status], of) for status, (_, of) in counts.items()}
    if not counts or not figures.open:
        return None, sum(sizes.values()), unread
    return stratified_proportion({key: (hits, of) for key, (hits, of) in counts.items()}, sizes), sum(sizes.values()), [
        status.lower() for status in unread
    ]  # fmt: skip


def _percent(value: float) -> str:
    return share(round(value * 1_000_000), 1_000_000)


# --- the blocks --------------------------------------------------------------------------------------------


def grade_blocks(drafted: Drafting) -> Iterator[Block]:
    figures = drafted.figures
    yield Text((headline(drafted), *_beside(figures)))
    if not total(figures.random):
        return
    if not figures.circulated:
        yield _whole_scale(figures)
    yield from _sections(drafted)
    yield from _breakdown(drafted.status, "kind of case", "")
    if drafted.service:
        yield from _breakdown(drafted.service, "service", "")
    if drafted.team:
        yield from _teams(drafted)


def _beside(figures: PeriodFigures) -> tuple[str, ...]:
    """What else was audited: chosen for a reason, or of another kind. It is in no figure."""
    number = rounded(figures, total(figures.others))
    if not total(figures.others):
        return ()
    if number is None:
        return ("A few further files were chosen for a reason or were of another kind; they are in no figure here.",)
    few = "file was" if number == 1 else "files were"
    return (
        f"{said(figures, number).capitalize()} further {few} chosen for a reason, not by chance, or of another kind of "
        "audit: what they found stands in no figure here.",
    )


def _whole_scale(figures: PeriodFigures) -> Chart:
    counts = by_grade(figures, figures.random, lambda row: row.status)
    every = {
        "All files": {grade: sum(row[grade] for row in counts.values()) for grade in next(iter(counts.values()), {})}
    }
    spoken = "; ".join(f"{grade} {number}" for grade, number in every["All files"].items())
    return _stacked(
        figures, "Overall grades", f"Of {plural(total(figures.random), 'file')}: {spoken}.", "Files", every | counts
    )


def _stacked(figures: PeriodFigures, title: str, alt: str, corner: str, rows: dict[str, dict[str, int]]) -> Chart:
    colours = {grade.label: grade.colour for grade in figures.framework.grades}
    series = shaded((grade, colours[grade], tuple(float(row[grade]) for row in rows.values())) for grade in colours)
    table = table_behind(caption=title, corner=corner, categories=tuple(rows), series=series)
    return Chart("stacked_bar", title, alt, tuple(rows), series, table)


def _sections(drafted: Drafting) -> Iterator[Block]:
    """Each section of the template: good or better of how many, with what is plausible. Small numbers are left out."""
    figures = drafted.figures
    shown: dict[str, tuple[int, int]] = {}
    for section, counts in sections_of(figures).items():
        good, of = as_shown(drafted, section_name(section), *counts)
        if good is not None and of:
            shown[section] = good, of
    if len(shown) < 2:
        return
    title = f"Files that were {figures.good_label}, by section"
    ends = {name: proportion(good, of) for name, (good, of) in shown.items()}
    rows = tuple(
        (name, f"{good:,}", f"{of:,}", *plausible(figures, ends[name].low or 0.0, ends[name].high or 0.0))
        for name, (good, of) in shown.items()
    )
    head = ("Section", figures.good_label, "Files", "Plausible from", "to")
    note = "A section counts the random files it applies to." + (
        " Counts are rounded, and sections with small numbers are left out." if figures.circulated else ""
    )
    table = Table(title, head, rows, (1, 2, 3, 4), note)
    values = tuple(round(100 * good / of, 1) for good, of in shown.values())
    lower, upper = (tuple(float(row[place].rstrip("%")) for row in rows) for place in (3, 4))
    yield Chart(
        "dots", title, _ends(figures, shown), tuple(shown), (Series(figures.good_label, values, INK),), table,
        unit="%", lower=lower, upper=upper,
    )  # fmt: skip


def _ends(figures: PeriodFigures, shown: dict[str, tuple[int, int]]) -> str:
    """The section that was good most often and least often, where their intervals leave no doubt which is which."""
    found = {name: proportion(good, of) for name, (good, of) in shown.items() if of}
    best = max(found, key=lambda name: found[name].n / found[name].of)
    worst = min(found, key=lambda name: found[name].n / found[name].of)
    if (found[best].low or 0) > (found[worst].high or 1):
        return f"{best} was {figures.good_label} most often and {worst} least often: more than chance would explain."
    return "Each dot is the share of files; its line is what is plausible. The lines overlap, so no section stands out."


def _breakdown(table: Released, title: str, note: str) -> Iterator[Block]:
    if table.rows == NO_FILE:
        return
    lines = list(zip(table.rows, table.cells, strict=False))
    if all(cell is None for _, line in lines for cell in line):
        yield Protected(f"Grades by {title} are not shown: the numbers are too small to keep any one file from view.")
        return
    rows = tuple((name, *(in_words(cell) for cell in line)) for name, line in lines)
    yield Table(
        f"Overall grades by {title}", (title.capitalize(), *table.columns, "Files"), rows,
        tuple(range(1, len(table.columns) + 2)), note,
    )  # fmt: skip


def _teams(drafted: Drafting) -> Iterator[Block]:
    """Teams in the order of the alphabet, with what is plausible for each; none with few files, and no ranking."""
    table, figures = drafted.team, drafted.figures
    assert table is not None
    least = figures.framework.protection.team_minimum
    held: dict[str, int] = defaultdict(int)
    for one in figures.open:
        held[one.team] += one.cases
    rows = []
    for name, line in zip(table.rows, table.cells, strict=False):
        good, of = line[0] or 0, line[-1] or 0
        size = max(held[name], of) if held[name] else None
        found = proportion(good, of, population=size) if of and name != FEW_FILES else None
        ends = plausible(figures, found.low or 0.0, found.high or 0.0) if found else (HIDDEN, HIDDEN)
        rows.append((name, in_words(good), in_words(of), *ends))
    if table.rows in ((FEW_FILES,), NO_FILE):
        yield Text((f"No team had {least} files drawn at random, so none is shown by itself.",))
        return
    head = ("Team", figures.good_label, "Files", "Plausible from", "to")
    note = (
        f"In the order of the alphabet: with so few files, which team comes first is mostly chance. Teams with fewer "
        f"than {least} files stand together."
    )
    yield Table("Overall grades by team", head, tuple(rows), (1, 2, 3, 4), note)
