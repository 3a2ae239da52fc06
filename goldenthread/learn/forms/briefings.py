"""What is typed of a briefing: what it is about, when and how it is given, and who was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import forms

from goldenthread.framework.models import Theme
from goldenthread.learn.queries.briefings import Member
from goldenthread.learn.queries.effect import Item
from goldenthread.learn.services.briefings import MOST_QUESTIONS
from goldenthread.method.periods import Period
from goldenthread.people.models import Person, Team
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

TEAMS, ALL = "teams", "all"
QUESTIONS = "questions-"  # and the place of a section: one field for each


class ItemsForm(Form):
    """Questions of the template, ticked section by section."""

    def ask_for(self, items: Sequence[Item]) -> None:
        """A field of tick boxes for each section that has a question to look at."""
        by_section = [(section, list(each)) for section, each in groupby(items, key=lambda item: item.section)]
        for place, (section, each) in enumerate(by_section):
            choices = [(item.name, f"{item.number}. {item.label}") for item in each]
            field = forms.MultipleChoiceField(
                label=section, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.ask(f"{QUESTIONS}{place}", field)

    @property
    def by_section(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(QUESTIONS)]

    @property
    def chosen(self) -> list[str]:
        """The questions ticked, in the template's order."""
        kept = getattr(self, "cleaned_data", {})
        return [name for key, names in kept.items() if key.startswith(QUESTIONS) for name in names]


def ticked(items: Sequence[Item], chosen: Collection[str]) -> dict[str, list[str]]:
    """The initial values of those fields where these questions are chosen."""
    by_section = [list(each) for _, each in groupby(items, key=lambda item: item.section)]
    return {
        f"{QUESTIONS}{place}": [item.name for item in each if item.name in chosen]
        for place, each in enumerate(by_section)
    }


class BriefingForm(ItemsForm):
    """A briefing: its title, the period it draws on, themes, the questions it is about, and what should change."""

    title = forms.CharField(label="Title", max_length=200, help_text="Such as “Plans that say what will be different”.")
    period = forms.ChoiceField(label="On the audits of", help_text="The half-year whose findings it takes up.")
    themes = forms.MultipleChoiceField(label="Themes taken up", required=False, widget=forms.CheckboxSelectMultiple)
    message = forms.CharField(
        label="What should change", max_length=500, widget=forms.Textarea,
        help_text="One sentence for practitioners. Name no child, family or worker.",
    )  # fmt: skip

    def __init__(
        self, periods: Sequence[Period], themes: Sequence[Theme], items: Sequence[Item], *args: Any, **options: Any
    ) -> None:
        self.periods = {period.starts_on.isoformat(): period for period in periods}
        self.offered = {theme.key: theme for theme in themes}
        super().__init__(*args, **options)
        self.fields["period"].choices = [(key, each.label) for key, each in self.periods.items()]  # type: ignore[attr-defined]
        self.fields["themes"].choices = [(key, each.label) for key, each in self.offered.items()]  # type: ignore[attr-defined]
        if not self.offered:
            del self.fields["themes"]
        self.ask_for(items)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = self.by_section[0].name if self.by_section else None
        if not self.chosen:
            self.add_error(first, "Questions: none is ticked. Tick at least one in which you will look for a change.")
        elif len(self.chosen) > MOST_QUESTIONS:
            self.add_error(first, f"Questions: {len(self.chosen)} are ticked. Tick at most {MOST_QUESTIONS}.")
        return cleaned

    @property
    def kept(self) -> dict[str, Any]:
        """What planning and changing take."""
        return {
            "title": self.cleaned_data["title"],
            "period": self.periods[self.cleaned_data["period"]],
            "themes": [self.offered[key] for key in self.cleaned_data.get("themes", ())],
            "questions": self.chosen,
            "message": self.cleaned_data["message"],
        }


class SessionForm(Form):
    """When, how and by whom a briefing is given."""

    held_on = DayField(label="Day")
    way = forms.ChoiceField(label="How is it given?", widget=forms.RadioSelect)
    led_by = forms.ChoiceField(label="Who leads it", required=False)

    def __init__(self, ways: Sequence[str], leaders: Mapping[int, Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.leaders = {str(key): person for key, person in leaders.items()}
        self.fields["way"].choices = [(way, way.capitalize()) for way in ways]  # type: ignore[attr-defined]
        named = ((key, f"{each.name}, {each.capacity}") for key, each in self.leaders.items())
        self.fields["led_by"].choices = [("", "Not settled yet"), *named]  # type: ignore[attr-defined]

    @property
    def kept(self) -> dict[str, Any]:
        """What arranging and changing take."""
        return {
            "held_on": self.cleaned_data["held_on"],
            "way": self.cleaned_data["way"],
            "led_by": self.leaders.get(self.cleaned_data["led_by"]),
        }


class ArrangeForm(SessionForm):
    """The same, in the meeting of each team or once for all."""

    to = forms.ChoiceField(
        label="Who hears it?", widget=forms.RadioSelect,
        choices=[(TEAMS, "Each team by itself"), (ALL, "All teams together")],
    )  # fmt: skip
    teams = forms.MultipleChoiceField(label="Teams", required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("to", "teams", "held_on", "way", "led_by")

    def __init__(
        self, teams: Sequence[Team], ways: Sequence[str], leaders: Mapping[int, Person], *args: Any, **options: Any
    ) -> None:
        self.offered = {str(team.pk): team for team in teams}
        super().__init__(ways, leaders, *args, **options)
        self.fields["teams"].choices = [(key, team.name) for key, team in self.offered.items()]  # type: ignore[attr-defined]
        self.initial = {"to": TEAMS, "teams": list(self.offered), "way": ways[0] if ways else "", **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == TEAMS and "teams" in cleaned and not cleaned["teams"]:
            self.add_error("teams", "Teams: none is ticked. Tick those that are briefed, or choose all teams together.")
        return cleaned

    @property
    def kept(self) -> dict[str, Any]:
        teams = [self.offered[key] for key in self.cleaned_data["teams"]] if self.cleaned_data["to"] == TEAMS else []
        return super().kept | {"teams": teams}


class MarkForm(Form):
    """Who was there, and on which day it was."""

    held_on = DayField(label="The day on which it was given")
    people = forms.MultipleChoiceField(label="Who was there", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, members: Sequence[Member], today: date, *args: Any, by_team: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {member.code: member for member in members}
        named = ((code, _words(each, by_team=by_team)) for code, each in self.members.items())
        self.fields["people"].choices = list(named)  # type: ignore[attr-defined]
        self.fields["held_on"].latest = today  # type: ignore[attr-defined]

    @property
    def people_there(self) -> list[int]:
        return [self.members[code].person for code in self.cleaned_data["people"]]


def _words(member: Member, *, by_team: bool) -> str:
    return f"{member.name}, {member.team_name or member.title}" if by_team else f"{member.name}, {member.title}"


class ProcedureForm(ItemsForm):
    """From which day a new procedure is in force, and the questions in which a change is looked for."""

    in_force_on = DayField(label="The procedure came into force on")

    def __init__(self, items: Sequence[Item], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_for(items)
