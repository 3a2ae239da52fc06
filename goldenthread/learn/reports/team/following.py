"""What followed the audits of a team's files: its tasks, the files audited again; and the sessions that are coming."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.team_facts import TeamFigures
from goldenthread.learn.rendering.model import Block, Table, Text
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.web.wording import plural


def task_words(figures: TeamFigures) -> str:
    tasks = figures.tasks
    if not tasks.total:
        return "No task was set."
    late = f"{tasks.late} of them {'is' if tasks.late == 1 else 'are'} late" if tasks.late else "none is late"
    return f"{plural(tasks.total, 'task')} {'was' if tasks.total == 1 else 'were'} set; {late}."


def task_blocks(figures: TeamFigures) -> Iterator[Block]:
    tasks = figures.tasks
    yield Text((task_words(figures),))
    if not tasks.total:
        return
    rows = (
        ("To do, and in time", tasks.to_do),
        ("To do, and late", tasks.late),
        ("Challenged by whom they were given to", tasks.challenged),
        ("Done, and waiting for the signature", tasks.done),
        ("Signed off", tasks.signed_off),
        ("Not needed, as was decided", tasks.dropped),
    )
    yield Table("The team's tasks", ("How they stand", "Tasks"), tuple((name, f"{n}") for name, n in rows), (1,))


def reaudit_blocks(figures: TeamFigures) -> Iterator[Block]:
    if not figures.reaudits:
        yield Text(("No file of the team is to be audited again.",))
        return
    rows = tuple(
        (day(one.due_on), one.state.capitalize(), one.before or "Not graded", one.after or "Not yet")
        for one in figures.reaudits
    )
    yield Table("Files that are audited again", ("Due", "How far", "Grade before", "Grade after"), rows)


def coming_blocks(figures: TeamFigures) -> Iterator[Block]:
    if figures.closed_on and figures.closed_on < figures.as_of:
        yield Text((f"{figures.team} is closed, so no session will take its files.",))
        return
    if not figures.coming:
        yield Text(("No session that may take files of this team is published yet.",))
        return
    yield Text(("These sessions may take files of this team. Which files is not known before they are drawn.",))
    rows = tuple((day(one.held_on), one.group, one.focus or "No particular focus") for one in figures.coming)
    yield Table("Coming sessions", ("Day", "Group", "What it looks at"), rows)
