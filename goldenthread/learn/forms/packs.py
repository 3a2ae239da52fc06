"""What comes in from the pages of evidence packs and of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.people.models import Team
from goldenthread.plan.models import Year
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

PSEUDONYMS, NAMES = "pseudonyms", "names"
LONGEST = 300


class PackForm(Form):
    """Of what a pack is to be made: a year, a period, a team. What somebody may not ask for is not on it."""

    scope = forms.ChoiceField(label="What the pack is of", widget=forms.RadioSelect)
    starts_on = DayField(label="First day", required=False, help_text="The day of a session. A year needs no days.")
    ends_on = DayField(label="Last day", required=False)

    def __init__(
        self, years: Sequence[Year], teams: Sequence[Team], *, whole: bool, days: tuple[date, date], may_name: bool,
        data: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"starts_on": days[0], "ends_on": days[1], "named": PSEUDONYMS})
        self.years = {year.code: year for year in years}
        self.teams = {str(team.pk): team for team in teams}
        scopes = [("year", "A year")] if years else []
        scopes += [("period", "Days of your choice")] if whole else []
        scopes.append(("team", "A team or service, for days of your choice"))
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        if len(scopes) == 1:
            self.initial["scope"] = "team"
            self.fields["scope"].widget = forms.HiddenInput()
        chosen = [(code, f"{year}") for code, year in self.years.items()]
        self.ask("year", forms.ChoiceField(label="Year", required=False, choices=chosen))
        self.ask("team", forms.ChoiceField(
            label="Team or service", required=False,
            choices=[("", "Choose a team"), *((key, team.name) for key, team in self.teams.items())],
        ))  # fmt: skip
        if may_name:
            _ask_for_names(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scope = cleaned.get("scope")
        if scope == "team" and not cleaned.get("team"):
            self.add_error("team", "Team or service: choose the one that the pack is of.")
        if scope in ("period", "team"):
            for name in ("starts_on", "ends_on"):
                if not cleaned.get(name) and name not in self.errors:
                    label = self.fields[name].label
                    self.add_error(name, f"{label}: nothing was given. Give the day that the pack is of.")
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        given, year = self.cleaned_data, self.years.get(self.cleaned_data.get("year", ""))
        of_year = given["scope"] == "year" and year
        return {
            "scope": given["scope"],
            "team": self.teams.get(given.get("team", "")) if given["scope"] == "team" else None,
            "starts_on": year.starts_on if of_year and year else given.get("starts_on"),
            "ends_on": year.ends_on if of_year and year else given.get("ends_on"),
            **named_in(given),
        }


class AuditPackForm(Form):
    """A pack of one audit: only whether it names anybody."""

    def __init__(self, *, may_name: bool, data: Any = None) -> None:
        super().__init__(data, initial={"named": PSEUDONYMS})
        if may_name:
            _ask_for_names(self)

    @property
    def asked(self) -> dict[str, Any]:
        return named_in(self.cleaned_data)


def _ask_for_names(form: Form) -> None:
    form.ask("named", forms.ChoiceField(
        label="Names and references", widget=forms.RadioSelect,
        choices=[(PSEUDONYMS, "Pseudonyms for cases, roles for people"), (NAMES, "Names and references as they are")],
    ))  # fmt: skip
    form.ask("because", forms.CharField(
        label="Why they are needed", required=False, max_length=LONGEST,
        help_text="Only for a pack with names and references. It stays on the trail and on the pack’s first page.",
    ))  # fmt: skip


def named_in(given: Mapping[str, Any]) -> dict[str, Any]:
    named = given.get("named") == NAMES
    return {"named": named, "because": given.get("because", "") if named else ""}


class ClearForm(Form):
    """Which of the masked words are no names and no references."""

    cleared = forms.MultipleChoiceField(
        label="These are no names and no references", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the words that are to stand as they were written."},
    )  # fmt: skip

    def __init__(self, masked: Mapping[str, int], data: Any = None) -> None:
        super().__init__(data)
        self.fields["cleared"].choices = [  # type: ignore[attr-defined]
            (word, f"{word} ({times} {'time' if times == 1 else 'times'})") for word, times in sorted(masked.items())
        ]


class BehindForm(Form):
    """A pseudonym to look behind, and why."""

    pseudonym = forms.CharField(label="Pseudonym", max_length=10, min_length=10, widget=forms.TextInput(
        attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}))  # fmt: skip
    because = forms.CharField(label="Why you need to know", max_length=LONGEST, help_text="It stays on the trail.")


class DataForm(Form):
    """Which tables, in which format, from when; and for the unit whether protected columns come too."""

    table = forms.ChoiceField(label="Table")
    form = forms.ChoiceField(label="Format", widget=forms.RadioSelect)
    since = DayField(
        label="Only from this day on", required=False,
        help_text="Leave it empty for everything. Lists of teams, questions, grades and themes are always whole.",
    )  # fmt: skip

    EVERY = "every"

    def __init__(
        self, tables: Sequence[tuple[str, str]], formats: Sequence[tuple[str, str]], *, may_protected: bool,
        data: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"table": self.EVERY, "form": formats[0][0]})
        self.names = [name for name, _ in tables]
        self.fields["table"].choices = [(self.EVERY, "All of them, in one zip"), *tables]  # type: ignore[attr-defined]
        self.fields["form"].choices = formats  # type: ignore[attr-defined]
        if may_protected:
            self.ask("protected", forms.BooleanField(
                label="With protected columns: references, names, what people wrote", required=False,
            ))  # fmt: skip
            self.ask("because", forms.CharField(
                label="Why the protected columns are needed", required=False, max_length=LONGEST,
                help_text="Only with protected columns. It stays on the trail.",
            ))  # fmt: skip

    @property
    def asked(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = self.names if given["table"] == self.EVERY else [given["table"]]
        protected = bool(given.get("protected"))
        return {
            "names": names, "form": given["form"], "since": given["since"], "protected": protected,
            "because": given.get("because", "") if protected else "",
        }  # fmt: skip
