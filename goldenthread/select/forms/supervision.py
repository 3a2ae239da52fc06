"""A draw of supervision notes: for which quarter, and how many each senior manager is to inspect."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.method.periods import Period
from goldenthread.select.forms.draws import FREEZE
from goldenthread.select.queries.supervision import Holder
from goldenthread.web.forms import Form

EACH, MOST = 2, 20


class SupervisionForm(Form):
    """The quarter and how many each. The list is frozen only as it was shown: `mark` stands for it, and comes back."""

    quarter = forms.ChoiceField(label="Quarter")
    each = forms.IntegerField(
        label="Notes for each senior manager", min_value=1, max_value=MOST, initial=EACH,
        help_text="How many practitioners’ supervision notes each is to inspect within the quarter.",
    )  # fmt: skip

    def __init__(self, quarters: Sequence[Period], holders: Sequence[Holder], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.quarters = {period.starts_on.isoformat(): period for period in quarters}
        self.mark = hashlib.sha256(repr(holders).encode()).hexdigest()[:16]
        self.fields["quarter"].choices = [(key, each.label) for key, each in self.quarters.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.freezing and not self.errors and self.data.get("shown") != self.mark:
            raise ValidationError(
                "Somebody took up or left a post after the numbers were worked out. "
                "They are worked out again below: look at them once more, then freeze."
            )
        return cleaned

    @property
    def freezing(self) -> bool:
        return self.data.get("then") == FREEZE

    @property
    def chosen(self) -> Period:
        key = getattr(self, "cleaned_data", {}).get("quarter")
        return self.quarters[key] if key else next(iter(self.quarters.values()))

    @property
    def notes_each(self) -> int:
        return getattr(self, "cleaned_data", {}).get("each") or EACH
