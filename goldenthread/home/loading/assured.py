"""Signed-off tasks that were sampled and checked: two quarters, the second not checked to its end yet."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.act.models import TaskCheck, TaskSample
from goldenthread.act.queries.samples import signatures_of, why_not_check
from goldenthread.act.services import checking, sampling_tasks
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.home.loading.past import WITNESSES, dice
from goldenthread.method.deadlines import due_date
from goldenthread.method.periods import Period, period_of
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person

QUARTERS = 2
OUTCOMES = {"done": 0.8, "partly": 0.12, "not": 0.08}
CHECKED = 0.65  # of the last quarter's
PUT_RIGHT = 0.6  # of those found wanting in the quarter before
NOTES = {
    "done": "The entry is there, says what was done, and the plan was changed with it.",
    "partly": "The visit is on record; what it meant for the plan is not written down.",
    "not": "There is no such entry on that day, nor in the two weeks after it.",
}
RIGHT = "Seen in the case notes since, with its day; the plan says it too."


def assure(loaded: Loaded, *, today: date) -> None:
    chance = Chance(loaded.authority.name, "assurance")
    for back in range(QUARTERS, 0, -1):
        period = _quarter(loaded, today, back)
        sample = _sampled(loaded, period, chance)
        if sample:
            _check(loaded, sample, chance, last=back == 1, today=today)


def _quarter(loaded: Loaded, today: date, back: int) -> Period:
    """The quarter that ended so many quarters ago."""
    starts = loaded.framework.parsed.year_starts_month
    period = period_of(today, "quarter", starts)
    for _ in range(back):
        period = period_of(period.starts_on - timedelta(days=1), "quarter", starts)
    return period


def _sampled(loaded: Loaded, period: Period, chance: Chance) -> TaskSample | None:
    day = due_date(period.ends_on, 5)
    unit = loaded.on(loaded.unit.staff_number, day)
    try:
        sample = sampling_tasks.freeze_sample(by=unit, period=period, now=at(day, 9))
    except Refused:  # a small council signs nothing off in some quarters
        return None
    return sampling_tasks.cast_sample(
        by=unit, sample=sample, rolls=dice(chance), witnesses=WITNESSES, now=at(day, 9, 30)
    )


def _check(loaded: Loaded, sample: TaskSample, chance: Chance, *, last: bool, today: date) -> None:
    checks = TaskCheck.objects.filter(sample=sample).select_related("task__returned", "task__owner").order_by("pk")
    for check in checks:
        if last and not chance.happens(CHECKED):
            continue
        day = min(due_date(sample.period_ends_on, chance.whole(8, 25)), today)
        checker = _checker(loaded, check, day)
        outcome = chance.weighted(OUTCOMES)
        checking.check_task(by=checker, check=check, outcome=outcome, note=NOTES[outcome], now=at(day, 8, 30))
        right = due_date(day, 10)
        if outcome != "done" and not last and right < today and chance.happens(PUT_RIGHT):
            again = _checker(loaded, check, right)
            checking.see_put_right(by=again, check=check, note=RIGHT, now=at(right, 14))


def _checker(loaded: Loaded, check: TaskCheck, day: date) -> Person:
    """The service's manager that day, or the unit where she signed it or did it herself."""
    signers = [signed.signed_by_id for signed in signatures_of(check)]
    for staff_number in loaded.managers_on(check.task.returned.service_id, day):
        person = loaded.on(staff_number, day)
        if not why_not_check(person, check, signers):
            return person
    return loaded.on(loaded.unit.staff_number, day)
