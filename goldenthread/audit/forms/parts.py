"""What comes in where two auditors agree: for each section a grade, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.audit.queries.agreeing import Agreement, ToAgree
from goldenthread.audit.services.agreeing import Agreed, fault_of


class AgreeForm(forms.Form):
    """A grade and the reasons for each section, and for the whole file; where both graded alike, theirs is chosen."""

    def __init__(self, agreement: Agreement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        for place, one in enumerate(agreement.to_agree):
            self.fields[f"grade-{place}"] = forms.ChoiceField(
                label="The grade you agree on", choices=[(choice.name, choice.label) for choice in one.choices],
                widget=forms.RadioSelect, required=False, initial=one.grade,
            )  # fmt: skip
            self.fields[f"because-{place}"] = forms.CharField(
                label="Why" if one.differ else "Why, if there is more to say", widget=forms.Textarea, required=False,
                max_length=4000, error_messages={"max_length": "Say it in 4,000 characters or fewer."},
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[ToAgree, Any, Any]]:
        """Each section with its two fields."""
        return [
            (one, self[f"grade-{place}"], self[f"because-{place}"]) for place, one in enumerate(self.agreement.to_agree)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place, one in enumerate(self.agreement.to_agree):
            if fault := fault_of(one, self._agreed(place, one, cleaned)):
                field = "because" if cleaned.get(f"grade-{place}") else "grade"
                self.add_error(f"{field}-{place}", fault)
        return cleaned

    def agreed(self) -> list[Agreed]:
        return [self._agreed(place, one, self.cleaned_data) for place, one in enumerate(self.agreement.to_agree)]

    def _agreed(self, place: int, one: ToAgree, cleaned: dict[str, Any]) -> Agreed:
        return Agreed(one.section, cleaned.get(f"grade-{place}", ""), cleaned.get(f"because-{place}", ""))
