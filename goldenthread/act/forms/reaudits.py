"""What comes in from the pages of re-audits: which are shown, which case and why, for which session and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

STATES = [("owed", "To arrange"), ("arranged", "Arranged"), ("done", "Done"), ("excused", "Excused")]


class StateForm(Form):
    """How far the re-audits are that the list shows."""

    state = forms.ChoiceField(label="How far", required=False, choices=STATES)

    @property
    def chosen(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("state") or "owed"


class AskForm(Form):
    """Which case is audited again although neither its grade nor chance says so, and why."""

    ref = forms.CharField(label="Case reference", max_length=60)
    because = forms.CharField(
        label="Why is this file to be audited again?", max_length=500, widget=forms.Textarea,
        help_text="It stays on record. Do not name the child, the family or a worker.",
        error_messages={"required": "Say why this file is to be audited again: it stays on record."},
    )  # fmt: skip


class ExcuseForm(Form):
    """Why a re-audit that is owed is not made."""

    because = forms.CharField(
        label="Why is this file not audited again?", max_length=500, widget=forms.Textarea,
        help_text="For example: the case was closed, and the family has moved to another council.",
        error_messages={"required": "Say why this file is not audited again: it stays on record."},
    )  # fmt: skip


class SessionForm(Form):
    """For which session the file is taken."""

    session = forms.ChoiceField(label="Session", widget=forms.RadioSelect)

    def __init__(self, sessions: Sequence[Session], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sessions = {session.code: session for session in sessions}
        choices = [(each.code, _words(each)) for each in sessions]
        self.fields["session"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Session:
        return self._sessions[self.cleaned_data["session"]]


def _words(session: Session) -> str:
    if session.group.meets:
        return f"{session.group.name}, {day(session.held_on)}"
    return f"{session.group.name}, {session.held_on:%B %Y}"


class AuditorForm(Form):
    """Who audits the file again, of those seated who may."""

    auditor = forms.ChoiceField(
        label="Who audits it again?", widget=forms.RadioSelect,
        error_messages={"required": "Choose who audits this file again."},
    )  # fmt: skip

    def __init__(self, people: Sequence[Person], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {person.code: person for person in people}
        choices = [(person.code, f"{person.name}, {person.capacity}") for person in people]
        self.fields["auditor"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self._people[self.cleaned_data["auditor"]]
