"""What is typed to lay out a year, and what the calendar is narrowed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.framework import Framework
from goldenthread.method.laying_out import first_days, first_weekday
from goldenthread.plan.models import Group, Year
from goldenthread.plan.queries.calendar import CalendarOf
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

WEEKDAYS = [("0", "Mondays"), ("1", "Tuesdays"), ("2", "Wednesdays"), ("3", "Thursdays"), ("4", "Fridays")]
MOST_WEEKS = 26
BY_MONTH, BY_GROUP = "month", "group"


class LayOutForm(Form):
    """For each group from which day, on which weekday; how many weeks apart; where."""

    every_weeks = forms.IntegerField(label="How many weeks apart?", min_value=1, max_value=MOST_WEEKS)
    venue = forms.CharField(
        label="Venue", max_length=200, required=False, help_text="For all of them. Each can be changed by itself later."
    )

    def __init__(
        self, framework: Framework, year: Year, groups: Sequence[Group], *args: Any, today: date,
        standing: Mapping[int, date], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.groups = {str(group.pk): group for group in groups}
        weeks = framework.rhythm.every_weeks
        begin = max(year.starts_on, min(today, year.ends_on))
        offered = first_days(begin, len(groups), weeks)
        self.initial = {"every_weeks": weeks, **self.initial}
        for (key, group), fresh in zip(self.groups.items(), offered, strict=True):
            first = standing.get(group.pk, fresh)
            from_day = DayField(
                label=f"{group.name}: from", required=False, earliest=year.starts_on, latest=year.ends_on,
                help_text="The first session is on the first such weekday from this day on. Empty: not this group.",
            )  # fmt: skip
            self.ask(f"from-{key}", from_day)
            self.ask(f"weekday-{key}", forms.ChoiceField(label=f"{group.name}: on", choices=WEEKDAYS))
            self.initial.setdefault(f"from-{key}", first if first <= year.ends_on else begin)
            self.initial.setdefault(f"weekday-{key}", str(min(first.weekday(), 4)))

    def groups_shown(self) -> Iterator[tuple[Group, BoundField, BoundField]]:
        for key, group in self.groups.items():
            yield group, self[f"from-{key}"], self[f"weekday-{key}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.firsts:
            self.add_error(
                f"from-{next(iter(self.groups))}", "No group has a first day. Give at least one a day to begin on."
            )
        return cleaned

    @property
    def firsts(self) -> dict[Group, date]:
        """Each group's first session, had it nothing in its way."""
        given = {key: self.cleaned_data.get(f"from-{key}") for key in self.groups}
        return {
            self.groups[key]: first_weekday(day, int(self.cleaned_data[f"weekday-{key}"]))
            for key, day in given.items()
            if day
        }

    @staticmethod
    def field_of(group: object) -> str:
        """The field to mend where the group of this key cannot be laid out."""
        return f"from-{group}"


class CalendarFilter(Form):
    """What the calendar shows, and of whom."""

    view = forms.ChoiceField(
        label="Show it", required=False, choices=[(BY_MONTH, "month by month"), (BY_GROUP, "group by group")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    group = forms.ChoiceField(label="Auditing group", required=False)
    mine = forms.BooleanField(label="Only sessions at which I have a seat", required=False)
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, groups: Sequence[Group], *args: Any, sees_all: bool, **options: Any) -> None:
        super().__init__(*args, auto_id="filter-%s", **options)
        self.groups = {str(group.pk): group for group in groups}
        self.fields["group"].choices = [("", "All groups"), *((key, each.name) for key, each in self.groups.items())]  # type: ignore[attr-defined]
        if not sees_all:
            del self.fields["mine"]

    def narrowed(self) -> CalendarOf:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        given = self.cleaned_data
        return CalendarOf(
            group=self.groups.get(given.get("group", "")),
            mine=given.get("mine", False),
            by_group=given.get("view") == BY_GROUP,
        )
