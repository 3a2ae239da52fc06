"""Sessions that nobody was told of yet, and the rota's pages as the unit opens them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.test import Client

from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Seat, Session
from goldenthread.plan.services.absences import record_absence
from tests import make
from tests.browsing import form_in, signed_in


def unit() -> Client:
    return signed_in(make.council().maya)


def proposed(group: str = "duty", weeks: int = 1) -> Session:
    """A session of the group so many weeks on, not published, with nobody seated."""
    here = make.council()
    return Session.objects.create(
        authority=here.authority, group=Group.objects.get(authority=here.authority, key=group),
        held_on=make.DAY + timedelta(weeks=weeks), arranged_at=make.NOW, arranged_by=here.maya,
    )  # fmt: skip


def published(held: Session) -> Session:
    held.published_at, held.published_by = make.NOW, make.council().maya
    held.save()
    return held


def away(person: Person, day: date, last: date | None = None) -> None:
    record_absence(by=person, person=person, from_on=day, to_on=last or day, kind="unplanned", now=make.NOW)


def seat(held: Session, person: Person, **more: object) -> Seat:
    return Seat.objects.create(
        authority=held.authority, session=held, person=person, post=person.posts_held[0].kind, **more
    )


def keep(path: str, client: Client | None = None):
    """The proposal of this page, kept as it is shown."""
    client = client or unit()
    shown = client.get(path)
    return (
        client.post(path, form_in(shown)) if b"Keep this rota" in shown.content or path.endswith("publish/") else shown
    )


def seated(held: Session) -> dict[str, str]:
    """Who sits, and in which post."""
    return dict(held.seats.values_list("person__name", "post"))


def names(people: Sequence[Person]) -> set[str]:
    return {person.name for person in people}
