"""How tasks are followed up, as the page of a framework says it: clocks, disputes, more time, reminders, the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldenthread.method.following import deciders, givers_of_time
from goldenthread.method.framework import Framework


def followed_up(framework: Framework) -> Iterable[str]:
    """A sentence for each rule of [[severities]], [tasking] and [[escalation]]."""
    if len(framework.severities) > 1:
        yield f"A task is one of: {'; '.join(_clocks(framework))}."
    rule = framework.tasking
    yield (
        f"An owner who says that a task is not hers, or not needed, is answered by the "
        f"{_posts(framework, deciders(framework))}, and never by herself."
    )
    yield (
        f"At most {_days(rule.extension_days)} more may be given, by the "
        f"{_posts(framework, givers_of_time(framework))}, for a task that is not their own."
    )
    before = f"{_days(rule.remind_before_days)} before it is due and " if rule.remind_before_days else ""
    yield f"Whoever has a task to do is reminded {before}every {_days(rule.remind_every_days)} after."
    rungs = [f"after {_days(rung.after_days)} the {framework.post(rung.to).label}" for rung in framework.escalation]
    if rungs:
        yield f"A task or a signature that is late is told to: {', '.join(rungs)}."


def _clocks(framework: Framework) -> Iterable[str]:
    for each in framework.severities:
        days = each.days or framework.returns.days
        kind = each.day_kind if each.days else framework.returns.day_kind
        yield f"{each.label}, due within {_days(days, kind)}"


def _days(number: int, kind: str = "working") -> str:
    return f"1 {kind} day" if number == 1 else f"{number} {kind} days"


def _posts(framework: Framework, keys: Sequence[str]) -> str:
    *others, last = [framework.post(key).label for key in keys]
    return f"{', '.join(others)} or {last}" if others else last
