"""What comes in from the pages of moderation and of challenges, as the values the services take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.audit.queries.moderation import Given, ModerationFilter
from goldenthread.method.framework import Framework
from goldenthread.web.forms import Form

LONGEST = 4000


class ModeratorForm(Form):
    """Who moderates an audit; the page says who may not."""

    moderator = forms.ChoiceField(label="Who moderates this audit?", widget=forms.RadioSelect)

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["moderator"].choices = people  # type: ignore[attr-defined]


class GradesForm(Form):
    """A grade, and why, for each of the sections given as (its key, its label): `grade-<n>` and `because-<n>`."""

    def __init__(
        self, sections: Sequence[tuple[str, str]], framework: Framework, *args: Any, why: str = "Why?", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sections = list(sections)
        grades = [(grade.key, grade.label) for grade in framework.grades]
        for place, (_, label) in enumerate(self.sections):
            grade = forms.ChoiceField(label=label, choices=grades, widget=forms.RadioSelect, required=False)
            because = forms.CharField(label=why, widget=forms.Textarea, required=False, max_length=LONGEST)
            because.widget.attrs["rows"] = 3
            self.ask(f"grade-{place}", grade)
            self.ask(f"because-{place}", because)

    @property
    def pairs(self) -> list[tuple[str, Any, Any]]:
        """Each section's key with its two fields, for the page."""
        return [
            (name, self[f"grade-{place}"], self[f"because-{place}"]) for place, (name, _) in enumerate(self.sections)
        ]

    @property
    def given(self) -> dict[str, Given]:
        """What was chosen, by section; a section without a grade is left out."""
        cleaned = self.cleaned_data
        return {
            name: Given(cleaned[f"grade-{place}"], cleaned[f"because-{place}"].strip())
            for place, (name, _) in enumerate(self.sections)
            if cleaned.get(f"grade-{place}")
        }

    @staticmethod
    def filled(sections: Iterable[str], with_: Mapping[str, Given], because: bool = False) -> dict[str, str]:
        """Initial values: these grades, and their reasons where they are to be shown."""
        found = {}
        for place, name in enumerate(sections):
            if name in with_:
                found[f"grade-{place}"] = with_[name].grade
                if because:
                    found[f"because-{place}"] = with_[name].because
        return found


class QualityForm(Form):
    """How well the audit itself was done, and why."""

    quality = forms.ChoiceField(label="How well was the audit itself done?", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why?", widget=forms.Textarea, max_length=LONGEST,
        help_text="Its auditor and the Quality Assurance Unit read it, nobody else.",
        error_messages={"required": "Say why: the auditor reads it."},
    )  # fmt: skip

    def __init__(self, framework: Framework, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(grade.key, grade.label) for grade in framework.audit_grades]
        self.fields["quality"].choices = choices  # type: ignore[attr-defined]


class ChallengeForm(Form):
    """Why a grade is wrong, for the audited team."""

    because = forms.CharField(
        label="Which grade is wrong, and why?", widget=forms.Textarea, max_length=LONGEST,
        help_text="Say what the record shows, and where. Do not name the child or the family.",
        error_messages={"required": "Say which grade is wrong, and why."},
    )  # fmt: skip


class DecisionForm(Form):
    """Why a challenge is decided as it is."""

    because = forms.CharField(
        label="Why do you decide so?", widget=forms.Textarea, max_length=LONGEST,
        help_text="The team and the auditors read it.", error_messages={"required": "Say why you decide so."},
    )  # fmt: skip


class ModerationFilterForm(forms.Form):
    """What the list of moderations is narrowed by; what makes no sense is left out."""

    STATES = (
        ("", "Still to do"), ("waiting", "Waiting for a moderator"), ("grading", "Being graded"),
        ("to agree", "Grades to be agreed"), ("agreed", "Agreed"), ("challenged", "Challenged"),
        ("decided", "Decided"), ("all", "All"),
    )  # fmt: skip

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False, choices=STATES)
    stage = forms.ChoiceField(label="Stage", required=False)
    late = forms.BooleanField(label="Only those that are late", required=False)

    def __init__(self, stages: Sequence[tuple[str, str]], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["stage"].choices = [("", "All"), *stages]  # type: ignore[attr-defined]

    def narrowed(self) -> ModerationFilter:
        self.is_valid()
        kept = self.cleaned_data
        return ModerationFilter(
            kept.get("stage", ""), kept.get("state", ""), bool(kept.get("late")), kept.get("text", "")
        )
