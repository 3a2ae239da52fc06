"""What comes in from the pages of the rota: a proposal as it was shown, and whom a seat is given to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldenthread.plan.queries.hand_changes import Choice
from goldenthread.plan.queries.rota import Sitting
from goldenthread.plan.queries.seating import Move
from goldenthread.plan.services.rota import Change
from goldenthread.web.forms import Form

NOBODY = "nobody"
UNREADABLE = "This proposal cannot be read any more. Go back to the rota and ask for it again."


class ProposalForm(Form):
    """The changes that were shown, and the digest of what they were worked out from."""

    stood = forms.CharField(max_length=64, widget=forms.HiddenInput)
    changes = forms.CharField(max_length=200_000, widget=forms.HiddenInput)

    def clean_changes(self) -> list[Change]:
        try:
            return [_change(*row) for row in json.loads(self.cleaned_data["changes"])]
        except (ValueError, TypeError):
            raise ValidationError(UNREADABLE) from None


def _change(session: Any, leaves: Any, sits: Any, post: Any, standing: Any) -> Change:
    numbers = [each for each in (session, leaves, sits) if each is not None]
    if not all(isinstance(each, int) for each in numbers) or not isinstance(post, str) or standing not in STANDINGS:
        raise ValueError("not a change of seats")
    return Change(session, leaves, Sitting(session, sits, post[:60], standing) if sits is not None else None)


STANDINGS = ("seat", "core", "director", "partner")


def written(moves: Iterable[Move]) -> str:
    """These moves as the form's hidden field carries them."""
    rows = []
    for move in moves:
        sits = (move.sits.person, move.sits.post, move.sits.standing) if move.sits else (None, "", "seat")
        rows.append([move.session.pk, move.leaves.person if move.leaves else None, *sits])
    return json.dumps(rows, separators=(",", ":"))


class ChooseForm(Form):
    """Who sits in a seat from now on: one of those who could, or nobody."""

    sits = forms.ChoiceField(label="Who sits there?", widget=forms.RadioSelect)

    def __init__(self, choices: Sequence[Choice], taken: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(each.post.person.code, _words(each)) for each in choices]
        self.fields["sits"].choices = [*offered, *([(NOBODY, "Nobody: leave the seat empty")] if taken else [])]  # type: ignore[attr-defined]
        self.hints = {each.post.person.code: _hint(each) for each in choices}


def _words(choice: Choice) -> str:
    post = choice.post
    return f"{post.person.name}, {post.title}{f', {post.team.name}' if post.team else ''}"


def _hint(choice: Choice) -> str:
    load = f"{choice.load.seats} of a fair {choice.load.fair:.1f} seats this year"
    return "; ".join([load, *choice.against])
