"""How people come in: by username and password, and nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import FilteredRelation, Model, QuerySet

from goldenthread.people.models import Authority, Person, Post, PostHeld
from goldenthread.web import clock
from goldenthread.web.prepared import prepared


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by the council, never by whoever knocks."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class PersonBackend(AuthenticationBackend):
    """The person signed in, with her council and the posts she holds today, in one statement on every request."""

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """Who left is refused in the words of a wrong password; allauth would tell her apart, on a page of its own."""
        person = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return person

    def get_user(self, user_id: Any) -> Person | None:
        return signed_in(user_id)


def signed_in(person_id: Any) -> Person | None:
    """The active person with this id, her council and her posts today, read together; None if she may not come in."""
    own, councils = _columns(Person), _columns(Authority)
    posts = []
    person = None
    for kind, title, team, team_name, service, oversees, quality_assurance, agency, *columns in _rows_of(
        person=int(person_id), today=clock.today()
    ):
        if person is None:
            person = Person.from_db("default", own, columns[: len(own)])
            person.authority = Authority.from_db("default", councils, columns[len(own) :])
        if kind is not None:
            posts.append(PostHeld(kind, title, team, team_name or "", service, oversees, quality_assurance, agency))
    if person is not None:
        person.__dict__["posts_held"] = tuple(posts)
    return person


@prepared
def _rows_of(*, person: Any, today: Any) -> QuerySet[Any]:
    """A row for each post held; with none, one row all the same."""
    held = FilteredRelation("posts", condition=Post.on(today, "posts__"))
    people = (
        Person.objects.filter(pk=person, is_active=True).annotate(held=held).order_by("held__started_on", "held__pk")
    )
    return people.values_list(
        "held__kind", "held__title", "held__team", "held__team__name", "held__team__parent", "held__oversees",
        "held__quality_assurance", "held__team__agency",
        *_columns(Person), *(f"authority__{name}" for name in _columns(Authority)),
    )  # fmt: skip


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
