"""What the account of everybody's records is narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.audit.queries.owed import Ledger, Line
from goldenthread.method.periods import Period, periods


class OwedFilterForm(forms.Form):
    """A month, a post, a team, and whether only those are shown who are short. What makes no sense is left out."""

    month = forms.ChoiceField(label="Month", required=False)
    post = forms.ChoiceField(label="Post", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    short = forms.BooleanField(label="Only those who are short", required=False)

    def __init__(self, found: Ledger, today: date, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.months = {f"{month.starts_on:%Y-%m}": month for month in _months(found)}
        self.this_month = f"{today:%Y-%m}"
        held = {line.holder.post for line in found.lines}
        posts = [(post.key, post.label) for post in found.framework.posts if post.key in held]
        teams = sorted({(str(line.holder.team), line.holder.team_name) for line in found.lines if line.holder.team},
                       key=lambda team: team[1])  # fmt: skip
        months = [(key, month.label) for key, month in reversed(self.months.items())]
        for name, choices in (("month", months), ("post", [("", "All"), *posts]), ("team", [("", "All"), *teams])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial["month"] = self.this_month
        self.is_valid()

    @property
    def chosen_month(self) -> Period:
        return self.months[self.cleaned_data.get("month") or self.this_month]

    @property
    def only_short(self) -> bool:
        return bool(self.cleaned_data.get("short"))

    def narrowed(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of this post and team."""
        post, team = self.cleaned_data.get("post"), self.cleaned_data.get("team")
        return [
            line
            for line in lines
            if (not post or line.holder.post == post) and (not team or str(line.holder.team) == team)
        ]


def _months(found: Ledger) -> Sequence[Period]:
    return list(periods("month", found.months.starts_on, found.months.ends_on, 1))
