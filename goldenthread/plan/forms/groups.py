"""What is typed of an auditing group."""

from __future__ import annotations

from typing import Any

from django import forms

from goldenthread.method.framework import Framework
from goldenthread.web.forms import Form


class GroupForm(Form):
    """Another auditing group, with the statuses whose files it audits."""

    name = forms.CharField(label="Name of the group", max_length=120)
    statuses = forms.MultipleChoiceField(
        label="Whose files does it audit?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Leave all empty for a group that audits files of every status.",
    )  # fmt: skip

    def __init__(self, framework: Framework, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["statuses"].choices = [(status.key, status.plural.capitalize()) for status in framework.statuses]  # type: ignore[attr-defined]
