"""The sessions that were held in a cycle, and how far each has come."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from goldenthread.audit.models import Audit, Judgement
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.periods import Period
from goldenthread.method.selecting import RANDOM
from goldenthread.plan.models import Session


class Sitting(NamedTuple):
    """One session: audits submitted of those that stand, and files drawn at random that are good or better."""

    group: str
    held_on: date
    submitted: int
    allotted: int
    good: int
    graded: int


def sittings_in(authority_id: int, cycle: Period) -> tuple[Sitting, ...]:
    """The sessions of groups that meet, by day; four statements however many there are."""
    rules = framework_in_force(authority_id, cycle.starts_on).parsed
    keys = [grade.key for grade in rules.grades]
    good = keys[: keys.index(rules.grading.good_from) + 1] if rules.grading.good_from in keys else keys[:1]
    sessions = Session.objects.filter(
        authority=authority_id, held_on__gte=cycle.starts_on, held_on__lte=cycle.ends_on, group__meets=True,
        cancelled_at__isnull=True,
    ).order_by("held_on", "group__name", "pk")  # fmt: skip
    held = list(sessions.values_list("pk", "group__name", "held_on"))
    within = sessions.order_by().values("pk")
    audits = Audit.objects.filter(session__in=within).exclude(state="withdrawn").order_by()
    counted = {
        row["session"]: row
        for row in audits.values("session").annotate(done=Count("pk", filter=Q(state="submitted")), every=Count("pk"))
    }
    judged = Judgement.objects.filter(
        audit__session__in=within, audit__state="submitted", audit__case__draw__way__in=RANDOM, section="", stands=True
    ).order_by()
    graded = {
        row["audit__session"]: row
        for row in judged.values("audit__session").annotate(
            good=Count("pk", filter=Q(grade__in=good)), every=Count("pk")
        )
    }
    none = {"done": 0, "good": 0, "every": 0}
    return tuple(
        Sitting(
            group, day, counted.get(key, none)["done"], counted.get(key, none)["every"],
            graded.get(key, none)["good"], graded.get(key, none)["every"],
        )
        for key, group, day in held
        if key in counted
    )  # fmt: skip
