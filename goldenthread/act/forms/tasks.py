"""What comes in from the pages of tasks, as the values the services take."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.act.models import Task
from goldenthread.act.queries.task_lists import Places, TaskFilter
from goldenthread.method.framework import Framework
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

STATES = [
    ("", "Not finished"),
    ("to do", "To do"),
    ("challenged", "Challenged"),
    ("done", "Done, to be signed off"),
    ("signed off", "Signed off"),
    ("dropped", "Not needed"),
    ("all", "All"),
]
DUE = [("", "Any day"), ("late", "Late"), ("soon", "Due within a week")]


class TaskFilterForm(Form):
    """What the list of tasks is narrowed by. What cannot tell tasks apart for this person is not asked."""

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False, choices=STATES)
    due = forms.ChoiceField(label="Due", required=False, choices=DUE)
    service = forms.ChoiceField(label="Service", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    severity = forms.ChoiceField(label="How urgent", required=False)
    scope = forms.ChoiceField(
        label="How far it reaches", required=False,
        choices=[("", "Any"), *((key, label[0].upper() + label[1:]) for key, label in Task.SCOPES)],
    )  # fmt: skip
    owner = forms.CharField(label="Whose task, by name", required=False, max_length=100)
    mine = forms.BooleanField(label="Mine only", required=False)

    def __init__(self, teams: Places, services: Places, framework: Framework | None, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        severities = [(each.key, each.label) for each in framework.severities] if framework else []
        self._choose("team", "All teams", teams)
        self._choose("service", "All services", services)
        self._choose("severity", "Any", severities)

    def _choose(self, name: str, every: str, among: Places) -> None:
        if len(among) > 1:
            self.fields[name].choices = [("", every), *among]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def narrowed(self) -> TaskFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return TaskFilter(**kept)


class ChallengeForm(Form):
    """Why a task is not hers, or not needed."""

    because = forms.CharField(
        label="Why is this task not yours, or not needed?", max_length=1000, widget=forms.Textarea,
        help_text="Whoever decides reads this, and it stays on record. Do not name the child or the family.",
        error_messages={"required": "Say why this task is not yours, or not needed."},
    )  # fmt: skip


class DecisionForm(Form):
    """Whether a challenged task stands, and why."""

    decision = forms.ChoiceField(
        label="Is this task still needed?", widget=forms.RadioSelect,
        choices=[("keep", "Yes: it stays with its owner"), ("drop", "No: nothing more is asked")],
        error_messages={"required": "Say whether the task is still needed."},
    )  # fmt: skip
    because = forms.CharField(
        label="Why?", max_length=1000, widget=forms.Textarea,
        error_messages={"required": "Say why: the person whose task it is reads it."},
    )  # fmt: skip


class MoreTimeForm(Form):
    """Until when, and why."""

    until = DayField(label="Until which day?")
    because = forms.CharField(
        label="Why is more time needed?", max_length=1000, widget=forms.Textarea,
        help_text="It stays on record with your name. Do not name the child or the family.",
        error_messages={"required": "Say why more time is needed: it stays on record with who allowed it."},
    )  # fmt: skip
    asked = forms.BooleanField(label="The person whose task it is asked for it", required=False)
