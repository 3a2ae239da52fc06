"""How people come in: by username and password, and nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import FilteredRelation

from goldenthread.people.models import Person, Post, PostHeld
from goldenthread.web import clock


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by the council, never by whoever knocks."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class PersonBackend(AuthenticationBackend):
    """The person signed in, with the posts she holds today, in one statement on every request."""

    def get_user(self, user_id: Any) -> Person | None:
        return signed_in(user_id)


def signed_in(person_id: Any) -> Person | None:
    """The active person with this id and the posts held today, read together; None when she may no longer come in."""
    today = clock.today()
    rows = (
        Person.objects.filter(pk=person_id, is_active=True)
        .annotate(held=FilteredRelation("posts", condition=Post.on(today, "posts__")))
        .order_by("held__started_on", "held__pk")
        .values_list(
            "held__kind", "held__title", "held__team", "held__team__name", "held__team__parent", "held__oversees",
            "held__quality_assurance", *(field.attname for field in Person._meta.concrete_fields),
        )
    )  # fmt: skip
    posts = []
    person = None
    for kind, title, team, team_name, service, oversees, quality_assurance, *columns in rows:
        person = person or Person.from_db("default", [f.attname for f in Person._meta.concrete_fields], columns)
        if kind is not None:
            posts.append(PostHeld(kind, title, team, team_name or "", service, oversees, quality_assurance))
    if person is not None:
        person.__dict__["posts_held"] = tuple(posts)
    return person
