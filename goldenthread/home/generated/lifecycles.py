"""Each lifecycle as a state diagram and as its table, from `method/lifecycles.py`."""

from __future__ import annotations

from goldenthread.home.generated.markdown import page, table
from goldenthread.method import lifecycles
from goldenthread.method.workflow import Lifecycle, Need, Step, in_words


def document() -> str:
    kinds = [value for value in vars(lifecycles).values() if isinstance(value, Lifecycle)]
    return page("Lifecycles", *(block for kind in kinds for block in blocks(kind)))


def blocks(kind: Lifecycle) -> list[str]:
    return [f"## A {kind.thing}".replace("A a", "An a"), diagram(kind), steps(kind)]


def diagram(kind: Lifecycle) -> str:
    names = [f'    state "{state}" as {identifier(state)}' for state in kind.states if " " in state]
    start = f"    [*] --> {identifier(kind.states[0])}"
    arrows = [f"    {identifier(row.before)} --> {identifier(row.after)}: {row.name}" for row in kind.steps]
    leaving = {row.before for row in kind.steps if row.before != row.after}
    ends = [f"    {identifier(state)} --> [*]" for state in kind.states if state not in leaving]
    return "\n".join(["```mermaid", "stateDiagram-v2", *names, start, *arrows, *ends, "```"])


def identifier(state: str) -> str:
    return state.replace(" ", "_")


def steps(kind: Lifecycle) -> str:
    return table(["step", "from", "to", "by", "needs"], [cells(row) for row in kind.steps])


def cells(row: Step) -> list[str]:
    return [row.name, row.before, row.after, in_words(row.by), ", ".join(map(need, row.needs))]


def need(function: Need) -> str:
    return function.__name__.replace("_", " ")
