"""What is typed to excuse somebody from records of her quota: which month's, how many, and until when if at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from goldenthread.method.owed import Account
from goldenthread.plan.queries.excusals import Excusable, line_key
from goldenthread.plan.services.excusals import too_many, wrong_day
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import plural

KINDS = [("extension", "An extension: they may come later"), ("exemption", "An exemption: they need not come at all")]


class ExcuseForm(Form):
    """An extension or an exemption of so many of the records of one month."""

    line = forms.ChoiceField(label="Records of")
    kind = forms.ChoiceField(label="What do you grant?", choices=KINDS, widget=forms.RadioSelect)
    records = forms.IntegerField(label="Records", help_text="How many of them, as a number.")
    until_on = DayField(label="New day", required=False)
    because = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea,
        help_text="Whoever owes them and those who chase them read it. Write nothing of anybody’s health or family.",
        error_messages={"required": "Reason: nothing was given. Say in a few words why the records are excused."},
    )  # fmt: skip

    def __init__(self, excusable: Excusable, today: date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.lines = today, {line_key(each): each for each in excusable.lines if each.asked}
        labels = {post.key: post.label for post in excusable.framework.posts}
        self.fields["line"].choices = [(key, _words(each, labels)) for key, each in self.lines.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        line = self.lines.get(cleaned.get("line", ""))
        if line and "records" in cleaned and (fault := too_many(line, cleaned["records"])):
            self.add_error("records", fault)
        extends = cleaned.get("kind") == "extension" and "until_on" in cleaned
        if line and extends and (fault := wrong_day(line, cleaned["until_on"], self.today)):
            self.add_error("until_on", fault)
        return cleaned

    @property
    def granted(self) -> dict[str, Any]:
        """What excusing takes."""
        due = self.lines[self.cleaned_data["line"]].due
        kept = {name: self.cleaned_data[name] for name in ("kind", "records", "until_on", "because")}
        return kept | {"post": due.post, "period_starts_on": due.period.starts_on}


def _words(line: Account, labels: Mapping[str, str]) -> str:
    exempt = f", {line.exempt} of them exempt already" if line.exempt else ""
    post = labels.get(line.due.post, line.due.post)
    return f"{line.due.period.label}: {plural(line.owed, 'record')} as {post}{exempt}"
