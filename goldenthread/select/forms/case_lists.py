"""The files of a case list and what its words mean."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from goldenthread.method.framework import Framework
from goldenthread.select.formats.meanings import ELIGIBILITY, LEGAL_STATUS, NEED, PLACEMENT, Vocabulary
from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.models import CaseList
from goldenthread.web import clock
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import day

MOST_FILES = 20
MOST_ASKED = 100
"""How many unknown words are asked about at once; the next come when these are answered."""


CHANGED = {
    "opened": "Opened",
    "closed": "No longer open",
    "team": "Moved to another team",
    "worker": "Changed worker",
}


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, together no larger than a case list can be."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = list(data) if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            super().clean(None, initial)
        if len(given) > MOST_FILES:
            raise ValidationError(f"{self.label}: {len(given)} files are too many. Give at most {MOST_FILES}.")
        largest = settings.CASE_LIST_MAX_BYTES
        if sum(file.size or 0 for file in given) > largest:
            raise ValidationError(
                f"{self.label}: together they are larger than {largest // 2**20} MB. Give less at once."
            )
        return given


class UploadForm(Form):
    """One case list: a workbook or several files, the day it was taken, and the headings of a table of one's own."""

    kind = forms.ChoiceField(
        label="Whose files are they?", choices=CaseList.KINDS, initial="case_file", widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    list_files = FilesField(
        label="Files", widget=Files(attrs={"multiple": True, "accept": ".xlsx,.xls,.csv,.xml"}),
        help_text="All files of one list at once, such as an Annex A workbook, and a census to hold it against.",
    )  # fmt: skip
    as_at = DayField(
        label="The day the list was taken", required=False,
        help_text="Leave empty to take the newest date in the files. For example 31 3 2026",
    )  # fmt: skip
    column_ref = forms.CharField(label="Heading of the child's reference", required=False, max_length=200)
    column_status = forms.CharField(label="Heading of the status", required=False, max_length=200)
    column_team = forms.CharField(label="Heading of the team", required=False, max_length=200)
    column_worker = forms.CharField(label="Heading of the worker", required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_at"].latest = clock.today()  # type: ignore[attr-defined]

    @property
    def chosen_kind(self) -> str:
        return self.cleaned_data.get("kind") or "case_file"

    @property
    def named_bytes(self) -> list[NamedBytes]:
        return [NamedBytes(file.name or "the file", file.read()) for file in self.cleaned_data["list_files"]]

    @property
    def columns(self) -> dict[str, str]:
        """Heading in the file → the field it holds, as typed."""
        typed = {
            name: self.cleaned_data.get(f"column_{name}", "").strip() for name in ("ref", "status", "team", "worker")
        }
        return {heading: name for name, heading in typed.items() if heading}

    @property
    def headings_wanted(self) -> bool:
        """Whether what was refused can be mended by saying which heading is which."""
        return bool(self.is_bound and (self.columns or "Say which" in str(self.errors.get("list_files", ""))))

    def headings(self) -> Iterator[BoundField]:
        return (self[f"column_{name}"] for name in ("ref", "status", "team", "worker"))


# --- what words mean ---------------------------------------------------------------------------------------

FIELD_WORDS = {
    "status": "Case status",
    "legal_status": "Legal status",
    "placement": "Placement",
    "disability": "Disability",
    "uasc": "Unaccompanied asylum-seeking child",
    "eligibility": "Care leaver's eligibility",
    "need": "Primary need",
    "abuse": "Category of abuse",
    "restricted": "Restricted",
    "team": "Team",
    "worker": "Worker",
}
YES_OR_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]
NOT_SAID = ("", "Not said yet")


def _known(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    found = {*vocabulary.letters.values(), *vocabulary.codes.values(), *(said for _, said in vocabulary.phrases)}
    return [(said, said.replace("_", " ").capitalize()) for said in sorted(found | {"other"})]


ABUSE_WORDS = [(kind, kind.capitalize()) for kind in ("neglect", "physical", "sexual", "emotional", "multiple")]
MEANINGS: dict[str, list[tuple[str, str]]] = {
    "legal_status": _known(LEGAL_STATUS),
    "placement": _known(PLACEMENT),
    "eligibility": _known(ELIGIBILITY),
    "need": _known(NEED),
    "abuse": ABUSE_WORDS,
    "disability": YES_OR_NO,
    "uasc": YES_OR_NO,
    "restricted": YES_OR_NO,
}


Known = Callable[[str], int | None]  # a staff number or name → the person whose it is


class MeaningsForm(Form):
    """A question for each word that nobody has given a meaning yet; what is left empty stays unsaid."""

    def __init__(
        self, summary: Mapping[str, Any], framework: Framework, teams: Sequence[str], known: Known, *args: Any,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.known = known
        statuses = [(status.key, status.label) for status in framework.statuses]
        self.choices = MEANINGS | {
            "status": [*statuses, ("closed", "Closed")],
            "team": [(team, team) for team in teams],
        }
        asked = [(value["field"], value["value"], value["count"]) for value in summary["unmapped"]]
        asked += [("team", name, count) for name, count in summary["unknown_teams"]]
        asked += [("worker", name, count) for name, count in summary["unknown_workers"]]
        self.left = max(0, len(asked) - MOST_ASKED)
        self.asked = {_name(field, value): (field, value) for field, value, _ in asked[:MOST_ASKED]}
        for field, value, count in asked[:MOST_ASKED]:
            self.ask(_name(field, value), self._question(field, value, count))

    def _question(self, field: str, value: str, count: int) -> forms.Field:
        rows = "1 row" if count == 1 else f"{count:,} rows"
        label = f"{FIELD_WORDS.get(field, field)} “{value}”"
        if field == "worker":
            return forms.CharField(
                label=label, required=False, max_length=200,
                help_text=f"On {rows}. Give the staff number or the full name of the person here, or leave it empty.",
            )  # fmt: skip
        return forms.ChoiceField(
            label=label, help_text=f"On {rows}", required=False, choices=[NOT_SAID, *self.choices[field]]
        )

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions by field, in the order of the words above."""
        for field, words in FIELD_WORDS.items():
            if bound := [self[name] for name, (of, _) in self.asked.items() if of == field]:
                yield words, bound

    @property
    def meanings(self) -> dict[str, dict[str, str]]:
        """What was said: field → value → meaning."""
        said: dict[str, dict[str, str]] = {}
        for name, (field, value) in self.asked.items():
            if meaning := self.cleaned_data.get(name):
                said.setdefault(field, {})[value] = meaning
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, (field, value) in self.asked.items():
            given = cleaned.get(name)
            if field == "worker" and given and self.known(given) is None:
                said = f"Worker “{value}”: “{given}” is nobody’s staff number or name here. Add her in Settings first."
                self.add_error(name, said)
        if not any(cleaned.get(name) for name in self.asked) and not self.errors:
            raise ValidationError("Choose what at least one of the words means, then keep it.")
        return cleaned


def _name(field: str, value: str) -> str:
    """A name for a question that stays the same while others are answered."""
    return f"{field}-{hashlib.sha256(value.encode()).hexdigest()[:12]}"


class FindLineForm(Form):
    """Looking a child up on a list. Sent, not put in the address: no address holds a reference."""

    ref = forms.CharField(label="Case reference, or how it begins", max_length=60)


class ChangesForm(forms.Form):
    """What is shown of the changes since an earlier list. What makes no sense is left out."""

    since = forms.ChoiceField(label="Since the list of", required=False)
    what = forms.ChoiceField(label="What changed", required=False, choices=[("", "Everything"), *CHANGED.items()])
    team = forms.CharField(label="Team", required=False, max_length=200)

    def __init__(self, older: Sequence[CaseList], data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.older = {each.code: each for each in older}
        self.fields["since"].choices = [(each.code, day(each.as_at, "plain")) for each in older]  # type: ignore[attr-defined]
        self.initial["since"] = older[0].code
        self.is_valid()

    @property
    def chosen(self) -> CaseList:
        return self.older[self.cleaned_data.get("since") or self.initial["since"]]

    def shows(self, what: str) -> bool:
        return self.cleaned_data.get("what") in ("", None, what)

    def of_team(self, *teams: str) -> bool:
        """Whether one of these is the team looked for."""
        wanted = (self.cleaned_data.get("team") or "").strip().casefold()
        return not wanted or any(wanted in team.casefold() for team in teams)
