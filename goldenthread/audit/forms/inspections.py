"""What comes in from the pages of senior managers' inspections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

NAME_NO_CHILD = "Do not name a child or a family."


class InspectionForm(Form):
    """What a senior manager found in a practitioner's supervision notes, and when she inspected them."""

    inspected_on = DayField(label="Day you inspected the notes")
    good = forms.CharField(
        label="What is good?", required=False, max_length=4000, widget=forms.Textarea,
        help_text=f"Such as supervision held every month, and decisions with their reasons. {NAME_NO_CHILD}",
    )  # fmt: skip
    to_improve = forms.CharField(
        label="What is to be put right?", required=False, max_length=4000, widget=forms.Textarea,
        help_text=f"Leave it empty if nothing is. {NAME_NO_CHILD}",
    )  # fmt: skip

    def __init__(self, days: tuple[date, date], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspected_on"].earliest, self.fields["inspected_on"].latest = days  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        written = cleaned.get("good", "").strip() or cleaned.get("to_improve", "").strip()
        if not written and not {"good", "to_improve"} & self.errors.keys():
            self.add_error("good", "Say what is good, or below what is to be put right.")
        return cleaned


class StatementForm(Form):
    """The signature: the digest of what was shown, and the password of whoever has one."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    password = forms.CharField(
        label="Your password", max_length=200, strip=False, widget=forms.PasswordInput,
        help_text="It is asked again because a signature stands for ever.",
    )  # fmt: skip

    def __init__(self, asks_password: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_password:
            del self.fields["password"]
