"""Measure what the files of past sessions took, and keep it with the years that are planned by it."""

from __future__ import annotations

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from goldenthread.audit.queries.effort import files_given
from goldenthread.method.capacity import measured
from goldenthread.people.models import Authority
from goldenthread.plan.queries.capacity import years_to_plan
from goldenthread.plan.services.capacity import keep_effort
from goldenthread.web.wording import plural

JOB = "Measure what files take"
LOOKED_BACK = relativedelta(years=3)  # older sessions had other templates and other auditors


def run(*, now: datetime, today: date) -> str:
    years = [year for key in Authority.objects.values_list("pk", flat=True) for year in years_to_plan(key, today)]
    for year in years:
        past = files_given(year.authority_id, today - LOOKED_BACK, today)
        keep_effort(year=year, measured=measured(past, year.framework.parsed.target.files_a_day), on=today)
    return f"Measured for {plural(len(years), 'year')}."
