"""What comes in from the pages of assurance: the quarter to sample, the dice, what a check found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.act.models import TaskCheck
from goldenthread.method.assurance import WANTING
from goldenthread.method.periods import Period
from goldenthread.select.dice import DiceForm
from goldenthread.web.forms import Form


class QuarterForm(Form):
    """Which quarter's signed-off tasks are sampled."""

    quarter = forms.ChoiceField(label="Quarter", widget=forms.RadioSelect)

    def __init__(self, quarters: Sequence[Period], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._quarters = {quarter.starts_on: quarter for quarter in quarters}
        choices = [(quarter.starts_on.isoformat(), quarter.label) for quarter in quarters]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]
        self.fields["quarter"].initial = choices[0][0] if choices else None

    @property
    def period(self) -> Period:
        return self._quarters[date.fromisoformat(self.cleaned_data["quarter"])]


class SampleDiceForm(DiceForm):
    """As a draw's dice; the witnesses do not draw the sample."""

    first_witness = forms.CharField(
        label="First witness", max_length=100, help_text="Their post or initials: this is kept with the sample."
    )


class CheckForm(Form):
    """What the record shows of a task that was signed off as done."""

    outcome = forms.ChoiceField(
        label="What does the record show?", widget=forms.RadioSelect,
        choices=[(outcome, label.capitalize()) for outcome, label in TaskCheck.OUTCOMES],
        error_messages={"required": "Say whether the task is truly done, partly done or not done."},
    )  # fmt: skip
    note = forms.CharField(
        label="What did you see?", required=False, max_length=2000, widget=forms.Textarea,
        help_text="Where you looked, and what is missing. Needed unless the task is truly done. Do not name the child "
        "or the family.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") in WANTING and not cleaned.get("note", "").strip():
            self.add_error("note", "Say what is missing, so that the team knows what to put right.")
        return cleaned


class PutRightForm(Form):
    """What was done since, and where the record shows it."""

    note = forms.CharField(
        label="What was done, and where does the record show it?", max_length=2000, widget=forms.Textarea,
        help_text="Do not name the child or the family.",
        error_messages={"required": "Say what was done, and where the record shows it."},
    )  # fmt: skip
