"""The rules of what follows an audit: how urgent a task is, who hears that it is late, what is checked, what is unsafe.

Each class is a table of the framework file and each field a key of it, as in rules.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.framework import shapes
from goldenthread.method.framework.shapes import Counted, CountedOrNone, Key, PostKey, Text


@dataclass(frozen=True, slots=True)
class Severity:
    """How urgent a task is: its clock runs for so many days from the return, counted as `day_kind` says.

    The most urgent stands first. `days` 0: the days that [returns] gives.
    """

    key: Key
    label: Text
    days: CountedOrNone = 0
    day_kind: shapes.DayKind = "working"


@dataclass(frozen=True, slots=True)
class Tasking:
    """How tasks are followed up: reminded so many working days before they are due and every so many after; how many
    working days an extension gives at most, and whose posts may allow one."""

    remind_before_days: CountedOrNone = 2
    remind_every_days: Counted = 3
    extension_days: Counted = 10
    extended_by: tuple[PostKey, ...] = ()
    challenged_to: tuple[PostKey, ...] = ()  # who decides when an owner says that a task is not hers, or not needed


@dataclass(frozen=True, slots=True)
class Escalation:
    """A rung of the ladder: a task or a signature so many working days late is told to holders of this post.

    A post that oversees a team or a service hears of its own; one that oversees the council, or none, of all.
    """

    after_days: Counted
    to: PostKey


@dataclass(frozen=True, slots=True)
class Assurance:
    """How it is checked that signed-off tasks are truly done: a random share of a quarter's, but at least so many."""

    sample_percent: shapes.Percent = 10
    at_least: CountedOrNone = 5


@dataclass(frozen=True, slots=True)
class Concerns:
    """A child who may be unsafe now: who is told at once, within how many hours one of them answers, and who is told
    when nobody has. Hours run day and night."""

    to: tuple[PostKey, ...] = ()
    acknowledge_hours: Counted = 4
    escalate_to: tuple[PostKey, ...] = ()
