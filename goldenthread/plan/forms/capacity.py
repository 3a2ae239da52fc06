"""What is asked of a plan: what if there were other people, files a day, sessions, absence?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.capacity import GroupPlan, Plan, with_sessions
from goldenthread.web.forms import Form

MOST_PEOPLE = 30
MOST_FILES = 20
MOST_SESSIONS = 52
MOST_ABSENCE = 90


class WhatIfForm(Form):
    """The plan's own numbers, each to be changed. What is not given stays as planned, so an address may name one only.

    Groups with the same number of seats share one number; others have each their own.
    """

    def __init__(self, plan: Plan, today: date, given: Mapping[str, str]) -> None:
        self.plan, self.today = plan, today
        alike = len({group.seats for group in plan.groups}) <= 1
        self.people = {group.key: "people" if alike else f"people-{group.key}" for group in plan.groups}
        planned: dict[str, Any] = {"files_a_day": plan.files_a_day, "absence": plan.absence}
        for group in plan.groups:
            planned |= {self.people[group.key]: group.seats, f"sessions-{group.key}": len(group.sessions)}
        super().__init__({name: given.get(name, str(value)) for name, value in planned.items()}, initial=planned)
        for group in plan.groups:
            whose = "" if alike else f" of {group.name}"
            self._number(self.people[group.key], f"People at a session{whose}", 1, MOST_PEOPLE)
        self._number("files_a_day", "Files a day", 1, MOST_FILES, "By each person, where files are ordinary ones.")
        for group in plan.groups:
            self._sessions(group)
        self._number("absence", "Absence", 0, MOST_ABSENCE, "Of 100 seats, how many stay empty for leave or illness.")

    @property
    def is_as_planned(self) -> bool:
        return self.is_valid() and self.cleaned_data == self.initial

    @property
    def changed_plan(self) -> Plan:
        """The plan with these numbers."""
        given = self.cleaned_data
        groups = tuple(
            replace(
                group,
                seats=given[self.people[group.key]],
                sessions=with_sessions(group.sessions, given[f"sessions-{group.key}"], self.today, self.plan.year),
            )
            for group in self.plan.groups
        )
        return replace(self.plan, files_a_day=given["files_a_day"], absence=given["absence"], groups=groups)

    def sliders(self) -> Iterator[tuple[BoundField, int, int, Any]]:
        """Each number with its bounds and where its slider stands."""
        for bound in self:
            low, high = bound.field.min_value, bound.field.max_value  # type: ignore[attr-defined]
            yield bound, low, high, self.cleaned_data.get(bound.name, self.initial[bound.name])

    def with_more_sessions(self, group: GroupPlan, number: int) -> dict[str, int]:
        """The same numbers with so many more sessions of one group, as an address gives them."""
        name = f"sessions-{group.key}"
        return self.cleaned_data | {name: self.cleaned_data[name] + number}

    def _sessions(self, group: GroupPlan) -> None:
        """Its sessions in the year: not fewer than were held."""
        held = sum(day < self.today for day in group.sessions)
        hint = f"{held} held already." if held else ""
        self._number(f"sessions-{group.key}", f"Sessions of {group.name}", held, MOST_SESSIONS, hint)

    def _number(self, name: str, label: str, low: int, high: int, hint: str = "") -> None:
        """A number from low to high; what is planned is never out of bounds."""
        planned = self.initial[name]
        self.ask(
            name,
            forms.IntegerField(label=label, min_value=min(low, planned), max_value=max(high, planned), help_text=hint),
        )
