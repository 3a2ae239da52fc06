"""What comes in from the pages of audits and their findings, as the values the services take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from goldenthread.audit.models import Finding
from goldenthread.audit.queries import AuditFilter
from goldenthread.audit.services.answers import Change
from goldenthread.audit.services.findings import Said
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused

ANSWER, SEEN = "q-", "seen-"


def changes_in(posted: Mapping[str, str]) -> list[Change]:
    """The answers in a posted form: `q-<question>`, each over the version in `seen-<question>`.

    A question that was blank and is blank is no change. Fields that are neither are not looked at.
    """
    changes = []
    for field, raw in posted.items():
        if field.startswith(ANSWER):
            name = field.removeprefix(ANSWER)
            seen = posted.get(SEEN + name, "0")
            change = Change(name, raw.replace("\r\n", "\n"), int(seen) if seen.isdecimal() else 0)
            if change.raw.strip() or change.seen:
                changes.append(change)
    return changes


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of several people's answers to keep: "current", "both" or a person's id."""

    question: str
    keep: str
    seen: int


def choice_in(posted: Mapping[str, str]) -> Choice:
    question, _, keep = posted.get("settle", "").partition(":")
    seen = posted.get(SEEN + question, "")
    if not question or not keep or not seen.isdecimal():
        raise Refused("Choose which answer to keep.")
    return Choice(question, keep, int(seen))


def _labels(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, words.capitalize()) for value, words in choices]


class FindingForm(forms.Form):
    """A finding: what sort, in practice or in process, on which theme, in words, and what must be done by whom."""

    sort = forms.ChoiceField(
        label="Is this good practice, or something to improve?", choices=_labels(Finding.SORTS),
        widget=forms.RadioSelect, error_messages={"required": "Say whether this is good practice or for improvement."},
    )  # fmt: skip
    domain = forms.ChoiceField(
        label="Is it about practice or process?", choices=_labels(Finding.DOMAINS), initial="practice",
        widget=forms.RadioSelect,
        help_text="Practice is what people did with and for the child; process is forms, dates and systems.",
        error_messages={"required": "Say whether this is about practice or process."},
    )  # fmt: skip
    theme = forms.ChoiceField(label="Theme", error_messages={"required": "Choose the theme it belongs to."})
    text = forms.CharField(
        label="What did you find?", max_length=4000, widget=forms.Textarea,
        help_text="Write to the practitioner who will read it. Do not name the child or the family.",
        error_messages={"required": "Say what you found.", "max_length": "Say it in 4,000 characters or fewer."},
    )  # fmt: skip
    action = forms.CharField(
        label="What must be put right on this file?", max_length=2000, required=False, widget=forms.Textarea,
        help_text="Only for something to improve. It becomes a task when the audit is returned to the team.",
        error_messages={"max_length": "Say it in 2,000 characters or fewer."},
    )  # fmt: skip
    action_for = forms.ChoiceField(label="Whose task is it?", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [(theme.key, theme.label) for theme in framework.themes]
        self.fields["theme"].choices = [("", "Choose a theme"), *themes]  # type: ignore[attr-defined]
        self.fields["action_for"].choices = framework.may_be_asked  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sort") == "good" and cleaned.get("action", "").strip():
            self.add_error(
                "action", "Good practice has no task. If something must be put right, mark it for improvement."
            )
        return cleaned

    def said(self, section: str) -> Said:
        cleaned = self.cleaned_data
        action = cleaned["action"].strip()
        return Said(
            section=section, sort=cleaned["sort"], domain=cleaned["domain"], theme=cleaned["theme"],
            text=cleaned["text"].strip(), action=action, action_for=cleaned["action_for"] if action else "",
        )  # fmt: skip

    @staticmethod
    def initial_of(finding: Finding) -> dict[str, Any]:
        names = ("sort", "domain", "theme", "text", "action", "action_for")
        return {name: getattr(finding, name) for name in names} | {"seen": finding.version}


class ReasonForm(forms.Form):
    """Why something is done that stays on record."""

    because = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea, error_messages={"required": "Say why."}
    )


class AllotForm(forms.Form):
    """Who audits a file. Those who may not cannot be chosen; the page says why."""

    auditors = forms.MultipleChoiceField(
        label="Who audits this file?", widget=forms.CheckboxSelectMultiple,
        help_text="One person, or two who audit it together.",
        error_messages={
            "required": "Choose who audits this file.", "invalid_choice": "That person may not audit this file."
        },
    )  # fmt: skip

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditors"].choices = people  # type: ignore[attr-defined]


class AuditFilterForm(forms.Form):
    """What a list of audits is narrowed by."""

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(
        self, states: list[tuple[str, str]], statuses: list[tuple[str, str]], teams: list[tuple[str, str]], data: Any
    ) -> None:
        super().__init__(data)
        for name, choices in (("state", states), ("status", statuses), ("team", teams)):
            self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]

    def narrowed(self) -> AuditFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        kept = {name: self.cleaned_data.get(name, "") for name in ("text", "state", "status", "team")}
        return AuditFilter(**kept)
