"""Count again what each year still owes its teams and kinds of case, and keep with it what is about to be missed."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.people.models import Authority
from goldenthread.plan.queries.capacity import years_to_plan
from goldenthread.plan.services.capacity import note_uncovered
from goldenthread.select.queries.ledger import ledger
from goldenthread.web.wording import plural

JOB = "Count what is covered"


def run(*, now: datetime, today: date) -> str:
    years = [year for key in Authority.objects.values_list("pk", flat=True) for year in years_to_plan(key, today)]
    begun = [year for year in years if year.starts_on <= today]  # of those to come the plan itself is warned of
    for year in begun:
        found = ledger(year, today)
        note_uncovered(year=year, sentences=found.warnings(today) if found else ())
    return f"Counted for {plural(len(begun), 'year')}."
