"""What is typed of a focus: its kind, its title, its questions, its days."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.plan.forms.years import refuse_backwards
from goldenthread.plan.models import Focus, Year
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form

MOST_QUESTIONS, LONGEST = 20, 300


class FocusForm(Form):
    """What sessions look at with most care for a time."""

    kind = forms.ChoiceField(label="What kind of focus is it?", choices=Focus.KINDS, widget=forms.RadioSelect)
    title = forms.CharField(
        label="Title", max_length=200, help_text="Such as “Domestic abuse” or “The new visits form”."
    )
    questions = forms.CharField(
        label="Questions", required=False, widget=forms.Textarea,
        help_text="One a line. Auditors ask them of each file beside those of the template. Name no child.",
    )  # fmt: skip
    from_on = DayField(label="From")
    to_on = DayField(label="To")

    def __init__(self, year: Year, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("from_on", "to_on"):
            self.fields[name].earliest, self.fields[name].latest = year.starts_on, year.ends_on  # type: ignore[attr-defined]
        self.initial = {"from_on": year.starts_on, "to_on": year.ends_on, **self.initial}

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        questions = [line for line in lines if line]
        if len(questions) > MOST_QUESTIONS:
            raise forms.ValidationError(
                f"Questions: {len(questions)} are too many for a day's audit. Give at most {MOST_QUESTIONS}."
            )
        if long := next((line for line in questions if len(line) > LONGEST), ""):
            raise forms.ValidationError(
                f"Questions: the one that begins “{long[:40]}” has {len(long)} characters. Give at most {LONGEST}."
            )
        return questions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_backwards(self, cleaned)
        return cleaned
