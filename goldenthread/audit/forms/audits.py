"""What comes in from the pages of audits and their findings, as the values the services take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from goldenthread.audit.models import Finding
from goldenthread.audit.queries import AuditFilter
from goldenthread.audit.queries.suggested import Suggestion
from goldenthread.audit.questions import posted_answer, shown_answer
from goldenthread.audit.services.answers import Change
from goldenthread.audit.services.findings import Said
from goldenthread.framework.models import Theme
from goldenthread.framework.queries import theme_words
from goldenthread.method.framework import Framework
from goldenthread.method.framework.acting import Severity
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.web.wording import plural

ANSWER, SEEN = "q-", "seen-"


def changes_in(posted: Mapping[str, str]) -> list[Change]:
    """The answers in a posted form: `q-<question>`, each over the version in `seen-<question>`.

    A question that was blank and is blank is no change. Fields that are neither are not looked at.
    """
    changes = []
    for field in posted:
        if field.startswith(ANSWER):
            raw = posted_answer(posted, field)
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


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme as the form offers it; `kept`: the finding has it already, so it stays whatever the list says now."""

    key: str
    label: str
    domain: str = ""
    sort: str = ""
    kept: bool = False

    def fits(self, finding: Mapping[str, Any]) -> bool:
        """Whether a finding of this sort and domain, as far as they are given, can have it."""
        return self.kept or all(
            not mine or not (theirs := finding.get(name)) or mine == theirs
            for name, mine in (("domain", self.domain), ("sort", self.sort))
        )

    @property
    def only_for(self) -> str:
        words = [dict(Finding.SORTS).get(self.sort, ""), f"findings of {self.domain}" if self.domain else ""]
        return ", ".join(word for word in words if word)


def theme_choices(themes: Sequence[Theme], framework: Framework, kept: str) -> list[ThemeChoice]:
    """The council's list, or the framework's where it has none; with the theme that a finding has, in any case."""
    offered = [ThemeChoice(each.key, each.label, each.domain, each.sort, each.key == kept) for each in themes]
    if not offered:
        offered = [ThemeChoice(each.key, each.label, each.domain, "", each.key == kept) for each in framework.themes]
    if kept and not any(each.kept for each in offered):
        offered.append(ThemeChoice(kept, theme_words(None, kept, framework), kept=True))
    return offered


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
    theme = forms.ChoiceField(
        label="Theme",
        error_messages={
            "required": "Choose the theme it belongs to.",
            "invalid_choice": "That theme is not in the council’s list any more. Choose another.",
        },
    )
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
    severity = forms.ChoiceField(label="How urgent is it?", required=False)
    scope = forms.ChoiceField(
        label="How far does it reach?", required=False,
        choices=[
            ("child", "This child’s file"),
            ("worker", "The worker, whatever the file"),
            ("team", "The team: its manager brings it about"),
            ("service", "The service: its manager brings it about"),
            ("agency", "Another agency: the team’s manager brings it about"),
        ],
    )  # fmt: skip
    agency = forms.CharField(label="Which agency?", max_length=200, required=False, help_text="For example: Health.")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, framework: Framework, *args: Any, themes: Sequence[Theme] = (), **kwargs: Any) -> None:
        """`themes`: those of the council's list that can be given; the framework's where it has none."""
        super().__init__(*args, **kwargs)
        self.themes = theme_choices(themes, framework, kept=self.initial.get("theme", ""))
        self._offer(self.themes)
        if not self.is_bound:
            self._offer([each for each in self.themes if each.fits(self.initial)])
        self.fields["action_for"].choices = framework.may_be_asked  # type: ignore[attr-defined]
        severities = [(each.key, severity_and_clock(framework, each)) for each in framework.severities]
        if len(severities) > 1:
            self.fields["severity"].choices = severities  # type: ignore[attr-defined]
            self.fields["severity"].initial = severities[-1][0]
        else:
            del self.fields["severity"]  # one severity tells no task from another

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sort") == "good" and cleaned.get("action", "").strip():
            self.add_error(
                "action", "Good practice has no task. If something must be put right, mark it for improvement."
            )
        if cleaned.get("scope") == "agency" and cleaned.get("action", "").strip() and not cleaned.get("agency"):
            self.add_error("agency", "Say which agency has to do it.")
        self._refuse_misfit(cleaned)
        return cleaned

    def _refuse_misfit(self, cleaned: Mapping[str, Any]) -> None:
        """A theme for other findings than this is refused, and the list that is shown again holds those that fit."""
        chosen = next((each for each in self.themes if each.key == cleaned.get("theme")), None)
        if chosen and not chosen.fits(cleaned):
            self.add_error("theme", f"“{chosen.label}” is only for {chosen.only_for}. Choose another theme.")
        self._offer([each for each in self.themes if each.fits(cleaned)])

    @property
    def fitting(self) -> str:
        """What the page's script narrows the list by, as JSON: (key, words, domain, sort) of each theme."""
        rows = ((each.key, each.label, *(("", "") if each.kept else (each.domain, each.sort))) for each in self.themes)
        return json.dumps(list(rows))

    def _offer(self, themes: Iterable[ThemeChoice]) -> None:
        choices = [("", "Choose a theme"), *((each.key, each.label) for each in themes)]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def said(self, section: str) -> Said:
        cleaned = self.cleaned_data
        action = cleaned["action"].strip()
        scope = (cleaned["scope"] or "child") if action else ""
        return Said(
            section=section, sort=cleaned["sort"], domain=cleaned["domain"], theme=cleaned["theme"],
            text=cleaned["text"].strip(), action=action, action_for=cleaned["action_for"] if action else "",
            severity=cleaned.get("severity", "") if action else "", scope=scope,
            agency=cleaned["agency"] if scope == "agency" else "",
        )  # fmt: skip

    @staticmethod
    def initial_suggested(suggested: Suggestion) -> dict[str, Any]:
        """A suggested task as a finding to be looked over: what was asked and answered, and what to do."""
        question = suggested.question
        answer = shown_answer(suggested.answer, question)
        return {
            "sort": "improve", "domain": "practice" if question.judged else "process",
            "text": f"{question.label}\n{answer}", "action": suggested.text, "action_for": suggested.owner,
        }  # fmt: skip

    @staticmethod
    def initial_of(finding: Finding) -> dict[str, Any]:
        names = ("sort", "domain", "theme", "text", "action", "action_for", "severity", "scope", "agency")
        said = {name: getattr(finding, name) for name in names if getattr(finding, name) or name in {"action"}}
        return said | {"seen": finding.version}


def severity_and_clock(framework: Framework, severity: Severity) -> str:
    """What the choice says: "Urgent, within 2 working days"."""
    days = severity.days or framework.returns.days
    kind = severity.day_kind if severity.days else framework.returns.day_kind
    return f"{severity.label}, within {plural(days, f'{kind} day')}"


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

    def __init__(self, people: list[tuple[str, str]], *args: Any, apart: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditors"].choices = people  # type: ignore[attr-defined]
        if apart:
            self.fields["auditors"].help_text = "One person, or two who audit it apart and then agree."


class AuditFilterForm(forms.Form):
    """What a list of audits is narrowed by. `periods`: those in which submitted files may be looked for."""

    text = forms.CharField(label="Case reference", required=False, max_length=60)
    state = forms.ChoiceField(label="How far", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    grade = forms.ChoiceField(label="Grade", required=False)
    chosen = forms.ChoiceField(label="How it was chosen", required=False)
    period = forms.ChoiceField(label="Submitted in", required=False)

    def __init__(self, choices: Mapping[str, Sequence[tuple[str, str]]], periods: Sequence[Period], data: Any) -> None:
        super().__init__(data)
        self.periods = {period.key: period for period in periods}
        spans = [(key, period.label) for key, period in self.periods.items()]
        for name, offered in {**choices, "period": spans, "chosen": CHOSEN}.items():
            self.fields[name].choices = [("", "All"), *offered]  # type: ignore[attr-defined]

    def narrowed(self) -> AuditFilter:
        """The filter; whatever in it makes no sense is left out."""
        self.is_valid()
        names = ("text", "state", "status", "team", "grade", "chosen")
        kept = {name: self.cleaned_data.get(name, "") for name in names}
        return AuditFilter(**kept, within=self.periods.get(self.cleaned_data.get("period", "")))


CHOSEN = [("random", "At random"), ("reason", "For a reason")]
