"""What is typed of a session: its day, place and seats; why one is cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from goldenthread.method.framework import Framework
from goldenthread.method.framework import Seat as SeatAsked
from goldenthread.people.models import Person, Post
from goldenthread.plan.models import Focus, Group, Seat
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.wording import day as in_words
from goldenthread.web.wording import listed

FURTHER_SEATS = 3
NOBODY = ("", "Nobody yet")


@dataclass(frozen=True, slots=True)
class Place:
    """One place at a session's table: the posts it is meant for (none: anyone who may audit), and its words."""

    name: str
    posts: tuple[str, ...]
    label: str


def places(framework: Framework, seats: Sequence[SeatAsked], further: int = FURTHER_SEATS) -> list[Place]:
    """The seats asked for one by one, then further places for anyone who may audit."""
    found: list[Place] = []
    for seat in seats:
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
    set_focus = forms.ChoiceField(label="Focus", required=False)
    focus = forms.CharField(
        label="Focus in your own words", max_length=300, required=False,
        help_text="What to look at with most care, such as domestic abuse or a new procedure. Leave empty for none.",
    )  # fmt: skip

    def __init__(
        self, framework: Framework, groups: Sequence[Group], posts: Sequence[Post], *args: Any,
        seats_asked: Sequence[SeatAsked] = (), seated: Sequence[Seat] = (), focuses: Sequence[Focus] = (),
        **options: Any,
    ) -> None:  # fmt: skip
        self.groups = {str(group.pk): group for group in groups}
        self.people = {post.person_id: post.person for post in posts} | {seat.person_id: seat.person for seat in seated}
        self.places = places(framework, seats_asked or framework.seats, max(FURTHER_SEATS, len(seated)))
        self.own_seats = sum(seat.number for seat in seats_asked)  # 0: the framework's
        self.focuses = {str(focus.pk): focus for focus in focuses}
        super().__init__(*args, **options)
        by_name = [("", "Choose a group"), *((key, group.name) for key, group in self.groups.items())]
        self.fields["group"].choices = by_name  # type: ignore[attr-defined]
        self._offer_focuses()
        choices = [(f"{post.person_id}:{post.kind}", _words(post), post.kind) for post in posts]
        for place in self.places:
            suits = [(value, words) for value, words, kind in choices if not place.posts or kind in place.posts]
            self.ask(place.name, forms.ChoiceField(label=place.label, required=False, choices=[NOBODY, *suits]))
        self._seat(seated)

    def _offer_focuses(self) -> None:
        """The year's focuses, if it has any; without them the focus is said in words alone."""
        if self.focuses:
            titles = ((key, focus.title) for key, focus in self.focuses.items())
            self.fields["set_focus"].choices = [("", "None of the year's"), *titles]  # type: ignore[attr-defined]
        else:
            del self.fields["set_focus"]
            self.fields["focus"].label = "Focus"

    def seats_shown(self) -> Iterator[BoundField]:
        for place in self.places:
            yield self[place.name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        focus, day = self.focuses.get(cleaned.get("set_focus") or ""), cleaned.get("held_on")
        if focus and day and not focus.from_on <= day <= focus.to_on:
            days = f"{in_words(focus.from_on, 'plain')} to {in_words(focus.to_on, 'plain')}"
            self.add_error("set_focus", f"“{focus.title}” is a focus from {days} only. Choose another, or none.")
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
        chosen = self.focuses.get(self.cleaned_data.get("set_focus", ""))
        said = self.cleaned_data["focus"] or (chosen.title if chosen else "")
        kept = {name: self.cleaned_data[name] for name in ("held_on", "venue")}
        return kept | {"focus": said, "set_focus": chosen, "seats": self.seats}

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
