"""Reading the auditing groups that meet, and the seats each has. Single records are no group's meeting: see rounds."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.method.framework import Framework, Seat
from goldenthread.people.models import Post
from goldenthread.plan.models import Group


def groups_of(authority_id: int) -> QuerySet[Group]:
    return Group.objects.filter(authority=authority_id, meets=True)


def groups_with_sessions(authority_id: int) -> QuerySet[Group]:
    """The groups, each with how many sessions it has `held` or will."""
    return groups_of(authority_id).annotate(held=Count("sessions", filter=Q(sessions__cancelled_at__isnull=True)))


def group_or_none(authority_id: int, key: int) -> Group | None:
    return groups_with_sessions(authority_id).filter(pk=key).first()


def seats_asked(group: Group, framework: Framework) -> tuple[Seat, ...]:
    """The seats of the group's sessions: its own, or the framework's where it has none of its own."""
    own = tuple(Seat(tuple(line["posts"]), line["number"]) for line in group.seats)
    return own or framework.seats


def quorum_asked(group: Group, framework: Framework) -> int:
    return group.quorum or framework.meeting.quorum


def holders_of_posts(authority_id: int, day: date) -> dict[str, int]:
    """How many people hold each post of the framework on this day; a post that nobody holds is not there."""
    held = Post.objects.filter(Post.on(day), authority=authority_id, person__is_active=True)
    counted = held.order_by().values("kind").annotate(people=Count("person", distinct=True))
    return {row["kind"]: row["people"] for row in counted}
