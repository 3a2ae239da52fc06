"""The dice of whatever is drawn with them, in this stage or a later one: what was read out, and who heard it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import FEWEST_DICE, is_operator, witnessed_dice
from goldenthread.web.forms import Form


class DiceForm(Form):
    """The dice as they were read out, and who heard them: two people who do not make the draw."""

    rolls = forms.CharField(
        label="Dice, in the order they were read out", max_length=300,
        help_text=f"At least {FEWEST_DICE} rolls of a die, such as 31625 44213 56612 34561. Spaces do not matter.",
    )  # fmt: skip
    first_witness = forms.CharField(
        label="First witness", max_length=100, help_text="Their post or initials: this is published with the draw."
    )
    second_witness = forms.CharField(
        label="Second witness", max_length=100, help_text="Somebody else's post or initials."
    )

    def __init__(self, operator: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.operator = operator

    def clean_rolls(self) -> str:
        rolls: str = self.cleaned_data["rolls"]
        try:
            witnessed_dice(rolls, ("one", "another"))
        except Refused as refusal:
            raise ValidationError(list(refusal.sentences)) from None
        return rolls

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"first_witness", "second_witness"} & self.errors.keys():
            first, second = self.witnesses
            field = "first_witness" if is_operator(first, self.operator) else "second_witness"
            try:
                witnessed_dice("1" * FEWEST_DICE, (first, second), self.operator)
            except Refused as refusal:
                self.refuse(refusal, field)
        return cleaned

    @property
    def witnesses(self) -> tuple[str, str]:
        return self.cleaned_data["first_witness"], self.cleaned_data["second_witness"]
