"""Count again what files were graded, and put right whatever is not as it was kept with each judgement."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.audit.services.counting import count_again
from goldenthread.people.models import Authority
from goldenthread.web.wording import plural

JOB = "Count the audited files"


def run(*, now: datetime, today: date) -> str:
    councils = list(Authority.objects.values_list("pk", flat=True))
    differed = sum(count_again(key) for key in councils)
    return f"Counted for {plural(len(councils), 'council')}; {plural(differed, 'count')} put right."
