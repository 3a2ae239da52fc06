"""What is typed of a session: its day, place and seats; why one is cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.framework import Framework
from goldenthread.people.models import Person, Post
from goldenthread.plan.models import Group, Seat
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import listed

FURTHER_SEATS = 3
NOBODY = ("", "Nobody yet")


@dataclass(frozen=True, slots=True)
class Place:
    """One place at a session's table: the posts it is meant for (none: anyone who may audit), and its words."""

    name: str
    posts: tuple[str, ...]
    label: str


def places(framework: Framework, further: int = FURTHER_SEATS) -> list[Place]:
    """The framework's core seats one by one, then further places for anyone who may audit."""
    found: list[Place] = []
    for seat in framework.seats:
        words = listed([framework.post(key).label for key in seat.posts], "or")
        for number in range(1, seat.number + 1):
            label = f"{words} ({number} of {seat.number})" if seat.number > 1 else words
            found.append(Place(f"seat-{len(found)}", seat.posts, label))
    return found + [Place(f"seat-{len(found) + each}", (), "Another place") for each in range(further)]


class SessionForm(Form):
    """A session: the group, the day, the place, the focus, and somebody for each seat or nobody yet."""

    group = forms.ChoiceField(label="Auditing group")
    held_on = DayField(label="Date of the session")
    venue = forms.CharField(label="Venue", max_length=200, required=False)
    focus = forms.CharField(
        label="Focus", max_length=300, required=False,
        help_text="What to look at with most care, such as domestic abuse or a new procedure. Leave empty for none.",
    )  # fmt: skip

    def __init__(
        self, framework: Framework, groups: Sequence[Group], posts: Sequence[Post], *args: Any,
        seated: Sequence[Seat] = (), **options: Any,
    ) -> None:  # fmt: skip
        self.groups = {str(group.pk): group for group in groups}
        self.people = {post.person_id: post.person for post in posts} | {seat.person_id: seat.person for seat in seated}
        self.places = places(framework, max(FURTHER_SEATS, len(seated)))
        super().__init__(*args, **options)
        by_name = [("", "Choose a group"), *((key, group.name) for key, group in self.groups.items())]
        self.fields["group"].choices = by_name  # type: ignore[attr-defined]
        choices = [(f"{post.person_id}:{post.kind}", _words(post), post.kind) for post in posts]
        for place in self.places:
            suits = [(value, words) for value, words, kind in choices if not place.posts or kind in place.posts]
            self.ask(place.name, forms.ChoiceField(label=place.label, required=False, choices=[NOBODY, *suits]))
        self._seat(seated)

    def seats_shown(self) -> Iterator[BoundField]:
        for place in self.places:
            yield self[place.name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for place in self.places:
            person = (cleaned.get(place.name) or "").partition(":")[0]
            if person in seen:
                name = self.people[int(person)].name
                self.add_error(place.name, f"{place.label}: {name} has a seat already, as {seen[person]}. Choose one.")
            elif person:
                seen[person] = place.label
        return cleaned

    @property
    def chosen_group(self) -> Group:
        return self.groups[self.cleaned_data["group"]]

    @property
    def seats(self) -> Mapping[Person, str]:
        """Who sits, and in which post."""
        taken = [self.cleaned_data[place.name].partition(":") for place in self.places]
        return {self.people[int(person)]: post for person, _, post in taken if person}

    @property
    def arranged(self) -> dict[str, Any]:
        """What both arranging and changing a session take."""
        return {name: self.cleaned_data[name] for name in ("held_on", "venue", "focus")} | {"seats": self.seats}

    def _seat(self, seated: Sequence[Seat]) -> None:
        """Those who sit already, each in the first free place meant for the post, else in a further one."""
        free = list(self.places)
        for seat in seated:
            place = next((each for each in free if seat.post in each.posts), None) or next(
                each for each in free if not each.posts
            )
            free.remove(place)
            value = f"{seat.person_id}:{seat.post}"
            field = self.fields[place.name]
            if value not in dict(field.choices):  # type: ignore[attr-defined]
                field.choices = [*field.choices, (value, seat.person.name)]  # type: ignore[attr-defined]
            self.initial[place.name] = value


def _words(post: Post) -> str:
    return f"{post.person.name}, {post.title}{f', {post.team.name}' if post.team else ''}"


class ChangeSessionForm(SessionForm):
    """The same for a session that stands: its group cannot be changed, since its files are drawn for that theme."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["group"]


class CancelSessionForm(Form):
    """Why a session is cancelled."""

    because = forms.CharField(
        label="Why is this session cancelled?", max_length=500, widget=forms.Textarea,
        help_text="The reason is kept in the trail.", error_messages={"required": "Say why the session is cancelled."},
    )  # fmt: skip
