"""For whom an edition is published, and what a list of editions is narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.learn.models import Edition
from goldenthread.learn.queries.editions import Sought
from goldenthread.learn.readers import WORDS
from goldenthread.web.forms import Form
from goldenthread.web.wording import day


class ReadersForm(Form):
    """For whom an edition is published, of those that this report may be for; one alone needs no choice."""

    readers = forms.ChoiceField(
        label="Who will read this edition?", widget=forms.RadioSelect,
        error_messages={"required": "Choose who will read this edition."},
    )  # fmt: skip
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, allowed: Sequence[str], data: Any) -> None:
        if len(allowed) == 1:
            data = {"readers": allowed[0], "shown": data.get("shown", "") if data else ""}
        super().__init__(data or None)
        self.fields["readers"].choices = [(each, WORDS[each]) for each in allowed]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data["readers"])


class EarlierForm(Form):
    """The earlier edition to compare with: one there is needs no choice to be shown first."""

    earlier = forms.ChoiceField(label="Compare with", required=False)

    def __init__(self, offered: Sequence[Edition], data: Any) -> None:
        super().__init__(data)
        self.offered = offered
        self.fields["earlier"].choices = [(each.code, _named(each)) for each in offered]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """The code of the edition asked for, or of the newest; "" where there is none."""
        asked = self.cleaned_data.get("earlier", "") if self.is_valid() else ""
        return str(asked or (self.offered[0].code if self.offered else ""))


def _named(edition: Edition) -> str:
    named = getattr(edition, "named", "") or edition.report
    return f"{named}, edition {edition.number}, published on {day(edition.published_at, 'plain')}"


class EditionFilterForm(Form):
    """What the list of editions is narrowed by."""

    report = forms.ChoiceField(label="Report", required=False)
    group = forms.ChoiceField(label="Auditing group", required=False)
    body = forms.ChoiceField(label="For", required=False)
    year = forms.ChoiceField(label="Year", required=False)

    def __init__(
        self,
        *,
        reports: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]],
        years: Sequence[tuple[str, str, date, date]],
        data: Any,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.spans = {key: (first, last) for key, _, first, last in years}
        for name, choices in (
            ("report", reports),
            ("group", groups),
            ("body", bodies),
            ("year", [(key, label) for key, label, _, _ in years]),
        ):
            self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]

    @property
    def sought(self) -> Sought:
        if not self.is_valid():
            return Sought()
        chosen = self.cleaned_data
        since, until = self.spans.get(chosen["year"], (None, None))
        return Sought(chosen["group"], chosen["report"], chosen["body"], since, until)

    @property
    def address(self) -> str:
        """What is chosen, as the part of an address that the next page keeps."""
        return self.data.urlencode() if hasattr(self.data, "urlencode") else ""
