"""What followed: tasks and how they stand, whether signed-off ones were truly done, how far moderation moved grades."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.periodic.wording import in_words, rounded, said
from goldenthread.learn.queries.period_facts import PeriodFigures, Tasks
from goldenthread.learn.rendering.model import Block, Table, Text, day_in_words
from goldenthread.method.measures import FEW, proportion
from goldenthread.web.wording import plural

HEAD = ("Done and signed off", "Done, waiting for sign-off", "To do, not yet due", "Late", "Challenged", "All")


def _states(row: Tasks) -> tuple[int, ...]:
    return (row.signed_off, row.done, row.to_do, row.late, row.challenged, row.set)


def _sum(rows: list[Tasks]) -> Tasks:
    counts = [sum(column) for column in zip(*(row[2:] for row in rows), strict=True)] or [0] * 6
    return Tasks("", "", *counts)


def task_words(figures: PeriodFigures) -> str:
    """How the tasks stand, as one sentence."""
    every = _sum(list(figures.tasks))
    if not every.set:
        return "The period's audits have set no tasks yet."
    number, late = rounded(figures, every.set), rounded(figures, every.late)
    if number is None:
        return "How many tasks were set is not shown: the number is small."
    if late is None:
        return f"{said(figures, number).capitalize()} tasks were set; how many are late is not shown."
    done = rounded(figures, every.signed_off + every.done)
    if done is None:
        return f"{said(figures, number).capitalize()} tasks were set: {late or 'none'} are late."
    return (
        f"{said(figures, number).capitalize()} {'task was' if number == 1 else 'tasks were'} set: "
        f"{said(figures, done) if done else 'none'} {'is' if done == 1 else 'are'} done and "
        f"{said(figures, late) if late else 'none'} {'is' if late == 1 else 'are'} late."
    )


def task_blocks(figures: PeriodFigures) -> Iterator[Block]:
    yield Text((task_words(figures), *_check_words(figures), *_concern_words(figures)))
    if not figures.tasks or (figures.circulated and figures.detail == "council"):
        return
    by_place: dict[str, list[Tasks]] = {}
    team = figures.detail == "team" and not figures.circulated
    for row in figures.tasks:
        by_place.setdefault(row.team if team else row.service, []).append(row)
    rows = [
        (name, *(in_words(rounded(figures, count)) for count in _states(_sum(found))))
        for name, found in sorted(by_place.items(), key=lambda each: each[0].casefold())
    ]
    if not figures.circulated:
        rows.append(("All", *(in_words(count) for count in _states(_sum(list(figures.tasks))))))
    title = f"Tasks on {day_in_words(figures.as_of)}"
    yield Table(title, ("Team" if team else "Service", *HEAD), tuple(rows), (1, 2, 3, 4, 5, 6))


def _check_words(figures: PeriodFigures) -> tuple[str, ...]:
    """The "signed off but not done" rate, with its interval. Small numbers stay in the service."""
    done, partly, not_done = figures.checked
    of = done + partly + not_done
    if not of:
        return ("No signed-off task was checked in this period.",)
    if figures.circulated and (
        rounded(figures, of) is None or 0 < of - done < figures.framework.protection.suppress_below
    ):
        return ("Signed-off tasks were checked; the numbers are too small to be shown.",)
    found = proportion(of - done, of)
    start = (
        f"{plural(of, 'task')} that had been signed off {'was' if of == 1 else 'were'} checked in the record: {done} "
        f"truly done, {partly} in part, {not_done} not."
    )
    if of < FEW:
        return (start,)
    low, high = (f"{round(100 * (end or 0))}%" for end in (found.low, found.high))
    return (f"{start} Between {low} and {high} of all that is signed off may not be wholly done.",)


def _concern_words(figures: PeriodFigures) -> tuple[str, ...]:
    if figures.circulated or not figures.concerns:
        return ()
    many = "a child may have been unsafe" if figures.concerns == 1 else "children may have been unsafe"
    return (f"{plural(figures.concerns, 'immediate concern')} {'was' if figures.concerns == 1 else 'were'} raised, "
            f"because {many} when the file was read.",)  # fmt: skip


# --- moderation --------------------------------------------------------------------------------------------


def moderation_words(figures: PeriodFigures) -> str:
    """How far moderation moved the overall grades: the product says it of grading, never of one auditor."""
    points = {grade.key: grade.points for grade in figures.framework.grades}
    of = sum(row.files for row in figures.moved)
    if not of:
        return "No file of this period has been through moderation yet."
    number = rounded(figures, of)
    if number is None:
        return "A few files were moderated; how their grades moved is not shown."
    shift = {"up": 0, "down": 0}
    for row in figures.moved:
        step = points.get(row.last, 0) - points.get(row.first, 0)
        if step:
            shift["up" if step > 0 else "down"] += row.files
    told = {way: rounded(figures, count) for way, count in shift.items()}
    if None in told.values():
        return f"{said(figures, number).capitalize()} files were moderated; how many grades moved is not shown."
    kept = "" if figures.circulated else f"{of - sum(shift.values())} kept their grade, "
    return (
        f"{said(figures, number).capitalize()} {'file was' if of == 1 else 'files were'} moderated: {kept}"
        f"{told['up'] or 'none'} went up and {told['down'] or 'none'} went down."
    )


def moderation_blocks(figures: PeriodFigures) -> Iterator[Block]:
    yield Text((moderation_words(figures),))
    if figures.circulated or not figures.moved:
        return
    labels = {grade.key: grade.label for grade in figures.framework.grades}
    counts = {(row.first, row.last): row.files for row in figures.moved}
    rows = tuple(
        (labels[first], *(f"{counts.get((first, last), 0)}" for last in labels))
        for first in labels
        if any(counts.get((first, last)) for last in labels)
    )
    head = ("The auditors' grade", *(f"Moderated: {label}" for label in labels.values()))
    yield Table("Grades before and after moderation", head, rows, tuple(range(1, len(head))))
