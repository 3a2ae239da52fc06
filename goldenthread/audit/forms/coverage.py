"""What the page of coverage is narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.audit.queries.coverage import YearCovered
from goldenthread.method.coverage import WHATS, Line

MANAGERS = "manager"
LABELS = {
    "team": "Teams",
    "status": "Kinds of case",
    "locality": "Localities",
    "worker": "Workers of each team",
    MANAGERS: "Senior managers",
}


class CoverageFilterForm(forms.Form):
    """A year, one part of its coverage, and whether only what is still owed is shown. Nonsense is left out."""

    year = forms.ChoiceField(label="Year", required=False)
    what = forms.ChoiceField(label="What", required=False, choices=[("", "Everything"), *LABELS.items()])
    owed = forms.BooleanField(label="Only what is still owed", required=False)

    def __init__(self, covered: YearCovered, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["year"].choices = [(year.code, str(year)) for year in covered.years]  # type: ignore[attr-defined]
        self.initial["year"] = covered.year.code
        self.covered = covered
        self.is_valid()

    @property
    def only_owed(self) -> bool:
        return bool(self.cleaned_data.get("owed"))

    @property
    def parts(self) -> list[tuple[str, str, Sequence[Line]]]:
        """(key, heading, lines) of each part that is shown; a part that the framework does not ask has no lines."""
        found = self.covered.ledger
        return [
            (what, LABELS[what], [line for line in found.lines if line.what == what and self._shows(line.owed)])
            for what in WHATS
            if found and self._chosen(what) and any(line.what == what for line in found.lines)
        ]

    @property
    def shares(self) -> list[Any]:
        """The senior managers' shares, as far as they are shown."""
        return [each for each in self.covered.shares if self._chosen(MANAGERS) and self._shows(len(each.owed))]

    def _chosen(self, what: str) -> bool:
        return self.cleaned_data.get("what") in ("", None, what)

    def _shows(self, owed: int) -> bool:
        return bool(owed) or not self.only_owed
