"""Reading people: who holds which post on a day, who stands above whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread.people.models import Authority, Person, Post, Team


def the_only_authority() -> Authority | None:
    """The council of an installation that serves one; None when there are none yet, or several."""
    found = list(Authority.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def teams_of(authority_id: int, day: date) -> QuerySet[Team]:
    """The teams open on this day, services first."""
    return (
        Team.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=day), authority=authority_id, opened_on__lte=day
        )
        .select_related("parent")
        .order_by("parent__name", "name")
    )


def people_in_post(authority_id: int, day: date, kinds: Iterable[str] = ()) -> QuerySet[Post]:
    """The posts held on this day, with the person and the team; of these kinds, if any are given."""
    posts = Post.objects.filter(Post.on(day), authority=authority_id, person__is_active=True)
    if kinds := tuple(kinds):
        posts = posts.filter(kind__in=kinds)
    return posts.select_related("person", "team").order_by("person__name", "pk")


def manager_of_team(team_id: int | None, day: date, oversees: str = "team") -> Person | None:
    """Whoever holds the managing post of this team (or, with oversees="service", of this service) on this day."""
    if team_id is None:
        return None
    post = (
        Post.objects.filter(Post.on(day), team=team_id, oversees=oversees, person__is_active=True)
        .select_related("person")
        .first()
    )
    return post.person if post else None


def demonstration_cast(day: date) -> QuerySet[Person]:
    """The people of a demonstration council whom a visitor may be, with a line on each."""
    return Person.objects.filter(authority__demonstration=True, is_active=True).exclude(about="").order_by("pk")


def quality_assurance_exists() -> bool:
    return Post.objects.filter(quality_assurance=True).exists()
