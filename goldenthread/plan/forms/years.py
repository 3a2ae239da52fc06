"""What is typed of a year: its days, the files planned of each kind, and the days kept free of sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.framework import Framework
from goldenthread.method.laying_out import months_of, share_in_words, share_of_months
from goldenthread.method.periods import Period, period_of
from goldenthread.plan.models import Year
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import day, listed

MOST_FILES = 100_000
WHOLE_YEAR = 12


class NumbersForm(Form):
    """So many files of each kind that the framework names."""

    def __init__(self, framework: Framework, *args: Any, kinds: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = {f"kind-{kind.key}": kind.plural for kind in framework.kinds}
        for kind in framework.kinds:
            field = forms.IntegerField(label=kind.plural, min_value=0, max_value=MOST_FILES)
            self.ask(f"kind-{kind.key}", field)
            self.initial.setdefault(f"kind-{kind.key}", kinds.get(kind.key, 0))

    def numbers_shown(self) -> Iterator[BoundField]:
        for name in self.labels:
            yield self[name]

    @property
    def kinds(self) -> dict[str, int]:
        return {name.removeprefix("kind-"): self.cleaned_data[name] for name in self.labels}


class YearForm(NumbersForm):
    """A year to open. Numbers are for the months the form was last shown for; other months change them first."""

    starts_on = DayField(label="First day of the year")
    ends_on = DayField(label="Last day of the year")
    for_months = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=WHOLE_YEAR)

    def __init__(self, framework: Framework, year: Period, *args: Any, **options: Any) -> None:
        super().__init__(framework, *args, kinds={"case_file": framework.target.files_per_year}, **options)
        self.starts_month = framework.year_starts_month
        shown = {"starts_on": year.starts_on, "ends_on": year.ends_on, "for_months": months_of(year)}
        self.initial = {**shown, **self.initial}

    def clean_starts_on(self) -> date:
        first: date = self.cleaned_data["starts_on"]
        if first.day != 1:
            raise forms.ValidationError(f"A year begins on the first of a month, not on {day(first, 'plain')}.")
        return first

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last:
            if last <= first:
                self.add_error("ends_on", f"{day(last, 'plain')} is not after the first day, {day(first, 'plain')}.")
            elif last > (longest := period_of(first, "year", first.month).ends_on):
                self.add_error(
                    "ends_on", f"A year has twelve months at most: this one ends by {day(longest, 'plain')}."
                )
            elif not _ends_a_month(last):
                self.add_error("ends_on", f"A year ends on the last day of a month, not on {day(last, 'plain')}.")
        return cleaned

    @property
    def days(self) -> Period:
        return Period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])

    @property
    def has_other_months(self) -> bool:
        """Whether its numbers are still those of more or fewer months than its days have."""
        return months_of(self.days) != self.cleaned_data["for_months"]

    def work_out_again(self) -> str:
        """Put the share of the new months in place of each number; the sums in words."""
        shown, given = self.cleaned_data["for_months"], months_of(self.days)
        data, sums = dict(self.data.items()), []
        for key, files in self.kinds.items():
            data[f"kind-{key}"] = str(share_of_months(files, given, shown))
            if files:
                sums.append(f"{self.labels[f'kind-{key}'].lower()}, {share_in_words(files, given, shown)}")
        data["for_months"] = str(given)
        self.data = data
        return listed(sums)

    @property
    def arranged(self) -> dict[str, Any]:
        return {"starts_on": self.days.starts_on, "ends_on": self.days.ends_on, "kinds": self.kinds}


class BlackoutForm(Form):
    """Days of the year on which no session is to be."""

    from_on = DayField(label="First day without sessions")
    to_on = DayField(label="Last day without sessions")
    why = forms.CharField(label="Why", max_length=200, help_text="As people will read it: August, a practice week.")

    def __init__(self, year: Year, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("from_on", "to_on"):
            self.fields[name].earliest, self.fields[name].latest = year.starts_on, year.ends_on  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_backwards(self, cleaned)
        return cleaned


def refuse_backwards(form: forms.Form, cleaned: Mapping[str, Any]) -> None:
    """Say beside the last day that it lies before the first."""
    first, last = cleaned.get("from_on"), cleaned.get("to_on")
    if first and last and last < first:
        form.add_error("to_on", f"{day(last, 'plain')} is before the first day, {day(first, 'plain')}.")


def _ends_a_month(last: date) -> bool:
    return date.fromordinal(last.toordinal() + 1).day == 1
