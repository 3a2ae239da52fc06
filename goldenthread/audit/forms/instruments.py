"""What comes in when a template is checked, looked at for an example child, and adopted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from goldenthread.framework.template_files import workbook_rows
from goldenthread.method.expressions import words_asked_of
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import STATUSES, Source, Template, read_template, template_source
from goldenthread.web.forms import Form


class TemplateForm(Form):
    """A template as an XLSForm workbook. After a refusal `found` holds every sentence of it, `name` the file's name."""

    file = forms.FileField(
        label="Template file", help_text="An .xlsx workbook with the sheets survey, choices and settings (XLSForm)."
    )
    found: tuple[str, ...] = ()
    name = ""

    def clean_file(self) -> Source:
        file: UploadedFile = self.cleaned_data["file"]
        self.name = file.name or "template"
        try:
            rows = workbook_rows(self.name, file.read())
            read_template(*rows, name=self.name)
        except Refused as refusal:
            self.found = refusal.sentences
            raise ValidationError(self._told(refusal.sentences)) from None
        return template_source(*rows)

    def _told(self, sentences: tuple[str, ...]) -> str:
        if len(sentences) == 1:
            return sentences[0]
        return f"{self.name}: {len(sentences)} places have to be mended first. Each is in the table below."


class ExampleForm(Form):
    """An example child, to see conditions at work. Her categories are those that some condition asks about."""

    status = forms.ChoiceField(label="Status", required=False)
    tags = forms.MultipleChoiceField(label="Categories beside it", required=False, widget=forms.CheckboxSelectMultiple)
    age_band = forms.ChoiceField(label="Age band", required=False)

    def __init__(self, template: Template, framework: Framework | None, data: Any) -> None:
        super().__init__(data)
        words = _words_asked(template)
        statuses = [(each.key, each.label) for each in framework.statuses] if framework else _plainly(STATUSES)
        labels = {each.key: each.label for each in framework.tags} if framework else {}
        tags = [(word, labels.get(word) or plain) for word, plain in _plainly(words["tags"])]
        ages = [(word, word) for word in words["age_band"]]
        self._offer("status", statuses)
        self._offer("tags", tags)
        self._offer("age_band", [("", "Any other age"), *ages] if ages else [])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    @property
    def facts(self) -> dict[str, str]:
        """The child's facts, as conditions ask of them; what makes no sense is left out."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        status = said.get("status") or next(value for value, _ in self.fields["status"].choices)  # type: ignore[attr-defined]
        return {"status": status, "tags": " ".join(said.get("tags", [])), "age_band": said.get("age_band", "")}


def _plainly(keys: Iterable[str]) -> list[tuple[str, str]]:
    return [(key, key.replace("_", " ")) for key in keys]


def _words_asked(template: Template) -> dict[str, list[str]]:
    conditions = [section.relevant for section in template.sections]
    conditions += [question.relevant for question in template.questions.values()]
    asked: dict[str, list[str]] = {"status": [], "tags": [], "age_band": []}
    for name, word in (pair for each in conditions if each for pair in words_asked_of(each)):
        if word not in asked.get(name, [word]):
            asked[name].append(word)
    return asked


class KeepForm(Form):
    """The confirmation before a template is adopted; asked for more where answered questions are dropped."""

    draft = forms.CharField(widget=forms.HiddenInput)
    seen = forms.BooleanField(label="I have looked through the preview and the changes")
    dropped = forms.BooleanField(label="These questions are dropped on purpose", required=False)

    def __init__(self, dropping: bool, data: Any) -> None:
        super().__init__(data)
        self.dropping = dropping
        self.fields["seen"].error_messages["required"] = (
            "Look through the preview and the changes, and tick the box when you have."
        )

    def clean_dropped(self) -> bool:
        if self.dropping and not self.cleaned_data["dropped"]:
            raise ValidationError(
                "This template drops questions that past audits answered. Tick the box if that is meant, or put "
                "them back in the workbook and choose it again."
            )
        return bool(self.cleaned_data["dropped"])
