"""She says once more who she is, before something that only she can do, such as a signature.

By her password, counted with those she mistypes at the sign-in: whoever guesses here is locked out there too. In the
demonstration nobody has one, so she chooses herself among the cast, as she did when she came in.
"""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.queries import demonstration_cast
from goldenthread.people.requests import PersonRequest

WRONG = "That is not your password, so nothing was signed. Try again."
NOT_HER = "You did not choose yourself, so nothing was signed. Only you can sign in your name."
WITHOUT_ONE = "You came in without a password, so you cannot confirm that it is you. Ask for a password first."
TOO_OFTEN = "Too many wrong passwords. Wait five minutes, then try again."


def by_choosing(person: Person) -> bool:
    """Whether she confirms by choosing herself: only in the demonstration, where nobody has a password."""
    return settings.DEMONSTRATION and not person.has_password


def those_to_choose_from(person: Person) -> list[tuple[str, str]]:
    """The cast by code and name, and herself among them; one statement."""
    cast = {each.code: each.name for each in demonstration_cast()}
    return sorted({**cast, person.code: person.name}.items(), key=lambda each: each[1])


def confirm(request: PersonRequest, *, password: str, chosen: str, now: datetime) -> datetime:
    """When she confirmed that it is she. Raises `Refused`; what was mistyped stays counted."""
    person = request.user
    if by_choosing(person):
        if chosen != person.code:
            raise Refused(NOT_HER)
        return now
    if not person.has_password:
        raise Refused(WITHOUT_ONE)
    try:
        is_she = get_adapter().authenticate(request, username=person.username, password=password)
    except ValidationError:
        raise Refused(TOO_OFTEN) from None
    if is_she is None or is_she.pk != person.pk:
        raise Refused(WRONG)
    return now
