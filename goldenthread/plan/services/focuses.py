"""Setting what a year's sessions look at with most care, and the questions asked beside the template's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Focus, Year
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step


@step
def set_focus(
    *, by: Person, year: Year, kind: str, title: str, questions: Sequence[str], from_on: date, to_on: date,
    now: datetime,
) -> Focus:  # fmt: skip
    """A focus for some of the year's days. Refused outside the year."""
    refuse_unless_planning(by)
    _refuse_outside(year, from_on, to_on)
    focus = Focus.objects.create(
        authority_id=year.authority_id, year=year, kind=kind, title=title, questions=list(questions), from_on=from_on,
        to_on=to_on, set_at=now, set_by=by,
    )  # fmt: skip
    record(by=by, verb="set", thing=focus, at=now, now=_facts(focus))
    return focus


@step
def change_focus(
    *, by: Person, focus: Focus, kind: str, title: str, questions: Sequence[str], from_on: date, to_on: date,
    now: datetime,
) -> Focus:  # fmt: skip
    """Other words, questions or days; sessions that were given it carry its new title."""
    refuse_unless_planning(by)
    _refuse_outside(focus.year, from_on, to_on)
    was = _facts(focus)
    focus.sessions.filter(focus=focus.title).update(focus=title)
    focus.kind, focus.title, focus.questions = kind, title, list(questions)
    focus.from_on, focus.to_on = from_on, to_on
    focus.save(update_fields=["kind", "title", "questions", "from_on", "to_on"])
    record(by=by, verb="changed", thing=focus, at=now, was=was, now=_facts(focus))
    return focus


@step
def withdraw_focus(*, by: Person, focus: Focus, now: datetime) -> None:
    """Take a focus out of the year. Refused once a session was given it: what was asked there has to stay known."""
    refuse_unless_planning(by)
    if session := focus.sessions.select_related("group").first():
        raise Refused(f"“{focus.title}” is the focus of {session}. Give that session another focus first.")
    record(by=by, verb="withdrew", thing=focus, at=now, was=_facts(focus))
    focus.delete()


def _refuse_outside(year: Year, from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise Refused(f"The last day, {to_on:%-d %B %Y}, is before the first, {from_on:%-d %B %Y}.")
    if from_on < year.starts_on or to_on > year.ends_on:
        raise Refused(
            f"A focus of this year lies between {year.starts_on:%-d %B %Y} and {year.ends_on:%-d %B %Y}, "
            f"not from {from_on:%-d %B %Y} to {to_on:%-d %B %Y}."
        )


def _facts(focus: Focus) -> dict[str, object]:
    return {
        "kind": focus.kind, "title": focus.title, "questions": focus.questions,
        "from_on": focus.from_on.isoformat(), "to_on": focus.to_on.isoformat(),
    }  # fmt: skip
