"""The unit's own words beside each part of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goldenthread.learn.services import LONGEST
from goldenthread.web.forms import Form


class WordsForm(Form):
    """The unit's own words beside each part of the report, over the version of the draft that was seen.

    After a clash `theirs` holds what somebody else saved meanwhile, for each part where the two differ.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, parts: Mapping[str, str], words: Mapping[str, str], version: int, data: Any = None) -> None:
        super().__init__(data, initial={**words, "seen": version}, prefix="words")
        self.parts = parts
        self.theirs: dict[str, str] = {}
        for part, title in parts.items():
            self.fields[part] = forms.CharField(
                label=f"Your words on: {title}", required=False, max_length=LONGEST, widget=forms.Textarea,
                error_messages={"max_length": f"{title}: write at most {LONGEST:,} characters."},
            )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.parts}

    def beside(self, saved: Mapping[str, str], version: int, sentence: str) -> WordsForm:
        """The form again after a clash: what was typed, what was saved meanwhile, and the version now seen.

        Where nothing was typed, what was saved stands in the field already.
        """
        data = dict(self.data.items())
        data[self.add_prefix("seen")] = str(version)
        for part in self.parts:
            if not self.cleaned_data[part]:
                data[self.add_prefix(part)] = saved.get(part, "")
        again = WordsForm(self.parts, saved, version, data)
        again.add_error(None, sentence)
        typed = {part: again.cleaned_data[part] for part in self.parts}
        again.theirs = {part: text for part in self.parts if (text := saved.get(part, "")) and text != typed[part]}
        return again
