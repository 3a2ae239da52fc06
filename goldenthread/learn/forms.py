"""What comes in from the pages of reports, as the values the services take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goldenthread.learn.reports.session import PARTS
from goldenthread.learn.services import LONGEST
from goldenthread.web.forms import Form

UNIT, CIRCULATION = "unit", "circulation"


class WordsForm(Form):
    """The unit's own words beside each part of the report, over the version of the draft that was seen.

    After a clash `theirs` holds what somebody else saved meanwhile, for each part where the two differ.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, words: Mapping[str, str], version: int, data: Any = None) -> None:
        super().__init__(data, initial={**words, "seen": version}, prefix="words")
        self.theirs: dict[str, str] = {}
        for part, title in PARTS.items():
            self.fields[part] = forms.CharField(
                label=f"Your words on: {title}", required=False, max_length=LONGEST, widget=forms.Textarea,
                error_messages={"max_length": f"{title}: write at most {LONGEST:,} characters."},
            )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}

    def beside(self, saved: Mapping[str, str], version: int, sentence: str) -> WordsForm:
        """The form again after a clash: what was typed, what was saved meanwhile, and the version now seen.

        Where nothing was typed, what was saved stands in the field already.
        """
        data = dict(self.data.items())
        data[self.add_prefix("seen")] = str(version)
        for part in PARTS:
            if not self.cleaned_data[part]:
                data[self.add_prefix(part)] = saved.get(part, "")
        again = WordsForm(saved, version, data)
        again.add_error(None, sentence)
        typed = {part: again.cleaned_data[part] for part in PARTS}
        again.theirs = {part: text for part in PARTS if (text := saved.get(part, "")) and text != typed[part]}
        return again


class ScopeForm(Form):
    """For whom an edition is published."""

    readers = forms.ChoiceField(
        label="Who will read this edition?", widget=forms.RadioSelect,
        choices=[(CIRCULATION, "Managers, directors and others"), (UNIT, "The Quality Assurance Unit only")],
        error_messages={"required": "Choose who will read this edition."},
    )  # fmt: skip
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @property
    def circulated(self) -> bool:
        return self.cleaned_data["readers"] == CIRCULATION


class EditionFilterForm(Form):
    """What the list of editions is narrowed by."""

    group = forms.ChoiceField(label="Auditing group", required=False)

    def __init__(self, groups: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["group"].choices = [("", "All"), *groups]  # type: ignore[attr-defined]

    @property
    def chosen_group(self) -> str:
        return self.cleaned_data.get("group", "") if self.is_valid() else ""
