"""Fields the house has and Django lacks: a day asked for as day, month and year, with the sentence that mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.web.wording import day as in_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BOXES = ("day", "month", "year")
EXAMPLE = "for example 31 3 2026"


@dataclass(frozen=True, slots=True)
class Parts:
    """What was typed into the three boxes, and which of them hold the fault."""

    day: str = ""
    month: str = ""
    year: str = ""
    faulty: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(filter(None, (self.day, self.month, self.year)))

    @property
    def first_faulty(self) -> str:
        return self.faulty[0] if self.faulty else ""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in BOXES if not getattr(self, name))


class DayInput(forms.Widget):
    """Three boxes named `<name>-day`, `<name>-month`, `<name>-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Parts | None:
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in BOXES)
        typed = Parts(day, month, year)
        return typed if str(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in BOXES)

    def parts_of(self, value: Parts | date | None, *, faulty: bool) -> Parts:
        """The boxes' content for a typed or a stored value; at fault are the boxes that cannot be right."""
        if isinstance(value, date):
            value = Parts(str(value.day), str(value.month), str(value.year))
        typed = value or Parts()
        if not faulty:
            return typed
        return Parts(
            typed.day, typed.month, typed.year, typed.missing or _impossible(typed) or ("day", "month", "year")
        )


class DayField(forms.Field):
    """A day. `earliest` and `latest` bound it; `label` is the noun its sentences use.

    >>> DayField(label="Date of the session").clean(Parts("31", "Mar", "2026"))
    datetime.date(2026, 3, 31)
    """

    widget = DayInput

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **options: Any) -> None:
        self.earliest, self.latest = earliest, latest
        options.setdefault("help_text", EXAMPLE.capitalize())
        super().__init__(**options)

    def to_python(self, value: Parts | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        if value.missing:
            needs = " and a ".join(value.missing)
            raise ValidationError(f"{self.label}: “{value}” is not whole. It must have a {needs} too, {EXAMPLE}.")
        try:
            return date(_year(value.year), _month(value.month), int(value.day))
        except ValueError:
            raise ValidationError(f"{self.label}: “{value}” is not a real date. Give one, {EXAMPLE}.") from None

    def validate(self, value: date | None) -> None:
        if value is None:
            if self.required:
                raise ValidationError(f"{self.label}: nothing was given. Give a day, a month and a year, {EXAMPLE}.")
            return
        if self.earliest and value < self.earliest:
            raise ValidationError(self._outside(value, "on or after", self.earliest))
        if self.latest and value > self.latest:
            raise ValidationError(self._outside(value, "on or before", self.latest))

    def _outside(self, value: date, side: str, bound: date) -> str:
        return f"{self.label}: {in_words(value, 'plain')} will not do. It must be {side} {in_words(bound, 'plain')}."

    def has_changed(self, initial: date | None, data: Parts | None) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def _month(typed: str) -> int:
    return MONTHS.index(typed[:3].lower()) + 1 if typed[:3].lower() in MONTHS else int(typed)


def _year(typed: str) -> int:
    if len(typed) != 4:
        raise ValueError("A year has four figures.")
    return int(typed)


def _impossible(typed: Parts) -> tuple[str, ...]:
    """The boxes that could be part of no date at all."""
    possible = {"day": lambda: 1 <= int(typed.day) <= 31, "month": lambda: 1 <= _month(typed.month) <= 12}
    possible["year"] = lambda: _year(typed.year) > 0
    return tuple(name for name, test in possible.items() if not _holds(test))


def _holds(test: Any) -> bool:
    try:
        return bool(test())
    except ValueError:
        return False
