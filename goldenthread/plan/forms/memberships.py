"""What is typed of somebody who belongs to a group: who, from when, until when, whether she chairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread.people.models import Person, Post
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import day


class LastingForm(Form):
    """Something that holds from a day, and to a day if that is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask("from_on", DayField(label="First day"))
        self.ask("to_on", DayField(label="Last day", required=False, help_text="Leave empty while it goes on."))
        self.order_fields([name for name in self.fields if name != "chairs"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            said = f"Last day: {day(last, 'plain')} is before the first day, {day(first, 'plain')}."
            self.add_error("to_on", f"{said} Give that day or a later one.")
        return cleaned


class MemberForm(LastingForm):
    """A person in post, chosen from those who may belong in this way."""

    person = forms.ChoiceField(label="Who?")
    chairs = forms.BooleanField(label="They chair the group", required=False)

    def __init__(self, posts: Sequence[Post], *args: Any, chairs: bool = True, **options: Any) -> None:
        self.people = {f"{post.person_id}:{post.kind}": post.person for post in posts}
        super().__init__(*args, **options)
        named = {f"{post.person_id}:{post.kind}": _words(post) for post in posts}
        self.fields["person"].choices = [("", "Choose a person"), *named.items()]  # type: ignore[attr-defined]
        if not chairs:
            del self.fields["chairs"]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the service takes: the person, her post, the days and perhaps the chair."""
        rest = {name: value for name, value in self.cleaned_data.items() if name != "person"}
        value = self.cleaned_data["person"]
        person: Person = self.people[value]
        return rest | {"person": person, "post": value.partition(":")[2]}


class PartnerForm(LastingForm):
    """Somebody of another agency, by name and e-mail address."""

    agency = forms.ChoiceField(label="Agency", widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(
        label="E-mail address", max_length=100, help_text="Invitations to the group's sessions go there.",
        error_messages={"invalid": "E-mail address: give one such as dana.poole@health.example."},
    )  # fmt: skip

    def __init__(self, agencies: Sequence[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [(each, each) for each in agencies]  # type: ignore[attr-defined]


class MembershipForm(LastingForm):
    """The days of a membership, and whether she chairs."""

    chairs = forms.BooleanField(label="They chair the group", required=False)

    def __init__(self, *args: Any, chairs: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not chairs:
            del self.fields["chairs"]


def _words(post: Post) -> str:
    return f"{post.person.name}, {post.title}{f', {post.team.name}' if post.team else ''}"
