"""What followed an audit: tasks with their proof, the signature, the audit after it, and whether a child was unsafe."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.whole_audit_facts import TaskKept, Unsafe, WholeAudit
from goldenthread.learn.rendering.model import Block, Table, Text
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.session.selection import in_groups
from goldenthread.web.wording import plural, when


def task_words(figures: WholeAudit) -> str:
    """How the tasks stand, in a sentence."""
    if figures.returned_at is None:
        return "It has not been returned to the team."
    if not figures.tasks:
        return "It was returned to the team without a task."
    signed = sum(task.state == "signed off" for task in figures.tasks)
    late = sum(task.late for task in figures.tasks)
    said = f"{signed} of {plural(len(figures.tasks), 'task')} signed off"
    return f"{said}; {late} late." if late else f"{said}."


def task_blocks(figures: WholeAudit) -> Iterator[Block]:
    if figures.returned_at is None:
        yield Text((task_words(figures),))
        return
    sentences = [f"Returned to the team by {figures.returned_by}, {when(figures.returned_at)}."]
    if figures.due_on and figures.sign_off_due_on:
        sentences.append(f"Tasks due by {day(figures.due_on)}; signature by {day(figures.sign_off_due_on)}.")
    sentences.append(task_words(figures))
    if figures.accepted_at:
        sentences.append(f"Accepted by the unit, {when(figures.accepted_at)}.")
    yield Text(tuple(sentences))
    if figures.tasks:
        rows = tuple(
            (task.text, f"{task.owner}; {task.scope}", task.severity, day(task.due_on), _stands(task))
            for task in figures.tasks
        )
        yield Table("Tasks", ("Task", "Whose, and how far", "Urgency", "Due", "How it stands"), rows)
    if figures.signed_off:
        signatures = tuple(
            (one.by, one.capacity, when(one.at), f"{one.meaning} {one.note}".strip(), in_groups(one.sha256))
            for one in figures.signed_off
        )
        yield Table("Signatures", ("Who", "As", "When", "Meaning", "SHA-256 of what was signed"), signatures)


def _stands(task: TaskKept) -> str:
    """Everything that became of a task, in one cell."""
    said = [f"{task.state.capitalize()}{', late' if task.late else ''}."]
    if task.evidence:
        said.append(f"Done: {task.evidence.rstrip('.')}{f', {when(task.done_at)}' if task.done_at else ''}.")
    if task.record:
        said.append(f"Recorded in: {task.record}.")
    said += [f"More time was given. {extension}" for extension in task.extensions]
    if task.challenge:
        said.append(f"Challenged: {task.challenge}")
    if task.decision:
        said.append(f"Decided: {task.decision}")
    if task.checked:
        said.append(f"Checked in the record: {task.checked}")
    return " ".join(said)


def again_blocks(figures: WholeAudit) -> Iterator[Block]:
    if figures.again_of:
        yield Text((f"This is a re-audit of a file that was audited by {day(figures.again_of)}.",))
    if not figures.again:
        return
    rows = tuple(
        (f"{one.reason}{f': {one.because}' if one.because else ''}", day(one.due_on), one.state, one.before or "–",  # noqa: RUF001
         one.after or "–")  # noqa: RUF001
        for one in figures.again
    )  # fmt: skip
    yield Table("Audited again", ("Why", "Due", "How far", "Grade before", "Grade after"), rows)


def concern_blocks(figures: WholeAudit) -> Iterator[Block]:
    for one in figures.concerns:
        yield Text(tuple(_of_concern(one)))


def _of_concern(one: Unsafe) -> Iterator[str]:
    yield f"A concern that a child may be unsafe was raised, {when(one.raised_at)}."
    if one.acknowledged_at:
        yield f"It was acknowledged, {when(one.acknowledged_at)}."
    else:
        yield "It has not been acknowledged."
    if one.closed_at:
        yield f"It was closed, {when(one.closed_at)}."
    if one.text:
        yield f"What was said: {one.text}"
    if one.outcome:
        yield f"What was done: {one.outcome}"
