"""The small engine behind every lifecycle: a table of steps, read left to right.

A `Lifecycle` knows which steps there are; it knows nothing of databases, pages or the clock. A need is a function of
frozen facts that returns the sentence which refuses, or None. The sentence is shown where the button would be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from goldenthread.method.access import Is
from goldenthread.method.refusal import Refused

Need = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a lifecycle: what is done, from which state to which, by whom, and what it needs."""

    name: str
    before: str
    after: str
    by: frozenset[Is]
    needs: tuple[Need, ...] = ()


def step(name: str, before: str, after: str, by: Collection[Is], *needs: Need) -> Step:
    """A row of the table, written as it is read: `step("sign off", "done", "signed off", {Is.TEAM_MANAGER})`."""
    return Step(name, before, after, frozenset(by), needs)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The steps of one kind of thing.

    >>> from goldenthread.method.lifecycles import TASK, TaskFacts
    >>> facts = TaskFacts(evidence="Chronology brought up to date", record="Case note of 3 March")
    >>> TASK.take("complete", "to do", {Is.OWNER}, facts).after
    'done'
    """

    thing: str
    steps: tuple[Step, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of the table."""
        return tuple(dict.fromkeys(state for row in self.steps for state in (row.before, row.after)))

    def step(self, name: str, state: str) -> Step | None:
        return next((row for row in self.steps if row.name == name and row.before == state), None)

    def take(self, name: str, state: str, standings: Collection[Is], facts: Any) -> Step:
        """The step to record. Raises `Refused` with the sentence of everything that stands in the way."""
        row = self.step(name, state)
        if row is None:
            raise Refused(f"This {self.thing} is “{state}”, so there is nothing to {name}.")
        if not row.by & set(standings):
            raise Refused(f"To {name} this {self.thing} is for {in_words(row.by)}.")
        if reasons := tuple(reason for need in row.needs if (reason := need(facts))):
            raise Refused(*reasons)
        return row

    def open_to(self, state: str, standings: Collection[Is]) -> tuple[Step, ...]:
        """The steps this person may try from here: what feeds the buttons."""
        return tuple(row for row in self.steps if row.before == state and row.by & set(standings))


def in_words(standings: Collection[Is]) -> str:
    """The people meant, as words: "the team manager or the service manager"."""
    names = [standing.words for standing in Is if standing in standings]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
