"""A template that was checked and is not adopted yet: it goes along with the page that shows it, signed.

Nothing is kept of it here, so nothing is half kept; whoever closes the page has her workbook still.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Source
from goldenthread.people.models import Person

HOLDS_FOR = timedelta(days=1)
LONGEST = 1_500_000  # characters: what one form may send, with room for the rest of it


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows of a template, the name of its file, and the version in use when they were checked (0: none)."""

    source: Source
    name: str
    against: int


def sealed(person: Person, draft: Draft) -> str:
    """The draft as one line of text that only this person can hand back. Raises `Refused` when it is too long."""
    text = signing.dumps([draft.source, draft.name, draft.against], salt=_salt(person), compress=True)
    if len(text) > LONGEST:
        raise Refused(
            f"{draft.name}: holds more words than a page can carry. Shorten its guidance, and choose it again."
        )
    return text


def unsealed(person: Person, text: str) -> Draft:
    """The draft again. Raises `Refused` when it is a day old, was changed on its way, or is somebody else's."""
    try:
        return Draft(*signing.loads(text, salt=_salt(person), max_age=HOLDS_FOR))
    except (signing.BadSignature, ValueError):
        raise Refused("What was checked is no longer at hand, so nothing was adopted. Choose the file again.") from None


def _salt(person: Person) -> str:
    return f"template draft of {person.pk}"
