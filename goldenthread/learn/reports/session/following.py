"""What followed: audits returned, tasks set, done, signed off, late."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.session_facts import SessionFigures
from goldenthread.learn.rendering.model import Block, Table, Text, day_in_words
from goldenthread.learn.reports.session.shield import Shield, Shown, in_words

SIGNED, DONE, TO_DO, LATE = "Done and signed off", "Done, waiting for sign-off", "To do, not yet due", "Late"


def task_states(figures: SessionFigures, shield: Shield) -> Shown:
    """How many tasks stand where. Whatever this report says of tasks comes from this one row, hidden parts and all."""
    tasks = figures.tasks
    counts = {SIGNED: tasks.signed_off, DONE: tasks.done, TO_DO: tasks.to_do, LATE: tasks.late}
    return shield.row(f"tasks on {figures.as_of.isoformat()}", counts)


def task_words(figures: SessionFigures, shield: Shield) -> str:
    """How the tasks stand, as one sentence."""
    total = figures.tasks.total
    if not figures.returned:
        return "No audit of this session has been returned to its team yet, so no tasks are set."
    if not total:
        return "The audits that were returned asked for no tasks."
    if not shield.shows_whole(total):
        return "How many tasks are set is not shown: the number is small."
    said = "1 task is set" if total == 1 else f"{total} tasks are set"
    shown = task_states(figures, shield)
    signed, done, late = shown[SIGNED], shown[DONE], shown[LATE]
    if signed is None or done is None or late is None:
        return f"{said}."
    return f"{said}: {_are(signed + done)} done and {_are(late)} late."


def task_blocks(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    yield Text((task_words(figures, shield), *_returns(figures, shield)))
    total = figures.tasks.total
    if total and shield.shows_whole(total):
        rows = tuple((name, in_words(count)) for name, count in task_states(figures, shield).items())
        yield Table(f"Tasks on {day_in_words(figures.as_of)}", ("How far", "Tasks"), (*rows, ("All", f"{total}")), (1,))


def _returns(figures: SessionFigures, shield: Shield) -> Iterator[str]:
    """What is still with the teams. Of so few returns it is said within the unit only."""
    if shield.up or not figures.returned:
        return
    signed = figures.returned - figures.awaiting - figures.accepted
    yield (
        f"Of {figures.returned} returned {'audit' if figures.returned == 1 else 'audits'}, {_are(figures.awaiting)} "
        f"still with the team, {_are(signed)} signed off and not yet accepted, and {_are(figures.accepted)} accepted."
    )


def _are(count: int) -> str:
    """A count with its verb: "1 is", "none are", "3 are"."""
    return "1 is" if count == 1 else f"{count or 'none'} are"
