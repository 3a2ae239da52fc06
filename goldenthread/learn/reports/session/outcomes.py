"""Outcomes for children: what audits answered on each, how life moved on a scale, early help, the regional points."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.session_facts import Answered, Change, SessionFigures
from goldenthread.learn.rendering.model import Block, Chart, Table, Text, table_behind
from goldenthread.learn.rendering.shades import shaded
from goldenthread.learn.reports.session.shield import Shield, Shown, in_words
from goldenthread.method.measures import FEW

COLUMNS = ("Yes", "Partly", "No", "Not applicable")
HUES = ("green", "blue", "orange", "grey")


def outcome_blocks(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    asked = [outcome for outcome in figures.outcomes if outcome.of]
    if not asked:
        yield Text(("No question that bears on an outcome has been answered yet.",))
        return
    rows = tuple((each.label, *map(in_words, _shown(each, shield).values())) for each in asked)
    note = "Answers, not files: several questions of one audit may bear on the same outcome."
    title = f"Answers that bear on the {figures.framework.word('outcomes')}"
    yield Table(title, ("Outcome", *COLUMNS), rows, (1, 2, 3, 4), note)
    if figures.change:
        yield Text(tuple(_moved(figures.change, len(figures.files), shield)))


def _moved(change: Change, files: int, shield: Shield) -> Iterator[str]:
    """The means before and now, and how many files rose, stayed and fell."""
    few = shield.rule and change.n < shield.rule.team_minimum
    if few or (change.n < files and shield.number("files on the scale", change.n, files) is None):
        yield "How life moved on the scale from 0 to 10 is not shown: too few files have it, or too few have not."
        return
    yield (
        f"From 0 to 10 for how safe and well the child is, {change.n} files stood at {change.before:.1f} on average "
        f"when the work began and stand at {change.now:.1f} now."
    )
    moves = shield.row("moved on the scale", {"higher": change.rose, "the same": change.stayed, "lower": change.fell})
    if None not in moves.values():
        yield f"{change.rose or 'None'} rose, {change.stayed or 'none'} stayed and {change.fell or 'none'} fell."
    if change.n < FEW:
        yield "With so few files, the averages say nothing of other children."


def early_help_blocks(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    """Early help is asked of every file; the regional points stand beside it."""
    found = figures.early_help
    if not found.of + found.not_applicable:
        yield Text((f"{found.label} has not been asked of any file submitted yet.",))
        return
    shown = _shown(found, shield)
    if None in shown.values():
        yield Text((f"{found.label} was looked for in every file; the numbers are too small to be shown whole.",))
    else:
        files = "file" if len(figures.files) == 1 else "files"
        yield Text(
            (
                f"{found.label} was found in {found.yes} of {len(figures.files)} {files}, partly in {found.partly}; "
                f"in {found.no} there is none.",
            )
        )
    rows = {each.label: _shown(each, shield) for each in (found, *figures.regional_points)}
    rows = {label: row for label, row in rows.items() if any(row.values())}
    if rows:
        yield _chart(rows, [each for each in (found, *figures.regional_points) if each.label in rows])


def _chart(rows: dict[str, Shown], asked: list[Answered]) -> Chart:
    title = "Early help and the points of the regional plan"
    series = shaded(
        (column, hue, tuple(row[column] for row in rows.values())) for column, hue in zip(COLUMNS, HUES, strict=True)
    )
    table = table_behind(caption=title, corner="Point", categories=tuple(rows), series=series)
    return Chart("stacked_bar", title, _weakest(rows, asked), tuple(rows), series, table)


def _weakest(rows: dict[str, Shown], asked: list[Answered]) -> str:
    """The point most often not met, where nothing of it is hidden."""
    whole = [each for each in asked if None not in rows[each.label].values() and each.of]
    worst = min(whole, key=lambda each: each.yes / each.of, default=None)
    if worst is None or worst.yes == worst.of:
        return "How often each point was met, in the files it applies to."
    return f"{worst.label} was met least often: fully in {worst.yes} of the {worst.of} files it applies to."


def _shown(found: Answered, shield: Shield) -> Shown:
    answers = (found.yes, found.partly, found.no, found.not_applicable)
    return shield.row(f"answers on {found.label}", dict(zip(COLUMNS, answers, strict=True)))
