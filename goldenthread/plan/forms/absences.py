"""What is typed of an absence: from when to when, and whether it was foreseen. Never why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from goldenthread.people.models import Person
from goldenthread.plan.queries.absences import AbsenceFilter
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

LONGEST = timedelta(days=2 * 366)  # more is a slip of the keyboard

STATES = [("", "Current and coming"), ("past", "Past"), ("withdrawn", "Withdrawn"), ("all", "All")]


class AbsenceForm(Form):
    """The first and last day away."""

    from_on = DayField(label="First day away")
    to_on = DayField(label="Last day away", help_text="The same day again for one day. For example 31 3 2026")
    kind = forms.ChoiceField(
        label="Was it foreseen?", choices=[("planned", "Yes"), ("unplanned", "No")], widget=forms.RadioSelect,
        initial="planned", help_text="Nobody asks what for.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            said = f"Last day away: {day(last, 'plain')} is before the first day away, {day(first, 'plain')}."
            self.add_error("to_on", f"{said} Give that day or a later one.")
        elif first and last and last - first > LONGEST:
            self.add_error("to_on", f"Last day away: {day(last, 'plain')} is more than two years on. Check the year.")
        return cleaned


class AbsenceOfForm(AbsenceForm):
    """The same for somebody chosen from a list."""

    person = forms.ChoiceField(label="Who is away?")
    field_order = ("person",)

    def __init__(self, people: Sequence[Person], *args: Any, **options: Any) -> None:
        self.people = {person.code: person for person in people}
        super().__init__(*args, **options)
        named = [(code, _words(person)) for code, person in self.people.items()]
        self.fields["person"].choices = [("", "Choose a person"), *named]  # type: ignore[attr-defined]

    @property
    def absence(self) -> dict[str, Any]:
        return self.cleaned_data | {"person": self.people[self.cleaned_data["person"]]}


class AbsenceFilterForm(Form):
    """What the list of absences is narrowed by."""

    text = forms.CharField(label="Name", required=False, max_length=60)
    state = forms.ChoiceField(label="Which", required=False, choices=STATES)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    def narrowed(self) -> AbsenceFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        return AbsenceFilter(self.cleaned_data.get("state", ""), self.cleaned_data.get("text", ""))


def _words(person: Person) -> str:
    return f"{person.name}, {person.capacity}"
