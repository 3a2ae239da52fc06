"""What comes in from the pages of calibrations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from goldenthread.people.models import Person
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form


class CalibrationForm(Form):
    """What a calibration is called, who is asked, and until when."""

    title = forms.CharField(label="Title", max_length=200, help_text="For example: Child in need plans, autumn.")
    people = forms.MultipleChoiceField(
        label="Who is asked to grade this file?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose two people at least: what they gave is compared."},
    )  # fmt: skip

    def __init__(self, people: Mapping[int, Person], today: date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(key), f"{person.name}, {person.capacity}") for key, person in people.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        self.ask("closes_on", DayField(label="Last day to answer", earliest=today))


class ClosingForm(Form):
    """Why a calibration is closed without an answer."""

    because = forms.CharField(
        label="Why is it closed without an answer?", widget=forms.Textarea, max_length=4000,
        help_text="Everybody who was asked reads it.",
        error_messages={"required": "Say why it is closed without an answer."},
    )  # fmt: skip


class AnswerForm(Form):
    """Why the agreed answer is the answer."""

    because = forms.CharField(
        label="Why is this the answer?", widget=forms.Textarea, max_length=4000,
        help_text="Everybody who graded the file reads it.",
    )  # fmt: skip
