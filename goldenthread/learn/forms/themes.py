"""What the page of themes is narrowed by, and which number's findings are asked for."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from goldenthread.learn.queries.themes import DOMAINS, SORTS, FindingFilter
from goldenthread.method.periods import Every, Period
from goldenthread.web.forms import Form

EVERY = [("quarter", "By quarter"), ("month", "By month")]


class ThemeFilterForm(Form):
    """By month or by quarter, and of one team."""

    every = forms.ChoiceField(label="Show", required=False, choices=EVERY, initial="quarter")
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, teams: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.teams = dict(teams)
        if teams:
            self.fields["team"].choices = [("", "The whole council"), *teams]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    @property
    def every_chosen(self) -> Every:
        self.is_valid()
        return cast(Every, self.cleaned_data.get("every") or "quarter")

    @property
    def team_chosen(self) -> int | None:
        """The team's id, as far as she may narrow by it; None for the whole council."""
        self.is_valid()
        team = self.cleaned_data.get("team", "")
        return int(team) if team else None


def asked_for(theme: str, data: Any, teams: dict[str, str]) -> FindingFilter | None:
    """The number that an address names; None where it names none."""
    try:
        period = Period(date.fromisoformat(data.get("from", "")), date.fromisoformat(data.get("to", "")))
    except ValueError:
        return None
    sort, domain, team = (data.get(name, "") for name in ("sort", "domain", "team"))
    known = sort in SORTS and domain in DOMAINS and (not team or team in teams)
    if not known or period.starts_on > period.ends_on:
        return None
    return FindingFilter(
        theme, sort, domain, period, random=data.get("others", "") != "on", team=int(team) if team else None
    )
