"""The form every page's form is made from: its sentences name the field, the value and what was expected."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.method.refusal import Refused

SENTENCES = {
    "required": "{label}: nothing was given. {ask}",
    "invalid": "{label}: what was given cannot be read. {ask}",
    "invalid_choice": "{label}: “%(value)s” is not one of the answers. Choose one of those listed.",
    "invalid_list": "{label}: choose from the answers listed.",
    "max_length": "{label}: %(show_value)s characters are too many. Give at most %(limit_value)s.",
    "min_length": "{label}: %(show_value)s characters are too few. Give at least %(limit_value)s.",
    "max_value": "{label}: %(show_value)s is too much. Give %(limit_value)s or less.",
    "min_value": "{label}: %(show_value)s is too little. Give %(limit_value)s or more.",
    "missing": "{label}: no file was chosen. Choose one.",
    "empty": "{label}: the file is empty. Choose another.",
}

ASKED: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.IntegerField, "Give a whole number."),
    (forms.FileField, "Choose a file."),
    (forms.BooleanField, "Tick the box to go on."),
    (forms.ChoiceField, "Choose one of those listed."),
)


class Form(forms.Form):
    """A form whose errors read “Reason: nothing was given. Write it in the box.”; its ids are the names of its fields.

    Two forms on one page whose fields share names need `auto_id="filter-%s"` or a prefix on one of them.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        options.setdefault("auto_id", "%s")
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            self.ask(name, field)

    def ask(self, name: str, field: forms.Field) -> None:
        """Put this field on the form: also one that only this page's data calls for."""
        field.label = field.label or name.replace("_", " ").capitalize()
        _name_the_field(field)
        self.fields[name] = field

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Show why a service refused what was sent: beside the field, or above the form as a whole."""
        for sentence in refusal.sentences:
            self.add_error(field, sentence)


def _name_the_field(field: forms.Field) -> None:
    """Put our sentence wherever Django's own would stand; one written for this field in its form is left alone."""
    ask = next((sentence for kind, sentence in ASKED if isinstance(field, kind)), "Write it in the box.")
    for code, sentence in SENTENCES.items():
        if field.error_messages.get(code) == _djangos(field, code):
            label = str(field.label).replace("%", "%%") if "%(" in sentence else field.label
            field.error_messages[code] = sentence.format(label=label, ask=ask)


def _djangos(field: forms.Field, code: str) -> Any:
    for kind in type(field).__mro__:
        if code in getattr(kind, "default_error_messages", {}):
            return kind.default_error_messages[code]  # type: ignore[attr-defined]
    return None
