"""Reading the auditing groups."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from goldenthread.plan.models import Group


def groups_of(authority_id: int) -> QuerySet[Group]:
    return Group.objects.filter(authority=authority_id)


def groups_with_sessions(authority_id: int) -> QuerySet[Group]:
    """The groups, each with how many sessions it has `held` or will."""
    return groups_of(authority_id).annotate(held=Count("sessions", filter=Q(sessions__cancelled_at__isnull=True)))
