"""Reading what a year's sessions look at with most care."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.plan.models import Focus, Year


def focuses_of(year: Year) -> QuerySet[Focus]:
    """The year's focuses, each with how many sessions that are not cancelled are `given` to it."""
    given = Count("sessions", filter=Q(sessions__cancelled_at__isnull=True))
    return year.focuses.annotate(given=given).order_by("from_on", "pk")


def focus_or_none(authority_id: int, code: str) -> Focus | None:
    return Focus.objects.filter(authority=authority_id, code=code).select_related("year").first()


def focuses_ending_after(authority_id: int, day: date) -> QuerySet[Focus]:
    """Those that a session of this day or later may be given."""
    return Focus.objects.filter(authority=authority_id, to_on__gte=day).order_by("from_on", "pk")
