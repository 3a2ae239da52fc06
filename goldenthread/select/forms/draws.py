"""A draw: what it is made from, how many of each stratum, the dice and their witnesses, and what is changed after."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import FEWEST_DICE, witnessed_dice
from goldenthread.select.models import CaseList
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

MOST_FILES = 500
FREEZE = "freeze"


class FreezingForm(Form):
    """A form that works numbers out, and freezes a list only as it was shown: `mark` stands for it, and comes back."""

    changed: str  # what is said where the list is no longer what was shown

    @property
    def mark(self) -> str:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.freezing and not self.errors and self.data.get("shown") != self.mark:
            again = "They are worked out again below: look at them once more, then freeze."
            raise ValidationError(f"{self.changed} {again}")
        return cleaned

    @property
    def freezing(self) -> bool:
        return self.data.get("then") == FREEZE


class FrameForm(FreezingForm):
    """What to draw from: the list, how many files in all, and the cases left out by hand, each with its reason.

    A list is frozen only as it was shown: `mark` stands for what the page shows, and comes back when it is frozen.
    """

    changed = "The list, or the cases left out, changed after the numbers were worked out."

    case_list = forms.ChoiceField(label="Case list")
    total = forms.IntegerField(label="Files to draw", min_value=1, max_value=MOST_FILES)
    left_out = forms.CharField(
        label="Cases to leave out", required=False, max_length=10_000, widget=forms.Textarea,
        help_text=(
            "One to a line, as “reference: reason”, such as a file that is with a court. "
            "The reason stays on record: name nobody in it."
        ),
    )  # fmt: skip

    def __init__(self, lists: Sequence[CaseList], total: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"case_list": lists[0].code, "total": total}, **options)
        self.lists = {each.code: each for each in lists}
        self.fields["case_list"].choices = [(each.code, day(each.as_at, "plain")) for each in lists]  # type: ignore[attr-defined]

    def clean_left_out(self) -> dict[str, str]:
        """Reference → reason."""
        said: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["left_out"].splitlines(), start=1):
            ref, _, reason = (part.strip() for part in line.partition(":"))
            if ref and reason:
                said[ref] = reason
            elif line.strip():
                raise ValidationError(
                    f"Cases to leave out, line {number}: “{line.strip()}” is not whole. "
                    "Write the reference, a colon and the reason."
                )
        return said

    @property
    def chosen(self) -> CaseList:
        return self.lists[self._kept("case_list")]

    @property
    def files_to_draw(self) -> int:
        return int(self._kept("total"))

    @property
    def left_out_with_reasons(self) -> Mapping[str, str]:
        return getattr(self, "cleaned_data", {}).get("left_out") or {}

    @property
    def mark(self) -> str:
        text = repr((self._kept("case_list"), sorted(self.left_out_with_reasons.items())))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def must_hold(self, refs: Collection[str]) -> None:
        """Say which of the cases left out are none of those that could be drawn."""
        for ref in self.left_out_with_reasons.keys() - refs:
            self.add_error("left_out", f"Cases to leave out: “{ref}” is not among the cases of this list and theme.")

    def _kept(self, name: str) -> Any:
        """What was chosen, or, where that is missing or wrong, what the page began with."""
        return getattr(self, "cleaned_data", {}).get(name) or self.initial[name]


class QuotasForm(Form):
    """How many files from each stratum."""

    def __init__(
        self,
        sizes: Mapping[str, int],
        words: Mapping[str, str],
        proposed: Mapping[str, int],
        *args: Any,
        **options: Any,
    ) -> None:
        initial = {quota_field(stratum): number for stratum, number in proposed.items()}
        super().__init__(*args, initial=initial, **options)
        self.sizes = sizes
        for stratum, size in sizes.items():
            self.ask(quota_field(stratum), forms.IntegerField(label=words[stratum], min_value=0, max_value=size))

    def rows(self) -> Iterator[tuple[int, BoundField]]:
        """(how many cases it holds, the box for how many to draw) of each stratum."""
        return ((size, self[quota_field(stratum)]) for stratum, size in self.sizes.items())

    @property
    def quotas(self) -> dict[str, int]:
        return {stratum: self.cleaned_data[quota_field(stratum)] for stratum in self.sizes}


def quota_field(stratum: str) -> str:
    return f"quota-{hashlib.sha256(stratum.encode()).hexdigest()[:12]}"


class DiceForm(Form):
    """The dice as they were read out, and who heard them."""

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
            try:
                witnessed_dice("1" * FEWEST_DICE, (cleaned["first_witness"], cleaned["second_witness"]))
            except Refused as refusal:
                self.refuse(refusal, "second_witness")
        return cleaned

    @property
    def witnesses(self) -> tuple[str, str]:
        return self.cleaned_data["first_witness"], self.cleaned_data["second_witness"]


class AbandonForm(Form):
    """Why a frozen draw is given up."""

    because = forms.CharField(
        label="Why is this draw abandoned?", max_length=500, widget=forms.Textarea,
        help_text="The reason and the frozen list stay on record.",
        error_messages={"required": "Say why this draw is abandoned; it stays on record."},
    )  # fmt: skip


class ReplaceForm(Form):
    """Why a drawn file cannot be audited."""

    because = forms.CharField(
        label="Why can this file not be audited?", max_length=500, widget=forms.Textarea,
        help_text="Such as: the file is with the court. The reason is kept with the draw: name nobody in it.",
        error_messages={"required": "Say why this file cannot be audited; the reason is kept with the draw."},
    )  # fmt: skip
