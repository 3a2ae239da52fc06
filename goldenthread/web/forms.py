"""The form every page's form is made from: its sentences name the field, and it says nothing twice."""

from __future__ import annotations

from typing import Any

from django import forms

SENTENCES = {
    "required": "{label}: nothing was given. {ask}",
    "invalid_choice": "{label}: “%(value)s” is not one of the answers. Choose one of those listed.",
    "invalid_list": "{label}: choose from the answers listed.",
    "max_length": "{label}: %(show_value)s characters are too many. Give at most %(limit_value)s.",
    "invalid": "{label}: what was given cannot be read. {ask}",
    "empty": "{label}: the file is empty. Choose another.",
    "missing": "{label}: no file was chosen. Choose one.",
}


class Form(forms.Form):
    """A form whose errors read “Reason: nothing was given. Give it.”, with ids equal to the names of its fields."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        options.setdefault("auto_id", "%s")
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            _name_the_field(name, field)


def _name_the_field(name: str, field: forms.Field) -> None:
    if field.label is None:
        field.label = name.replace("_", " ").capitalize()
    given = getattr(type(field), "default_error_messages", {})
    for code, sentence in SENTENCES.items():
        if code in field.error_messages and field.error_messages[code] == _djangos(field, code, given):
            field.error_messages[code] = sentence.format(label=field.label, ask=_ask(field))


def _djangos(field: forms.Field, code: str, given: dict[str, Any]) -> Any:
    """Django's own sentence for that code, so that one written for this field in its form is left alone."""
    for kind in type(field).__mro__:
        if code in getattr(kind, "default_error_messages", {}):
            return kind.default_error_messages[code]  # type: ignore[attr-defined]
    return given.get(code)


def _ask(field: forms.Field) -> str:
    if isinstance(field, forms.IntegerField):
        return "Give a whole number."
    if isinstance(field, forms.FileField):
        return "Choose a file."
    if isinstance(field, forms.BooleanField):
        return "Tick the box to go on."
    if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField)):
        return "Choose one of those listed."
    return "Write it in the box."
