"""What is typed of an auditing group: its theme, its seats, how many must sit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.framework import Framework, Seat
from goldenthread.method.places import words_of
from goldenthread.web.forms import Form

MOST_SEATS = 20


class GroupForm(Form):
    """An auditing group, with the statuses whose files it audits."""

    name = forms.CharField(label="Name of the group", max_length=120)
    statuses = forms.MultipleChoiceField(
        label="Whose files does it audit?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Leave all empty for a group that audits files of every status.",
    )  # fmt: skip

    def __init__(self, framework: Framework, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["statuses"].choices = [(status.key, status.plural.capitalize()) for status in framework.statuses]  # type: ignore[attr-defined]


class SeatsForm(Form):
    """A number for each kind of seat (0 takes it away), one more kind perhaps, and the quorum."""

    quorum = forms.IntegerField(
        label="Quorum", min_value=0, max_value=MOST_SEATS, required=False,
        help_text="The fewest people who must sit. Leave empty for the framework's.",
    )  # fmt: skip
    posts = forms.MultipleChoiceField(
        label="Another kind of seat, for people in", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tick several posts where any of them will do. Leave all empty to add none.",
    )  # fmt: skip
    number = forms.IntegerField(label="How many such seats?", min_value=1, max_value=MOST_SEATS, required=False)

    def __init__(self, framework: Framework, seats: Sequence[Seat], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = {f"line-{place}": seat for place, seat in enumerate(seats)}
        for name, seat in self.lines.items():
            words = words_of(framework, seat)
            self.ask(name, forms.IntegerField(label=words, min_value=0, max_value=MOST_SEATS, initial=seat.number))
        self.fields["posts"].choices = [(post.key, post.label) for post in framework.posts if post.audits]  # type: ignore[attr-defined]

    def lines_shown(self) -> Iterator[BoundField]:
        for name in self.lines:
            yield self[name]

    def line_for(self, post: str) -> str:
        """The field to mend for this post; for none, the quorum's."""
        return next((name for name, seat in self.lines.items() if post in seat.posts), "quorum")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        posts, number = tuple(cleaned.get("posts") or ()), cleaned.get("number")
        if posts and number is None and "number" not in self.errors:
            self.add_error(
                "number", "How many such seats? nothing was given. Give a whole number, or untick the posts."
            )
        if number and not posts:
            self.add_error("posts", f"{number} more seats are asked for, but no post is ticked. Tick at least one.")
        if posts and any(set(seat.posts) == set(posts) for seat in self.lines.values()):
            self.add_error("posts", "There is already a kind of seat for just these posts. Change its number instead.")
        if not self.errors and not self.seats:
            self.add_error(next(iter(self.lines), "number"), "A group needs at least one seat. Give one a number.")
        return cleaned

    @property
    def seats(self) -> list[Seat]:
        kept = [
            Seat(seat.posts, self.cleaned_data[name]) for name, seat in self.lines.items() if self.cleaned_data[name]
        ]
        posts, number = self.cleaned_data["posts"], self.cleaned_data["number"]
        return [*kept, Seat(tuple(posts), number)] if posts and number else kept
