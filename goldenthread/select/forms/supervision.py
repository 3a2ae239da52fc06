"""A draw of supervision notes: for which quarter, and how many each senior manager is to inspect."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.method.periods import Period
from goldenthread.select.forms.draws import SEEDS, FreezingForm
from goldenthread.select.queries.supervision import Holder

EACH, MOST = 2, 20


class SupervisionForm(FreezingForm):
    """The quarter and how many each. The list is frozen only as it was shown: `mark` stands for it, and comes back."""

    changed = "Somebody took up or left a post after the numbers were worked out."

    quarter = forms.ChoiceField(label="Quarter")
    each = forms.IntegerField(
        label="Notes for each senior manager", min_value=1, max_value=MOST, initial=EACH,
        help_text="How many practitioners’ supervision notes each is to inspect within the quarter.",
    )  # fmt: skip

    seed_kind = forms.ChoiceField(label="Where the seed comes from", required=False)

    def __init__(
        self, quarters: Sequence[Period], holders: Sequence[Holder], seeds: Sequence[str], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, initial={"seed_kind": seeds[0]}, **options)
        self.fields["seed_kind"].choices = [(key, SEEDS[key]) for key in seeds]  # type: ignore[attr-defined]
        self.quarters = {period.starts_on.isoformat(): period for period in quarters}
        self.holders = holders
        self.fields["quarter"].choices = [(key, each.label) for key, each in self.quarters.items()]  # type: ignore[attr-defined]

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr(self.holders).encode()).hexdigest()[:16]

    @property
    def chosen(self) -> Period:
        key = getattr(self, "cleaned_data", {}).get("quarter")
        return self.quarters[key] if key else next(iter(self.quarters.values()))

    @property
    def seed_kind_chosen(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("seed_kind") or self.initial["seed_kind"])

    @property
    def notes_each(self) -> int:
        return getattr(self, "cleaned_data", {}).get("each") or EACH
