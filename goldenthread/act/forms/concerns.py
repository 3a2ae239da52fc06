"""What comes in from the pages of immediate concerns."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.act.queries.concerns import ConcernFilter
from goldenthread.web.forms import Form

STATES = [
    ("", "All"),
    ("raised", "Waiting to be acknowledged"),
    ("acknowledged", "Acknowledged, not closed"),
    ("closed", "Closed"),
]


class ConcernForm(Form):
    """What worries her, and where it was seen."""

    worry = forms.CharField(
        label="What worries you?", max_length=2000, widget=forms.Textarea,
        help_text="What may be happening to the child now. Do not name the child or the family: whoever is told finds "
        "the file by its case reference.",
        error_messages={"required": "Say what worries you."},
    )  # fmt: skip
    seen = forms.CharField(
        label="Where in the record did you see it?", max_length=1000, widget=forms.Textarea,
        help_text="For example: case note of 3 June; strategy discussion of 12 May. No names here either.",
        error_messages={"required": "Say where in the record you saw it."},
    )  # fmt: skip


class OutcomeForm(Form):
    """What was done for the child."""

    outcome = forms.CharField(
        label="What was done, and where does the record show it?", max_length=2000, widget=forms.Textarea,
        help_text="For example: visited today, see the case note of 7 October. Do not name the child or the family.",
        error_messages={"required": "Say what was done and where the record shows it."},
    )  # fmt: skip


class ConcernFilterForm(Form):
    """What the list of concerns is narrowed by."""

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False, choices=STATES)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    def narrowed(self) -> ConcernFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        kept = self.cleaned_data
        return ConcernFilter(state=kept.get("state", ""), text=kept.get("text", ""))
