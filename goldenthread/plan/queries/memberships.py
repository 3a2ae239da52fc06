"""Reading who belongs to which group: at every session, as its linked director, as a co-opted partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread.method.framework import Framework
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post, with_posts
from goldenthread.plan.models import Group, Membership


def memberships_of(group: Group) -> QuerySet[Membership]:
    return group.memberships.select_related("person").order_by("from_on", "person__name")


def membership_or_none(authority_id: int, key: int) -> Membership | None:
    found = Membership.objects.filter(authority=authority_id, pk=key, group__meets=True)
    return found.select_related("group", "person").first()


def overlapping(first: date, last: date | None, began: str = "from_on", ended: str = "to_on") -> Q:
    """Held on some day between these two; without a last day, on some day after the first."""
    later: Q = Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gte": first})
    return later & Q(**{f"{began}__lte": last}) if last else later


def who_may_belong(authority_id: int, framework: Framework, day: date) -> Sequence[Post]:
    """The posts held on the day whose holders audit."""
    return list(people_in_post(authority_id, day, [post.key for post in framework.posts if post.audits]))


def who_may_be_linked(authority_id: int, framework: Framework, day: date) -> Sequence[Post]:
    """The posts held on the day that the framework has join the groups; none if it names none."""
    return list(people_in_post(authority_id, day, framework.joining.posts)) if framework.joining.posts else []


def unlinked(directors: Sequence[Post], framework: Framework, day: date) -> list[Post]:
    """Those of them who have joined fewer groups than the framework asks."""
    ids = {post.person_id for post in directors}
    links = Membership.objects.filter(overlapping(day, None), standing="director", person__in=ids, group__meets=True)
    joined = Counter(links.values_list("person_id", flat=True))
    return [post for post in directors if joined[post.person_id] < framework.joining.groups]


def partner_or_none(authority_id: int, email: str) -> Person | None:
    """Whoever has this e-mail address as username in the council: a partner co-opted before has."""
    return Person.objects.filter(authority=authority_id, username__iexact=email).first()


def who_may_be_away(authority_id: int, framework: Framework, day: date) -> list[Person]:
    """Those who audit or join the groups, each with the posts she holds on the day, by name."""
    kinds = {post.key for post in framework.posts if post.audits} | set(framework.joining.posts)
    held = Post.objects.filter(Post.on(day), authority=authority_id, kind__in=kinds)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return with_posts(people.order_by("name", "pk"), day)
