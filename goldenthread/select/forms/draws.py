"""A draw: what it is made from, how many of each stratum, the dice and their witnesses, and what is changed after."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from goldenthread.select.models import CaseList
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

MOST_FILES = 2000
FREEZE = "freeze"
SEEDS = {
    "dice": "Dice, read out before two witnesses",
    "shares": "Numbers that three or more people give before any of them is known",
    "beacon": "A public beacon: the first round that is out ten minutes after the list is frozen",
}


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

    changed = "The list, the cases left out or the way changed after the numbers were worked out."

    case_list = forms.ChoiceField(label="Case list")
    total = forms.IntegerField(label="Files to draw", min_value=1, max_value=MOST_FILES)
    left_out = forms.CharField(
        label="Cases to leave out", required=False, max_length=10_000, widget=forms.Textarea,
        help_text=(
            "One to a line, as “reference: reason”, such as a file that is with a court. "
            "The reason stays on record: name nobody in it."
        ),
    )  # fmt: skip

    def __init__(self, lists: Sequence[CaseList], total: int, *args: Any, way: str = "", **options: Any) -> None:
        super().__init__(*args, initial={"case_list": lists[0].code, "total": total}, **options)
        self.way = way
        self.lists = {each.code: each for each in lists}
        self.fields["case_list"].choices = [(each.code, day(each.as_at, "plain")) for each in lists]  # type: ignore[attr-defined]

    def clean_left_out(self) -> dict[str, str]:
        """Reference → reason."""
        return reasons_by_ref(self.cleaned_data["left_out"], "Cases to leave out")

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
        text = repr((self._kept("case_list"), sorted(self.left_out_with_reasons.items()), self.way))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def must_hold(self, refs: Collection[str]) -> None:
        """Say which of the cases left out are none of those that could be drawn."""
        for ref in self.left_out_with_reasons.keys() - refs:
            self.add_error("left_out", f"Cases to leave out: “{ref}” is not among the cases of this list and theme.")

    def _kept(self, name: str) -> Any:
        """What was chosen, or, where that is missing or wrong, what the page began with."""
        return getattr(self, "cleaned_data", {}).get(name) or self.initial[name]


def reasons_by_ref(typed: str, label: str) -> dict[str, str]:
    """Reference → reason, of lines “reference: reason”. Raises `ValidationError` for a line that is not whole."""
    said: dict[str, str] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        ref, _, reason = (part.strip() for part in line.partition(":"))
        if ref in said:
            raise ValidationError(f"{label}, line {number}: {ref} is named twice.")
        if ref and reason:
            said[ref] = reason
        elif line.strip():
            raise ValidationError(
                f"{label}, line {number}: “{line.strip()}” is not whole. Write the reference, a colon and the reason."
            )
    return said


class QuotasForm(Form):
    """How many files from each stratum. One put together is asked about by what it is made of (`made_of`), so that a
    number given for other teams than those shown is no answer."""

    def __init__(
        self,
        sizes: Mapping[str, int],
        words: Mapping[str, str],
        proposed: Mapping[str, int],
        *args: Any,
        made_of: Mapping[str, tuple[str, ...]] | None = None,
        **options: Any,
    ) -> None:
        self.names = {stratum: quota_field("\n".join((made_of or {}).get(stratum, (stratum,)))) for stratum in sizes}
        initial = {self.names[stratum]: number for stratum, number in proposed.items()}
        super().__init__(*args, initial=initial, **options)
        self.sizes = sizes
        for stratum, size in sizes.items():
            self.ask(self.names[stratum], forms.IntegerField(label=words[stratum], min_value=0, max_value=size))

    def rows(self) -> Iterator[tuple[int, BoundField]]:
        """(how many cases it holds, the box for how many to draw) of each stratum."""
        return ((size, self[self.names[stratum]]) for stratum, size in self.sizes.items())

    @property
    def quotas(self) -> dict[str, int]:
        return {stratum: self.cleaned_data[name] for stratum, name in self.names.items()}


def quota_field(stratum: str) -> str:
    return f"quota-{hashlib.sha256(stratum.encode()).hexdigest()[:12]}"


class AbandonForm(Form):
    """Why a frozen draw is given up."""

    because = forms.CharField(
        label="Why is this draw abandoned?", max_length=500, widget=forms.Textarea,
        help_text="The reason and the frozen list stay on record.",
        error_messages={"required": "Say why this draw is abandoned; it stays on record."},
    )  # fmt: skip
