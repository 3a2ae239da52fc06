"""Reading people: who holds which post on a day, who stands above whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from goldenthread.people.models import Conflict, Person, Post, Team, held


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


@dataclass(frozen=True, slots=True)
class Managers:
    """Who manages each team and each service on a day, and who directs the whole."""

    of_teams: Mapping[int, Sequence[Person]]
    directors: Sequence[Person]

    def above(self, person: int, team: int | None, service: int | None) -> list[Person]:
        """Who manages somebody of this team: its managers, or if she is one the service's, or else the directors.

        Nobody is above a director here: a council's posts do not say which of them answers to which.
        """
        if any(director.pk == person for director in self.directors):
            return []
        for place in (team, service):
            managers = self.of_teams.get(place, ()) if place else ()
            if managers and all(manager.pk != person for manager in managers):
                return list(managers)
        return list(self.directors)


def managers_on(authority_id: int, day: date) -> Managers:
    """One statement."""
    posts = Post.objects.filter(Post.on(day), authority=authority_id, person__is_active=True).exclude(oversees="")
    of_teams: dict[int, list[Person]] = {}
    directors: dict[int, Person] = {}
    for post in posts.select_related("person").order_by("person__name", "pk"):
        if post.oversees == "authority":
            directors[post.person_id] = post.person
        elif post.team_id:
            of_teams.setdefault(post.team_id, []).append(post.person)
    return Managers(of_teams, list(directors.values()))


def with_posts(people: QuerySet[Person], day: date) -> list[Person]:
    """These people with the posts they hold on this day, in one more statement however many they are."""
    posts = Prefetch("posts", Post.objects.filter(Post.on(day)).select_related("team"), to_attr="posts_today")
    found: list[Any] = list(people.prefetch_related(posts))
    for person in found:
        person.__dict__["posts_held"] = tuple(held(post) for post in person.posts_today)
    return found


def demonstration_cast() -> QuerySet[Person]:
    """The people of a demonstration council whom a visitor may be, with a line on each."""
    return Person.objects.filter(authority__demonstration=True, is_active=True).exclude(about="").order_by("pk")


PAGE = 50


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people with the posts they hold, how many there are in all, and where the next page begins."""

    people: Sequence[Person]
    count: int
    next: str


def page_of_people(
    authority_id: int, day: date, *, text: str = "", team: int | None = None, everybody: bool = True, after: str = ""
) -> PeoplePage:
    """Fifty people by name, found by key; three statements.

    Without `everybody`, only those who hold a post on the day. `after` is the last one's code on the page before.
    """
    found = Person.objects.filter(authority=authority_id)
    if text:
        beginning = Q(username__istartswith=text) | Q(staff_number__istartswith=text)
        found = found.filter(Q(name__icontains=text) | beginning)
    if team or not everybody:
        posts = Post.objects.filter(Post.on(day), person=OuterRef("pk"))
        found = found.filter(Exists(posts.filter(team=team) if team else posts))
    rows = found
    if after:
        last = Person.objects.filter(authority=authority_id, code=after)
        name, key = Subquery(last.values("name")), Subquery(last.values("pk"))
        rows = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=key))
    shown = with_posts(rows.order_by("name", "pk")[: PAGE + 1], day)
    return PeoplePage(shown[:PAGE], found.count(), shown[PAGE - 1].code if len(shown) > PAGE else "")


def person_or_none(authority_id: int, code: str) -> Person | None:
    return Person.objects.filter(authority=authority_id, code=code).select_related("authority").first()


def posts_of(person: Person) -> QuerySet[Post]:
    """Every post she holds, held or will hold, the latest first."""
    return person.posts.select_related("team", "person").order_by("-started_on", "-pk")


def post_or_none(person: Person, key: int) -> Post | None:
    return person.posts.select_related("team", "person").filter(pk=key).first()


def teams_with_people(authority_id: int, day: date) -> QuerySet[Team]:
    """The teams open on this day, services first, with how many people are in each."""
    within = Count("posts__person", filter=Post.on(day, "posts__") & Q(posts__person__is_active=True), distinct=True)
    return teams_of(authority_id, day).annotate(people=within)


def team_or_none(authority_id: int, key: int) -> Team | None:
    return Team.objects.filter(authority=authority_id, pk=key).select_related("agency").first()


# --- conflicts of interest -----------------------------------------------------------------------------------


def conflicts_of(person: Person) -> QuerySet[Conflict]:
    """What she declared, or was declared of her, the latest first; those that ended too."""
    return _with_names(Conflict.objects.filter(person=person))


def conflict_or_none(authority_id: int, key: int) -> Conflict | None:
    return _with_names(Conflict.objects.filter(authority=authority_id, pk=key)).first()


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """One page of conflicts, and the key after which the next begins (None on the last)."""

    conflicts: Sequence[Conflict]
    next: int | None


def page_of_conflicts(
    authority_id: int, *, text: str = "", ended: bool = False, after: int | None = None
) -> ConflictsPage:
    """Fifty conflicts, the latest first, found by key; one statement. `text`: in a name; `ended`: those too."""
    found = Conflict.objects.filter(authority=authority_id)
    if text:
        found = found.filter(person__name__icontains=text)
    if not ended:
        found = found.filter(ended_at__isnull=True)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(_with_names(found)[: PAGE + 1])
    return ConflictsPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _with_names(conflicts: QuerySet[Conflict]) -> QuerySet[Conflict]:
    return conflicts.select_related("person", "worker", "team", "declared_by", "ended_by").order_by("-pk")
