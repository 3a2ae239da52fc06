"""Who may see and do what, from `method/access.py` and the steps of `method/lifecycles.py`."""

from __future__ import annotations

from collections.abc import Collection

from goldenthread.home.generated.markdown import page, table
from goldenthread.method import lifecycles
from goldenthread.method.access import MAY, Is
from goldenthread.method.workflow import Lifecycle


def document() -> str:
    kinds = [value for value in vars(lifecycles).values() if isinstance(value, Lifecycle)]
    acts = {f"{row.name} ({kind.thing}, {row.before})": row.by for kind in kinds for row in kind.steps}
    return page(
        "Who may do what",
        "A standing is what a person is to one thing: the auditor of this file, the manager of this team. "
        "Everything not marked is refused.",
        "## Seeing and doing",
        standings(MAY),
        "## Steps of a lifecycle",
        standings(acts),
    )


def standings(acts: dict[str, frozenset[Is]]) -> str:
    return table(["", *(standing.value for standing in Is)], [[act, *marks(by)] for act, by in acts.items()])


def marks(by: Collection[Is]) -> list[str]:
    return ["yes" if standing in by else "" for standing in Is]
