"""What comes in from the pages of returned audits, as the values the services take."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.act.queries import ReturnFilter
from goldenthread.web.forms import Form

STATES = [
    ("", "Not yet accepted"),
    ("with the team", "With the team"),
    ("signed off", "Signed off, to be accepted"),
    ("accepted", "Accepted"),
    ("all", "All"),
]


class ReturnFilterForm(Form):
    """What the list of returned audits is narrowed by."""

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False, choices=STATES)
    team = forms.ChoiceField(label="Team", required=False)
    late = forms.BooleanField(label="Late only", required=False)

    def __init__(self, teams: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        if len(teams) > 1:
            self.fields["team"].choices = [("", "All teams"), *teams]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    def narrowed(self) -> ReturnFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        kept = self.cleaned_data
        blank = {"state": "", "team": "", "late": False, "text": ""}
        return ReturnFilter(**{name: kept.get(name, value) for name, value in blank.items()})


class EvidenceForm(Form):
    """What was done for a task, and where the child's record shows it."""

    evidence = forms.CharField(
        label="What was done?", max_length=2000, widget=forms.Textarea,
        help_text="For example: chronology brought up to date to June. Do not name the child or the family.",
        error_messages={"required": "Say what was done."},
    )  # fmt: skip
    record = forms.CharField(
        label="Where does the council’s record show it?", max_length=300,
        help_text="Say where to look, for example: case note of 3 June, or plan version 4. The document itself stays "
        "where it is; nothing is uploaded here.",
        error_messages={"required": "Say where the record shows it, so that whoever looks finds it."},
    )  # fmt: skip


class SignOffForm(Form):
    """The signature: a note if she likes, the digest of what was shown to her, and that it is she herself.

    `cast`: in the demonstration, where nobody has a password, the people she chooses herself from.
    """

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        label="Anything to add? (optional)", max_length=1000, required=False, widget=forms.Textarea,
        help_text="The Quality Assurance Unit reads it.",
    )  # fmt: skip

    def __init__(self, cast: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if cast:
            self.ask("chosen", _choosing(cast))
        else:
            self.ask("password", _password())

    def said(self) -> dict[str, str]:
        """What confirms that it is she, as `confirm` takes it."""
        return {name: self.cleaned_data.get(name, "") for name in ("password", "chosen")}


def _password() -> forms.CharField:
    return forms.CharField(
        label="Your password", max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="You are asked once more, so that nobody signs in your name at an unlocked screen.",
        error_messages={"required": "Give your password: a signature is given by you alone."},
    )  # fmt: skip


def _choosing(cast: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who are you?", choices=[("", "Choose yourself"), *cast],
        help_text="In this demonstration nobody has a password. In a real council, it is asked for here.",
        error_messages={
            "required": "Choose yourself: a signature is given by you alone.",
            "invalid_choice": "Choose yourself: a signature is given by you alone.",
        },
    )  # fmt: skip


class ReasonForm(Form):
    """Why something is given back: whoever has to do it again reads it."""

    because = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea,
        error_messages={"required": "Say why, so that whoever does it again knows what is asked."},
    )  # fmt: skip
