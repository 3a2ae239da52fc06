"""What the comparison of grades is narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms

from goldenthread.web.fields import DayField


class AgreementFilterForm(forms.Form):
    """From when to when, and whether of files that chance drew or of files that were chosen: never both in one."""

    since = DayField(label="Submitted from", required=False)
    until = DayField(label="Submitted to", required=False)
    chosen = forms.ChoiceField(
        label="Files", required=False, choices=[("", "Drawn by chance"), ("chosen", "Chosen for a reason")]
    )

    def __init__(self, today: date, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.today = today
        self.initial.update(since=self.first, until=today)
        self.is_valid()

    @property
    def first(self) -> date:
        """Two years back: what has changed since can be seen, and what is older says little of today's auditors."""
        return self.today - relativedelta(years=2)

    @property
    def by_chance(self) -> bool:
        return not self.cleaned_data.get("chosen")

    @property
    def span(self) -> tuple[date, date]:
        return self.cleaned_data.get("since") or self.first, self.cleaned_data.get("until") or self.today
